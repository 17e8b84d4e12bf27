import json

import numpy as np
import pytest
from scipy.sparse import csr_array, save_npz

from preceptor.data import ReadOptions, doubtful, make_reader, merge_logs
from preceptor.domain import UserError, question_id

HEADER = "user_id\titem_id\ttimestamp\tcorrect\tskill_id\n"
ROWS = "7\t0\t50\t1\t4\n7\t1\t20\t0\t9\n8\t2\t60\t1\t4\n"
MATRIX = [[1, 0, 1], [0, 1, 0], [0, 0, 0]]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "tiny"
    made.mkdir()
    (made / "preprocessed_data.csv").write_text(HEADER + ROWS)
    save_npz(made / "q_mat.npz", csr_array(np.array(MATRIX, dtype=float)))
    return made


def read(source, **options):
    return make_reader("timestamped-table").read([source], ReadOptions(**options))


def failure(source, **options):
    with pytest.raises(UserError) as caught:
        read(source, **options)
    return str(caught.value)


def test_the_concepts_of_an_item_are_its_row_of_the_matrix(folder):
    bank = read(folder).bank
    first, second, third = (bank.question[question_id("tiny", item)] for item in "012")
    assert [c.name for c in bank.concepts] == ["KC 0", "KC 2", "KC 1", "Unlabelled"]
    assert (first.concepts, second.concepts) == (("tiny:0", "tiny:2"), ("tiny:1",))
    assert third.concepts == ("tiny:Unlabelled",)
    assert first.text == "Question 0 (KC 0, KC 2)"


def test_rows_are_sorted_by_time_and_counted(folder):
    imported = read(folder)
    history = list(imported.log.interactions("7"))
    assert [(i.question_id, i.correct, i.time_seconds) for i in history] == [
        (question_id("tiny", "1"), 0, 20),
        (question_id("tiny", "0"), 1, 50),
    ]
    assert imported.report["rows_read"] == 3
    assert imported.report["rows_moved"] == 2
    assert imported.report["questions_without_concepts"] == 1
    assert imported.log.timed


def test_offsets_from_the_start_are_told_from_dates(folder):
    (note,) = doubtful(read(folder).log, now_seconds=1.7e9)
    assert "not since 1970" in note
    table = folder / "preprocessed_data.csv"
    table.write_text(HEADER + "7\t0\t1499059021\t1\t4\n")
    imported = read(folder)
    assert doubtful(imported.log, now_seconds=1.7e9) == ()
    assert imported.log.time_seconds.tolist() == [1499059021]


def test_names_come_from_the_files_beside(folder):
    before = read(folder).log
    (folder / "skill_mapper.json").write_text(json.dumps({"Mean": 0, "20": 1, "Mode; Range": 2}))
    (folder / "item_mapper.json").write_text(json.dumps({"e-12": 0, "77": 1}))
    imported = read(folder)
    texts = {question.text for question in imported.bank.questions}
    assert texts == {"Question e-12 (Mean, Mode; Range)", "Question 77 (KC 20)", "Question 2"}
    assert {"Mean", "KC 20", "Mode; Range"} < {concept.name for concept in imported.bank.concepts}
    assert {q.question_id for q in imported.bank.questions} == set(before.question_ids)


@pytest.mark.parametrize("content", ["[1]", "{", '{"Mean": "x"}', '{"Mean": 1, "Mode": 1}'])
def test_damaged_names_are_told(folder, content):
    (folder / "skill_mapper.json").write_text(content)
    assert "skill_mapper.json" in failure(folder)


def test_reading_again_adds_nothing_and_a_new_row_only_itself(folder):
    old = read(folder).log
    assert merge_logs(old, read(folder).log)[1] == 0
    (folder / "preprocessed_data.csv").write_text(HEADER + "8\t1\t5\t1\t4\n" + ROWS)
    assert merge_logs(old, read(folder).log)[1] == 1


def test_the_whole_table_stands_for_its_parts(folder):
    for part in ("train", "test"):
        (folder / f"preprocessed_data_{part}.csv").write_text(HEADER + ROWS)
    assert len(read(folder).log) == 3
    (folder / "preprocessed_data.csv").unlink()
    (folder / "preprocessed_data_test.csv").write_text(HEADER + ROWS.replace("7\t", "9\t"))
    assert read(folder).log.student_ids == ("9", "8", "7")


@pytest.mark.parametrize("item", ["3", "-1", "x", "1.5"])
def test_an_item_that_the_matrix_lacks_is_named_or_skipped(folder, item):
    (folder / "preprocessed_data.csv").write_text(f"{HEADER}{ROWS}9\t{item}\t70\t1\t4\n")
    text = failure(folder)
    assert "preprocessed_data.csv, row 4 (line 5)" in text
    assert f"item_id is '{item}', and q_mat.npz has the items 0 to 2" in text
    imported = read(folder, on_bad_row="skip")
    assert imported.log.student_ids == ("7", "8")
    assert [(reject.row, "item_id" in reject.reason) for reject in imported.rejects] == [(4, True)]


def test_bad_rows_and_truncated_files_are_named(folder):
    (folder / "preprocessed_data.csv").write_text(f"{HEADER}{ROWS}8\t2\t61")
    assert "row 4 (line 5): correctness is empty" in failure(folder)
    (folder / "preprocessed_data.csv").write_text(f"{HEADER}{ROWS}8\t2\tnoon\t1\t4\n")
    assert "row 4 (line 5): time is 'noon'" in failure(folder)


@pytest.mark.parametrize("column", ["user_id", "item_id", "timestamp", "correct"])
def test_a_missing_column_is_named(folder, column):
    (folder / "preprocessed_data.csv").write_text((HEADER + ROWS).replace(column, "other"))
    text = failure(folder)
    assert "preprocessed_data.csv" in text
    assert f"'{column}'" in text


def test_a_missing_or_damaged_matrix_is_told(folder):
    matrix = folder / "q_mat.npz"
    whole = matrix.read_bytes()
    changed = bytes(255 - byte if 40 <= place < 90 else byte for place, byte in enumerate(whole))
    for content in (whole[: len(whole) // 2], changed, b"", b"user_id"):
        matrix.write_bytes(content)
        assert "q_mat.npz is truncated or no sparse matrix" in failure(folder)
    matrix.unlink()
    assert "q_mat.npz does not exist" in failure(folder)


def test_a_matrix_that_points_outside_itself_is_refused(folder):
    arrays = {"indices": [9, 1], "indptr": [0, 1, 2], "data": [1.0, 1.0], "shape": [2, 2]}
    np.savez(folder / "q_mat.npz", format=b"csr", **arrays)
    assert "no sparse matrix" in failure(folder)


def test_pickled_content_is_never_loaded(folder):
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("unpickled",))

    np.savez(folder / "q_mat.npz", format=b"csr", indices=np.array([Trap()], dtype=object))
    assert "no sparse matrix" in failure(folder)


def test_folders_without_a_table_and_files_of_two_folders_are_refused(folder, tmp_path):
    (tmp_path / "other").mkdir()
    assert "holds no preprocessed_data" in failure(tmp_path / "other")
    other = tmp_path / "other" / "preprocessed_data.csv"
    other.write_text(HEADER + ROWS)
    with pytest.raises(UserError, match="2 folders"):
        make_reader("timestamped-table").read([folder, other], ReadOptions())
    (folder / "preprocessed_data.csv").write_text(HEADER)
    assert "holds no answers" in failure(folder)


GOLDEN = {
    # set: students, questions, KCs of them, answers, share right, rows moved, first and last second
    "assist2017_timestamped": (342, 2625, 98, 90_586, 0.4221, 0, 5, 84_347_622),
    "ednet_timestamped": (1000, 11_640, 117, 87_210, 0.6364, 134, 1_499_059_021, 1_601_492_178),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_counts(real_data, name):
    students, questions, concepts, answers, right, moved, first, last = GOLDEN[name]
    imported = read(real_data(name))
    log = imported.log
    assert (len(log.student_ids), len(imported.bank.questions), len(imported.bank.concepts)) == (
        students,
        questions,
        concepts,
    )
    assert len(log) == len(np.unique(log.event_id)) == answers
    assert float(log.correct.mean()) == pytest.approx(right, abs=5e-5)
    assert imported.report["rows_moved"] == moved
    assert (log.time_seconds.min(), log.time_seconds.max()) == (first, last)

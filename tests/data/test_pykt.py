import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.data import ReadOptions, make_reader, merge_logs, split_by_student
from preceptor.domain import UserError, question_id

KEYS = ("fold", "uid", "questions", "concepts", "responses", "timestamps", "usetimes", "selectmasks", "is_repeat")
HEADER = ",".join(KEYS) + "\n"
NAMES = {
    "questions": {"Problem A----x####1": 0, "77": 1, "Find it@@@@ please": 2},
    "concepts": {"Find X@@@@ Simple": 0, "Entering a given": 1, "noskill": 2},
    "uid": {"stu####11": 0},
    "max_concepts": 2,
}


def cells(*values):
    return '"' + ",".join(map(str, values)) + '"'


def row(
    uid=11, fold=0, questions=(0, 1, 1, 2), concepts=(0, 1, 2, 0), responses=(1, 0, 0, 1), repeat=(0, 0, 1, 0), **k
):
    start = k.get("start", 1_136_073_600_000)
    times = k.get("times", [start + 1500 * (place - sum(repeat[: place + 1])) for place in range(len(questions))])
    used = k.get("used", [2500] * len(questions))
    masks = [1 if response != -1 else -1 for response in responses]
    lists = (questions, concepts, responses, times, used, masks, repeat)
    return f"{fold},{uid}," + ",".join(cells(*values) for values in lists) + "\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "algebra2005"
    made.mkdir()
    padded = row(
        questions=(2, 1, -1), concepts=(1, 1, -1), responses=(1, 1, -1), repeat=(1, 0, -1), start=1_136_073_604_500
    )
    (made / "train_valid_sequences.csv").write_text(HEADER + row() + padded + row(uid=12, fold=3))
    (made / "test_sequences.csv").write_text(HEADER + row(uid=13, fold=-1))
    (made / "keyid2idx.json").write_text(json.dumps(NAMES))
    return made


def read(path, **options):
    return make_reader("pykt").read([path], ReadOptions(**options))


def failure(path):
    with pytest.raises(UserError) as caught:
        read(path)
    return str(caught.value)


def asked(*numbers):
    return [question_id("pykt-algebra2005", str(number)) for number in numbers]


def test_repeats_are_merged_also_across_rows(folder):
    imported = read(folder)
    # Question 2 ends the first row for one KC and begins the second for the other.
    assert [i.question_id for i in imported.log.interactions("11")] == asked(0, 1, 2, 1)
    assert imported.bank.question[asked(2)[0]].concepts == (
        "pykt-algebra2005:Find X, Simple",
        "pykt-algebra2005:Entering a given",
    )
    assert imported.report["rows_read"] == 4
    assert imported.report["entries_read"] == 14
    assert imported.report["entries_merged"] == 4


def test_milliseconds_become_seconds(folder):
    first, second = list(read(folder).log.interactions("11"))[:2]
    assert first.time_seconds == 1_136_073_600
    assert second.time_seconds - first.time_seconds == 1.5
    assert first.duration_seconds == 2.5


def test_folds_stay_and_test_students_are_fold_five(folder):
    log = read(folder).log
    assert dict(zip(log.student_ids, log.student_fold.tolist(), strict=True)) == {"11": 0, "12": 3, "13": 5}
    split = split_by_student(log, seed=0, valid_fold=3)
    assert [[log.student_ids[i] for i in side] for side in (split.train, split.valid, split.test)] == [
        ["11"],
        ["12"],
        ["13"],
    ]


def test_a_student_in_two_folds_is_refused(folder):
    (folder / "test_sequences.csv").write_text(HEADER + row(uid=12, fold=-1))
    assert "Student 12 stands in the folds 3, 5" in failure(folder)


def test_names_are_unescaped(folder):
    bank = read(folder).bank
    assert [concept.name for concept in bank.concepts] == ["Find X, Simple", "Entering a given", "Unlabelled"]
    texts = [bank.question[question].text for question in asked(0, 1, 2)]
    assert texts == ["Problem A----x_1", "Question 1 (Entering a given, Unlabelled)", "Find it, please"]


def test_without_names_numbers_stand_and_the_note_says_so(folder):
    (folder / "keyid2idx.json").unlink()
    imported = read(folder)
    assert [concept.name for concept in imported.bank.concepts] == ["KC 0", "KC 1", "KC 2"]
    assert any("no keyid2idx.json" in note for note in imported.notes)


@pytest.fixture
def eedi(folder):
    """The folder with subjects' numbers for KCs."""
    names = {"questions": {}, "concepts": {"33": 0, "204": 1, "9": 2}}
    (folder / "keyid2idx.json").write_text(json.dumps(names))
    return folder


@pytest.mark.parametrize("place", [".", "metadata"])
def test_numbers_of_eedis_subjects_become_names(eedi, place):
    (eedi / place).mkdir(exist_ok=True)
    (eedi / place / "subject_metadata.csv").write_text(
        "SubjectId,Name,ParentId,Level\n33,BIDMAS,144,3\n204,Place Value,9,3\n9,Number,3,1\n"
    )
    imported = read(eedi)
    assert [concept.name for concept in imported.bank.concepts] == ["BIDMAS", "Place Value", "KC 9"]
    assert not any("plain numbers" in note for note in imported.notes)


def test_that_all_concepts_are_named_by_numbers_is_told(eedi):
    imported = read(eedi)
    assert [concept.name for concept in imported.bank.concepts] == ["KC 33", "KC 204", "KC 9"]
    assert sum("All KCs have plain numbers for names" in note for note in imported.notes) == 1


def test_concepts_with_names_are_not_called_numbers(folder):
    assert not any("plain numbers" in note for note in read(folder).notes)


def test_question_level_files_come_first_and_hold_all_concepts_in_one_entry(folder):
    row_of_questions = row(uid=21, fold=1, questions=(0, 1, 2), concepts=("0", "1_2", "0_1"), responses=(1, 0, 1))
    text = HEADER.replace(",is_repeat", "") + row_of_questions.rpartition(',"')[0] + "\n"
    (folder / "train_valid_sequences_quelevel.csv").write_text(text)
    imported = read(folder)
    assert imported.log.student_ids == ("21",)
    assert [i.question_id for i in imported.log.interactions("21")] == asked(0, 1, 2)
    assert [len(question.concepts) for question in imported.bank.questions] == [1, 2, 2]
    assert imported.report["entries_merged"] == 0


def test_original_ids_in_question_level_files_are_names(folder):
    text = HEADER + row(questions=("P####1", "77", "77", "P2"), concepts=("Find X@@@@ Simple", "noskill", "b", "b"))
    (folder / "train_valid_sequences.csv").write_text(text.replace("P####1", "P@@@@1"))
    (folder / "test_sequences.csv").unlink()
    with_times = row(
        questions=("P@@@@1", "77", "77", "P2"), concepts=("A@@@@B", "noskill", "b", "b"), times=(1, 2, 2, 3)
    )
    (folder / "train_valid_sequences.csv").write_text(HEADER + with_times)
    imported = read(folder)
    assert [concept.name for concept in imported.bank.concepts] == ["A,B", "Unlabelled", "b"]
    assert imported.bank.questions[0].text == "P,1"
    assert sum("ids are taken as names" in note for note in imported.notes) == 2


@pytest.mark.parametrize("absent", ["absent", "NA"])
def test_without_questions_and_times_the_concept_stands_as_the_question(folder, absent):
    text = "fold,uid,concepts,responses,selectmasks\n" + '0,11,"0,0,1,-1","1,0,1,-1","1,1,1,-1"\n'
    if absent == "NA":
        text = "fold,uid,questions,timestamps,concepts,responses,selectmasks\n" + (
            '0,11,NA,NA,"0,0,1,-1","1,0,1,-1","1,1,1,-1"\n'
        )
    (folder / "train_valid_sequences.csv").write_text(text)
    imported = read(folder / "train_valid_sequences.csv")
    assert [question.text for question in imported.bank.questions] == ["Find X, Simple", "Entering a given"]
    assert [i.correct for i in imported.log.interactions("11")] == [1, 0, 1]
    assert np.isnan(imported.log.time_seconds).all()
    assert any("no times" in note for note in imported.notes)
    assert any("each KC stands" in note for note in imported.notes)


def test_reading_again_adds_nothing_and_a_new_sequence_only_its_own(folder):
    old = read(folder).log
    assert merge_logs(old, read(folder).log)[1] == 0
    path = folder / "train_valid_sequences.csv"
    path.write_text(path.read_text() + row(uid=14, questions=(0,), concepts=(0,), responses=(1,), repeat=(0,)))
    assert merge_logs(old, read(folder).log)[1] == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(uid=9, responses=(1, 0, 0)), "different lengths: questions 4, concepts 4, responses 3"),
        (row(uid=9, responses=(1, 0, 0, 2)), "a response is not in 0..1"),
        (row(uid=9, responses=(1, 0, 0, "x")), "a response is not in 0..1"),
        (row(uid=9, responses=(1, -1, 0, 1)), "padding stands between its answers"),
        (row(uid=9, questions=(0, 1, 1, -1), times=(1, 2, 2, 3)), "an answer has no question"),
        (row(uid=9, concepts=(0, 1, 2, "")), "an answer has no KC"),
        (row(uid=9, times=(1, 2, 2, "noon")), "a timestamp is not a number"),
        (row(uid=9, used=(1, 2, 2, -7)), "a use time is not a number"),
        (row(uid=9, repeat=(0, 1, 0, 0)), "is_repeat marks an answer that differs"),
        (row(uid=9, fold=7), "fold is '7'"),
        (row(uid="a/b"), "slashes and control characters"),
        (row(uid=""), "uid is empty"),
        ('0,9,"0,1"', "concepts is empty"),
        (row(uid=9).strip() + ",1,2\n", "11 cells under 9 column names"),
    ],
)
def test_a_bad_sequence_is_named_or_skipped(folder, bad, reason):
    path = folder / "test_sequences.csv"
    path.write_text(HEADER + row(uid=13, fold=-1) + bad)
    text = failure(folder)
    assert "test_sequences.csv, row 2 (line 3)" in text
    assert reason in text
    imported = read(folder, on_bad_row="skip")
    assert set(imported.log.student_ids) == {"11", "12", "13"}
    assert [reject.row for reject in imported.rejects] == [2]
    assert imported.report["rows_rejected"] == 1


@pytest.mark.parametrize("column", ["fold", "uid", "responses"])
def test_a_missing_column_is_named(folder, column):
    (folder / "test_sequences.csv").write_text(HEADER.replace(column, "other") + row())
    text = failure(folder)
    assert "test_sequences.csv" in text
    assert f"'{column}'" in text


def test_a_file_without_questions_and_concepts_is_refused(folder):
    (folder / "test_sequences.csv").write_text('fold,uid,responses\n0,1,"1,0"\n')
    assert "no column questions or concepts" in failure(folder)


@pytest.mark.parametrize("content", ["{", "[]", '{"concepts": {"a": 1, "b": 1}}', '{"concepts": 3}'])
def test_damaged_names_are_told(folder, content):
    (folder / "keyid2idx.json").write_text(content)
    assert "keyid2idx.json" in failure(folder)


def test_windows_other_folders_and_empty_files_are_refused(folder, tmp_path):
    window = folder / "test_window_sequences.csv"
    window.write_text(HEADER + row())
    assert "overlapping windows" in failure(window)
    assert "holds no sequence files" in failure(tmp_path)
    assert "does not exist" in failure(tmp_path / "gone.csv")
    (folder / "test_sequences.csv").write_text(HEADER)
    assert "holds no answers" in failure(folder / "test_sequences.csv")


ANSWER = st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(1, 3))
HISTORIES = st.lists(st.lists(ANSWER, min_size=1, max_size=12), min_size=1, max_size=4)


@given(HISTORIES, st.integers(2, 5))
@settings(deadline=None, derandomize=True, max_examples=25)
def test_cut_and_padded_histories_come_back(tmp_path_factory, histories, length):
    """Writes histories as pyKT does: a row a KC, cut to a length, padded; reads them back."""
    lines = []
    for uid, history in enumerate(histories):
        steps = [
            (question, 10 * question + kc, correct, 1000 * place, int(kc > 0))
            for place, (question, correct, kcs) in enumerate(history)
            for kc in range(kcs)
        ]
        for start in range(0, len(steps), length):
            part = steps[start : start + length]
            part += [(-1, -1, -1, -1, -1)] * (length - len(part))
            q, c, r, t, repeat = zip(*part, strict=True)
            lines.append(row(uid=uid, questions=q, concepts=c, responses=r, times=t, used=t, repeat=repeat))
    folder = tmp_path_factory.mktemp("cut")
    (folder / "train_valid_sequences.csv").write_text(HEADER + "".join(lines))
    log = read(folder, source="s").log
    for uid, history in enumerate(histories):
        found = [(i.question_id, i.correct, i.time_seconds) for i in log.interactions(str(uid))]
        assert found == [(question_id("s", str(q)), r, place) for place, (q, r, _) in enumerate(history)]

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.data import ReadOptions, make_reader
from preceptor.data.akt_folds import interaction_starts
from preceptor.domain import QuestionKind, UserError, event_id, question_id

BLOCK = "0,ann\n5,5,5,6,6\n1,2,1,1,3\n1,1,1,0,1\n"
RUN = st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1), st.lists(st.integers(0, 3), max_size=8))
ROWS = st.lists(RUN, max_size=6).map(lambda runs: [(*run[:3], concept) for run in runs for concept in run[3]])


def write_folds(folder, content, name="tiny_pid"):
    folder.mkdir(exist_ok=True)
    for number, text in content.items():
        (folder / f"{name}_test{number}.csv").write_text(text)
    return folder


def read(source, **options):
    return make_reader("akt-folds").read([source], ReadOptions(**options))


def starts_by_hand(rows):
    """The rule, said once more row by row."""
    starts, run, last = [], set(), None
    for student, question, correct, concept in rows:
        begins = (student, question, correct) != last or concept in run
        run = {concept} if begins else run | {concept}
        last = (student, question, correct)
        starts.append(begins)
    return starts


@given(ROWS)
@settings(deadline=None, derandomize=True)
def test_interactions_begin_where_the_rule_says(rows):
    rows = sorted(rows, key=lambda row: row[0])
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    assert interaction_starts(*columns).tolist() == starts_by_hand(rows)


def test_a_run_that_repeats_all_its_concepts_is_two_interactions():
    same = np.zeros(4, dtype=np.int64)
    starts = interaction_starts(same, same, same, np.array([1, 2, 1, 2]))
    assert starts.tolist() == [True, False, True, False]


def test_rows_of_one_answer_are_merged(tmp_path):
    imported = read(write_folds(tmp_path / "set", {1: BLOCK}))
    five, six = question_id("tiny", "5"), question_id("tiny", "6")
    history = list(imported.log.interactions("ann"))
    # KC 1 comes again in the third row, and correctness changes in the fifth.
    assert [(i.question_id, i.correct) for i in history] == [(five, 1), (five, 1), (six, 0), (six, 1)]
    assert history[1].event_id == event_id("tiny", "ann", 1, five, 1)
    assert imported.report["rows_read"] == 5
    assert imported.report["rows_merged"] == 1
    assert imported.report["questions_with_varying_concepts"] == 2
    assert imported.bank.question[five].concepts == ("tiny:1", "tiny:2")
    assert {question.kind for question in imported.bank.questions} == {QuestionKind.UNKNOWN}
    assert np.isnan(imported.log.time_seconds).all()


def test_the_file_number_is_the_fold(tmp_path):
    folder = write_folds(tmp_path / "set", {2: BLOCK, 5: BLOCK.replace("ann", "bob")})
    log = read(folder).log
    assert dict(zip(log.student_ids, log.student_fold.tolist(), strict=True)) == {"ann": 2, "bob": 5}
    assert read(folder / "tiny_pid_test5.csv").log.student_ids == ("bob",)


def test_names_of_concepts_come_from_the_file_beside(tmp_path):
    folder = write_folds(tmp_path / "set", {1: BLOCK})
    (folder / "skill.json").write_text('{"Mean": 1, "7014": 2}')
    bank = read(folder).bank
    assert [concept.name for concept in bank.concepts] == ["Mean", "KC 7014", "KC 3"]
    assert bank.questions[0].text == "Question 5 (Mean, KC 7014)"
    (folder / "skill.json").write_text("[1]")
    with pytest.raises(UserError, match=r"skill\.json"):
        read(folder)


def test_without_question_ids_the_concept_stands_as_the_question(tmp_path):
    imported = read(write_folds(tmp_path / "set", {1: "0,ann\n4,4,9\n1,1,0\n1,bob\n9\n1\n"}, "plain"))
    assert [question.concepts for question in imported.bank.questions] == [("plain:4",), ("plain:9",)]
    assert imported.log.correct.tolist() == [1, 1, 0, 1]
    assert imported.report["rows_merged"] == 0
    assert any("each KC stands" in note for note in imported.notes)


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("1,bob\n5,6\n1\n1,0\n", "different lengths: 2, 1, 2"),
        ("1,bob\n5\n1\n2\n", "correctness 2 is outside 0..1"),
        ("1,bob\n5\n1\nnan\n", "correctness nan is outside 0..1"),
        ("1,bob\n5\nx\n1\n", "not a number: 'x'"),
        ("1,bob,7\n5\n1\n1\n", "the header has 3 entries"),
        ("1,ann\n5\n1\n1\n", "student ann has an earlier block"),
        ("1,b/b\n5\n1\n1\n", "slashes and control characters"),
        ("1,..\n5\n1\n1\n", "student is '..'"),
        ("1,bob\n5\n1\n", "the block ends after 3 of 4 lines"),
    ],
)
def test_a_bad_block_is_named_or_skipped(tmp_path, block, reason):
    folder = write_folds(tmp_path / "set", {1: BLOCK + block})
    with pytest.raises(UserError) as caught:
        read(folder)
    assert "tiny_pid_test1.csv, row 2 (line 5)" in str(caught.value)
    assert reason in str(caught.value)
    imported = read(folder, on_bad_row="skip")
    assert imported.log.student_ids == ("ann",)
    assert [reject.row for reject in imported.rejects] == [2]
    assert imported.report["rows_rejected"] == 1


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "holds no fold files"),
        ({1: ""}, "is empty"),
        ({1: BLOCK, 2: BLOCK}, "Student ann stands in 2 files"),
        ({1: BLOCK, 2: "0,bob\n4\n1\n"}, "have question ids and some have none"),
    ],
)
def test_bad_sets_are_told(tmp_path, files, words):
    with pytest.raises(UserError, match=words):
        read(write_folds(tmp_path / "set", files))


def test_a_set_without_a_good_block_is_empty(tmp_path):
    with pytest.raises(UserError, match="holds no answers"):
        read(write_folds(tmp_path / "set", {1: "1,bob\n5\n1\n2\n"}), on_bad_row="skip")


def test_missing_and_misnamed_files_are_told(tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        read(tmp_path / "gone")
    (tmp_path / "other.csv").write_text(BLOCK)
    with pytest.raises(UserError, match="not named as a fold file"):
        read(tmp_path / "other.csv")


GOLDEN = {
    # set: rows, interactions per file, students per file, questions, concepts, questions with varying KCs, seconds
    "assist2009": (325_589, [52003, 51736, 57384, 55883, 57555], 830, 16_891, 110, 0, 8),
    "assist2015": (683_801, [136231, 140732, 136034, 132799, 138005], 3968, 100, 100, 0, 12),
    "assist2017": (941_502, [204107, 192064, 179426, 183373, 182528], 341, 3162, 102, 697, 15),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_counts(real_data, name):
    rows, interactions, students, questions, concepts, varying, limit_seconds = GOLDEN[name]
    folder = real_data(name)
    begin = time.process_time()
    imported = read(folder)
    assert time.process_time() - begin < limit_seconds
    log = imported.log
    assert np.bincount(log.student_fold[log.student])[1:].tolist() == interactions
    assert np.bincount(log.student_fold)[1:].tolist() == [students] * 5
    assert imported.report["rows_read"] == rows
    assert imported.report["rows_merged"] == rows - sum(interactions)
    assert imported.report["questions_with_varying_concepts"] == varying
    assert (len(imported.bank.questions), len(imported.bank.concepts)) == (questions, concepts)
    assert len(np.unique(log.event_id)) == len(log)

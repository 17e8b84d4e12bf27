import numpy as np
import pytest

from preceptor.data import ReadOptions, make_reader, merge_logs
from preceptor.domain import UserError, question_id

NAME = "anonymized_full_release_competition_dataset.csv"
HEADER = (
    "studentId,MiddleSchoolId,action_num,skill,problemId,assignmentId,startTime,endTime,timeTaken,correct,original\n"
)


def row(student=8, skill="pythagorean-theorem", problem=1151, start=1096470301, taken="23.0", correct=0):
    return f"{student},2,9950,{skill},{problem},1,{start},{start},{taken},{correct},1\n"


@pytest.fixture
def write(tmp_path):
    def of(*rows, header=HEADER):
        (tmp_path / NAME).write_text(header + "".join(rows))
        return tmp_path

    return of


def read(source, **options):
    return make_reader("assistments2017-csv").read([source], ReadOptions(**options))


def failure(source):
    with pytest.raises(UserError) as caught:
        read(source)
    return str(caught.value)


def test_seconds_stay_seconds(write):
    imported = read(write(row(), row(start=1096470350, taken="7", correct=1)))
    first, second = imported.log.interactions("8")
    assert (first.time_seconds, first.duration_seconds, first.correct) == (1096470301, 23, 0)
    assert (second.time_seconds, second.duration_seconds, second.correct) == (1096470350, 7, 1)
    assert first.question_id == question_id("assistments2017", "1151")
    assert [concept.name for concept in imported.bank.concepts] == ["pythagorean-theorem"]


def test_rows_that_differ_in_the_skill_alone_are_one_answer(write):
    imported = read(write(row(), row(skill="area; perimeter"), row(), row(start=1096470302), row(student=9)))
    # The third row brings no new skill, so a second answer begins with it.
    assert np.bincount(imported.log.student).tolist() == [3, 1]
    assert imported.bank.questions[0].concepts == (
        "assistments2017:area; perimeter",
        "assistments2017:pythagorean-theorem",
    )
    assert imported.report["rows_read"] == 5
    assert imported.report["rows_merged"] == 1
    assert imported.report["questions_with_varying_concepts"] == 1


def test_noskill_is_no_concept(write):
    imported = read(write(row(skill="noskill"), row(problem=5), row(problem=6, skill="")))
    bank = imported.bank
    assert bank.question[question_id("assistments2017", "1151")].concepts == ("assistments2017:Unlabelled",)
    assert {concept.name for concept in bank.concepts} == {"Unlabelled", "pythagorean-theorem"}
    assert imported.report["questions_without_concepts"] == 2
    assert any("noskill" in note for note in imported.notes)


def test_rows_are_sorted_by_time_and_counted(write):
    imported = read(write(row(start=200), row(problem=5, start=100)))
    assert imported.log.time_seconds.tolist() == [100, 200]
    assert imported.report["rows_moved"] == 2


def test_reading_again_adds_nothing_and_a_new_row_only_itself(write):
    rows = [row(), row(skill="area"), row(start=1096470400)]
    old = read(write(*rows)).log
    assert merge_logs(old, read(write(*rows)).log)[1] == 0
    assert merge_logs(old, read(write(row(student=3), *rows)).log)[1] == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(correct=2), "correctness is '2'"),
        (row(start="x"), "time is 'x'"),
        (row(taken="-3"), "duration is '-3'"),
        (row(problem=""), "question is empty"),
        ("8,2,9950,area,11", "correctness is empty"),
        (row().strip() + ",7,7\n", "13 cells under 11 column names"),
    ],
)
def test_a_bad_row_is_named_or_skipped(write, bad, reason):
    folder = write(row(student=1), row(student=2), bad)
    text = failure(folder)
    assert f"{NAME}, row 3 (line 4)" in text
    assert reason in text
    imported = read(folder, on_bad_row="skip")
    assert imported.log.student_ids == ("1", "2")
    assert [reject.row for reject in imported.rejects] == [3]
    assert imported.report["rows_read"] == 3


@pytest.mark.parametrize("column", ["studentId", "problemId", "skill", "correct", "startTime", "timeTaken"])
def test_a_missing_column_is_named(write, column):
    text = failure(write(row(), header=HEADER.replace(column, "other")))
    assert f"Unknown column in {write(row()) / NAME} '{column}'" in text


def test_missing_files_and_empty_ones_are_told(write, tmp_path):
    assert f"holds no {NAME}" in failure(tmp_path)
    assert "does not exist" in failure(tmp_path / "gone.csv")
    assert "holds no answers" in failure(write())

import numpy as np
import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import UserError, question_id

HEADER = (
    "Row\tSample\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name\tStep Start Time\t"
    "First Transaction Time\tCorrect Transaction Time\tStep End Time\tStep Duration (sec)\tFirst Attempt\tIncorrects\t"
    "Hints\tCorrects\tCondition\tKC (Single-KC)\tOpportunity (Single-KC)\tKC (Skills)\tOpportunity (Skills)\t"
    "KC (Unique-step)\tOpportunity (Unique-step)"
)


def row(
    student="Stu_1", problem="P1", step="x=1", time="2007-02-28 13:39:45", first="correct", kc="Add~~Count", took=19
):
    number = f"{problem}-{step}"
    times = f"{time}\t{time}\t{time}\t{time}"
    return (
        f"1\tAll Data\t{student}\tUnit A\t{problem}\t1\t{step}\t{times}\t{took}\t{first}\t0\t0\t1\tdefault\t"
        f"Single-KC\t1\t{kc}\t1\t{number}\t1"
    )


@pytest.fixture
def read(tmp_path):
    def of(*rows, header=HEADER, **options):
        path = tmp_path / "export.txt"
        path.write_text("\n".join([header, *rows]) + "\n")
        return make_reader("datashop").read([path], ReadOptions(**options))

    return of


def test_a_question_is_a_step_of_a_problem_and_a_first_hint_earns_nothing(read):
    later = "2007-02-28 13:40:00"
    imported = read(row(time=later, first="hint", took="."), row(), row("Stu_2", step='say "5"', first="incorrect"))
    log, bank = imported.log, imported.bank
    assert log.student_ids == ("Stu_1", "Stu_2")
    assert log.question_ids == (question_id("datashop", "P1----x=1"), question_id("datashop", 'P1----say "5"'))
    assert log.correct.tolist() == [1, 0, 0]
    assert log.time_seconds.tolist() == [1_172_669_985, 1_172_670_000, 1_172_669_985]
    assert log.duration_seconds[0] == 19
    assert np.isnan(log.duration_seconds[1])
    assert imported.report["rows_moved"] == 2
    assert [concept.name for concept in bank.concepts] == ["Add", "Count"]
    assert bank.questions[0].concepts == ("datashop:Add", "datashop:Count")
    assert bank.questions[0].text == "P1, step x=1"


def test_the_model_with_the_most_kcs_is_taken_unless_one_is_named(read):
    rows = [row(kc="Add"), row(step="x=2", kc="Add"), row(step="x=3", kc="Count")]
    assert any("'Skills'" in note for note in read(*rows).notes)
    for name in ("Single-KC", "KC (Single-KC)"):
        assert len(read(*rows, columns={"concepts": name}).bank.concepts) == 1
    assert len(read(*rows, columns={"concepts": "Unique-step"}).bank.concepts) == 3
    with pytest.raises(UserError, match="Unknown KC model") as caught:
        read(*rows, columns={"concepts": "Skill"})
    assert "Skills" in caught.value.mend
    with pytest.raises(UserError, match="Unknown column role 'student'"):
        read(*rows, columns={"student": "Condition"})


def test_rows_without_a_kc_are_left_out_and_counted(read):
    imported = read(row(), row(step="x=2", kc="NA"), row(step="x=3", kc=""))
    assert (len(imported.log), len(imported.bank.questions)) == (1, 1)
    assert imported.report["rows_read"] == 3
    assert imported.report["rows_without_concepts"] == 2
    with pytest.raises(UserError, match="holds no answers with a KC"):
        read(row(kc="."), columns={"concepts": "Skills"})


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(first="maybe"), "correctness is 'maybe'"),
        (row(first=""), "correctness is empty"),
        (row(student=""), "student is empty"),
        (row(step="."), "question is empty"),
        (row(time="noon"), "time is 'noon'"),
        (row(took="-3"), "duration is '-3'"),
        (row() + "\t1", "24 cells under 23 column names"),
        (row()[:60], "correctness is empty"),
    ],
)
def test_a_bad_row_is_named_or_skipped(read, bad, reason):
    with pytest.raises(UserError) as caught:
        read(row(), bad)
    assert "export.txt, row 2 (line 3)" in str(caught.value)
    assert reason in str(caught.value)
    imported = read(row(), bad, on_bad_row="skip")
    assert len(imported.log) == 1
    assert imported.report["rows_rejected"] == 1


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (HEADER.replace("First Attempt", "Attempt"), "no column 'First Attempt'"),
        (HEADER.replace("KC (", "KC "), "no KC model"),
    ],
)
def test_a_missing_column_is_told(read, header, words):
    with pytest.raises(UserError, match=words) as caught:
        read(row(), header=header)
    assert "export.txt, header" in str(caught.value)


def test_reading_again_gives_the_same_ids(read):
    first, again = read(row(), row(first="hint")), read(row(), row(first="hint"), row("Stu_2"))
    assert set(first.log.event_id) < set(again.log.event_id)


def test_golden_counts(real_data):
    imported = make_reader("datashop").read([real_data("datashop_samples") / "memtestdata.txt"], ReadOptions())
    log = imported.log
    assert (len(log), len(log.student_ids), len(imported.bank.questions)) == (2043, 19, 1185)
    assert [concept.name for concept in imported.bank.concepts][:2] == [
        "Enter variable expression in diagram -- multiplication",
        "Define variable",
    ]
    assert len(imported.bank.concepts) == 5
    assert int(log.correct.sum()) == 1634
    assert log.timed
    assert imported.report["rows_without_concepts"] == 0
    assert len(np.unique(log.event_id)) == len(log)

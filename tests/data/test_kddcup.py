import numpy as np
import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import UserError, question_id

ALGEBRA = (
    "Row\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name\tStep Start Time\t"
    "First Transaction Time\tCorrect Transaction Time\tStep End Time\tStep Duration (sec)\t"
    "Correct Step Duration (sec)\tError Step Duration (sec)\tCorrect First Attempt\tIncorrects\tHints\tCorrects\t"
    "KC(Default)\tOpportunity(Default)"
)
BRIDGE = ALGEBRA.replace("Default", "SubSkills") + "\tKC(KTracedSkills)\tOpportunity(KTracedSkills)"


def row(
    student="0BrbPbwCMz", problem="EG4-FIXED", step="3(x+2) = 15", second=35, correct=1, kc="[SkillRule: Eliminate]"
):
    time = f"2005-09-09 12:24:{second}.0"
    return (
        f"1\t{student}\tUnit ES_04, Section ES_04-1\t{problem}\t1\t{step}\t{time}\t{time}\t{time}\t{time}\t12\t12\t\t"
        f"{correct}\t0\t0\t1\t{kc}\t1"
    )


@pytest.fixture
def write(tmp_path):
    def of(*rows, name="algebra_2005_2006_train.txt", header=ALGEBRA):
        path = tmp_path / name
        path.write_text("\r\n".join([header, *rows]) + "\r\n")
        return path

    return of


def read(path, **options):
    return make_reader("kddcup").read([path], ReadOptions(**options))


def test_steps_and_joined_kcs_become_questions_and_concepts(write):
    kcs = "[SkillRule: Remove constant; {ax+b=c, positive}]~~Write expression"
    path = write(row(second=50, correct=0), row(), row(step='y, "the rest', kc=kcs, student="b"))
    imported = read(path)
    log, bank = imported.log, imported.bank
    first, second = (question_id("algebra2005", f"EG4-FIXED----{step}") for step in ("3(x+2) = 15", 'y, "the rest'))
    assert log.question_ids == (first, second)
    assert log.correct.tolist() == [1, 0, 1]
    assert log.time_seconds.tolist() == [1_126_268_675, 1_126_268_690, 1_126_268_675]
    assert log.duration_seconds.tolist() == [12, 12, 12]
    assert [concept.name for concept in bank.concepts] == ["[SkillRule: Eliminate]", *kcs.split("~~")]
    assert bank.question[second].concepts == tuple(f"algebra2005:{name}" for name in kcs.split("~~"))
    assert any("no time zone" in note for note in imported.notes)


def test_bridge_has_its_own_model_and_name(write):
    path = write(row(kc="Sub A~~Sub B") + "\tTraced\t1", name="bridge_to_algebra_2006_2007_train.txt", header=BRIDGE)
    assert [c.concept_id for c in read(path).bank.concepts] == ["bridge2006:Sub A", "bridge2006:Sub B"]
    traced = read(path, columns={"concepts": "KTracedSkills"}, source="mine")
    assert [c.concept_id for c in traced.bank.concepts] == ["mine:Traced"]


def test_rows_without_a_kc_are_left_out_and_told(write):
    imported = read(write(row(), row(step="FinalAnswer", kc="")))
    assert len(imported.log) == 1
    assert imported.report["rows_without_concepts"] == 1
    assert any("1 rows have no KC" in note for note in imported.notes)


def test_a_folder_gives_its_training_files_only(write, tmp_path):
    write(row())
    write(row(correct=""), name="algebra_2005_2006_test.txt")
    assert len(read(tmp_path).log) == 1
    (tmp_path / "algebra_2005_2006_train.txt").unlink()
    with pytest.raises(UserError, match="holds no training file"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(correct=2), "correctness is '2'"),
        (row(correct=""), "correctness is empty"),
        (row(problem=""), "question is empty"),
        (row(second=99), "time is '2005-09-09 12:24:99.0'"),
        (row()[:50], "question is empty"),
    ],
)
def test_a_bad_row_is_named_or_skipped(write, bad, reason):
    path = write(row(), bad)
    with pytest.raises(UserError) as caught:
        read(path)
    assert "algebra_2005_2006_train.txt, row 2 (line 3)" in str(caught.value)
    assert reason in str(caught.value)
    assert len(read(path, on_bad_row="skip").log) == 1


def test_a_file_without_the_columns_is_told(write):
    with pytest.raises(UserError, match="no column 'Correct First Attempt'"):
        read(write(row(), header=ALGEBRA.replace("Correct First Attempt", "First Attempt")))


def test_reading_a_longer_file_keeps_the_ids(write):
    short = read(write(row(), row(second=40))).log
    long = read(write(row(second=10, correct=0), row(), row(second=40))).log
    assert set(short.event_id) < set(long.event_id)
    assert len(np.unique(long.event_id)) == 3

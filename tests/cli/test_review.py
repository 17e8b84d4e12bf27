"""`preceptor review`."""

import pytest

from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, QuestionKind


@pytest.fixture
def annotated(cli, tmp_path):
    course = Course.create(tmp_path / "course", "Sums")
    texts = ("Add the fractions $\\frac{1}{2}$ and $\\frac{1}{3}$.", "Round $3.75$ to one decimal.")
    questions = tuple(Question(f"q{i}", text, QuestionKind.TEXT, "4", ("any",)) for i, text in enumerate(texts))
    course.replace(Bank((Concept("any", "Any"),), questions))
    assert cli("annotate", course.path, "--replace-labels").code == 0
    return course.path


def test_out_edit_in_and_annotate_again(cli, annotated, tmp_path):
    file = tmp_path / "review.csv"
    written = cli("review", annotated, "--out", file, "--json").json()
    assert written["file"] == str(file)
    assert written["decided"] == 0
    text = file.read_text(encoding="utf-8-sig")
    concept = written["least_sure"][0]["name"]
    assert f",{concept}," in text
    at = text.index("# concepts")
    file.write_text(text[:at] + text[at:].replace(f",{concept},", ",Quite another name,"), encoding="utf-8")
    given = cli("review", annotated, "--in", file, "--author", "Ms Li", "--json").json()
    assert (given["recorded"], given["used"]) == (1, True)
    again = cli("review", annotated, "--in", file)
    assert again.code == 0
    assert "Nothing new to do in" in again.out
    assert "Quite another name" in {concept.name for concept in Course.open(annotated).load_bank().concepts}
    assert cli("annotate", annotated).code == 0
    assert "Quite another name" in {concept.name for concept in Course.open(annotated).load_bank().concepts}
    shown = cli("review", annotated)
    assert shown.code == 0
    assert "labels checked" in shown.out


def test_mistakes(refused, annotated, tmp_path, fingerprint):
    before = fingerprint(annotated)
    assert "--out and --in" in refused("review", annotated, "--out", "a.csv", "--in", "b.csv")
    assert ".xlsx or .csv" in refused("review", annotated, "--out", tmp_path / "a.pdf")
    assert "Cannot read" in refused("review", annotated, "--in", tmp_path / "none.csv")
    assert fingerprint(annotated) == before
    empty = Course.create(tmp_path / "empty", "Empty").path
    assert "preceptor annotate" in refused("review", empty)


def test_a_spreadsheet_that_exists_is_not_written_over(cli, annotated, tmp_path):
    file = tmp_path / "review.csv"
    file.write_text("an hour of work")
    refused = cli("review", annotated, "--out", file)
    assert refused.code == 2
    assert "exists already" in refused.err
    assert file.read_text() == "an hour of work"

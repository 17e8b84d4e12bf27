"""`preceptor review`."""

import pytest

from preceptor.annotate.review_events import RenameConcept, ref
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, QuestionKind
from preceptor.workflow.reviewing import Review


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


def test_what_was_written_and_what_comes_next_is_told(cli, annotated, tmp_path):
    file = tmp_path / "review.csv"
    told = " ".join(cli("review", annotated, "--out", file).out.split())
    assert "2 questions, 2 concepts" in told
    assert f"preceptor review {annotated} --in {file}" in told


def test_an_emptied_cell_takes_the_concept_away_and_is_told_by_name(cli, annotated, tmp_path):
    file = tmp_path / "review.csv"
    written = cli("review", annotated, "--out", file, "--json").json()
    assert written["rows"] == {"questions": 2, "concepts": 2}
    text = file.read_text(encoding="utf-8-sig")
    names = {concept.concept_id: concept.name for concept in Course.open(annotated).load_bank().concepts}
    question = Course.open(annotated).load_bank().question["q1"]
    at = text.index("# concepts")
    emptied = text[:at].replace(f",{names[question.concepts[0]]},", ",,", 1)
    assert emptied != text[:at]
    file.write_text(emptied + text[at:], encoding="utf-8")
    told = " ".join(cli("review", annotated, "--in", file).out.split())
    assert f"Without a concept now, because it was taken out, and so not asked any more: “{question.text}”" in told
    assert Course.open(annotated).load_bank().question["q1"].concepts == ("unlabelled",)
    again = cli("review", annotated, "--in", file, "--json").json()
    assert (again["recorded"], again["emptied"]) == (0, [])


TRAIN = "The model belongs to the earlier labels: preceptor train"


def test_what_comes_after_annotating_is_told_and_no_model_where_there_is_none(cli, annotated):
    told = " ".join(cli("annotate", annotated).out.split())
    assert f"preceptor review {annotated} --out review.xlsx" in told
    assert f"preceptor embed {annotated}" in told
    assert f"preceptor annotate {annotated} --undo" in told
    assert f"preceptor review {annotated} --out review.xlsx" in " ".join(cli("review", annotated).out.split())
    assert TRAIN not in told


def test_a_model_of_the_earlier_labels_is_told_after_annotating(cli, course_copy):
    told = " ".join(cli("annotate", course_copy, "--replace-labels").out.split())
    assert f"{TRAIN} {course_copy}" in told


def test_undoing_an_annotation_says_that_decisions_stay_and_they_count_again(cli, annotated, tmp_path):
    assert "decisions" not in cli("annotate", annotated, "--undo").out
    assert cli("annotate", annotated, "--replace-labels").code == 0
    review = Review(Course.open(annotated))
    concept = review.state().given.concepts[0]
    review.record([RenameConcept(ref(concept), "Quite another name")], "Ms Li", 0.0)
    told = " ".join(cli("annotate", annotated, "--undo").out.split())
    assert "The decisions of the review (1) stay" in told
    assert "preceptor annotate" in told
    assert cli("annotate", annotated, "--replace-labels").code == 0
    assert "Quite another name" in {concept.name for concept in Course.open(annotated).load_bank().concepts}


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

import pytest

from preceptor.answers import defect, self_grade, vet
from preceptor.domain import QuestionKind as Kind


@pytest.mark.parametrize(
    ("key", "kind", "settled"),
    [
        ("3/4", Kind.EXPRESSION, Kind.NUMBER), ("x+1", Kind.NUMBER, Kind.EXPRESSION),
        ("x=2", Kind.NUMBER, Kind.EQUATION),
                ("1, 2", Kind.NUMBER, Kind.LIST), ("x<2", Kind.EXPRESSION, Kind.EQUATION),
        ("No solution", Kind.NUMBER, Kind.TEXT),
        ("(-inf, 2]", Kind.TEXT, Kind.LIST), ("-2,2", Kind.TEXT, Kind.LIST), ("Yes", Kind.TEXT, Kind.TEXT),
        ("n", Kind.TEXT, Kind.TEXT), ("sqrt(2)", Kind.NUMBER, Kind.EXPRESSION), ("3rd one", Kind.TEXT, Kind.TEXT),
    ],
)  # fmt: skip
def test_the_kind_is_settled_as_the_key_parses(key, kind, settled, ask, worker):
    question = vet(ask(key, kind), worker)
    assert (question.kind, question.uncheckable) == (settled, "")


@pytest.mark.parametrize(
    ("key", "more", "reason"),
    [
        ("42a105c", {}, "outside the grammar"),
        ("1/0", {}, "has no value"),
        ("5", {"distractors": {"10/2": "m"}}, "another answer"),
        ("A", {"kind": Kind.CHOICE, "options": ("A",)}, "two different options"),
        ("A", {"kind": Kind.CHOICE, "options": ("A", "A", "B")}, "two different options"),
        ("A", {"kind": Kind.CHOICE, "options": ("C", "B")}, "not among the options"),
        ("A", {"kind": Kind.CHOICE, "options": ("A", "A ")}, "another answer"),
        ("", {"kind": Kind.TEXT}, "empty"),
    ],
)
def test_a_question_that_cannot_grade_itself_is_uncheckable(key, more, reason, ask, worker):
    question = vet(ask(key, **more), worker)
    assert reason in question.uncheckable
    assert not question.servable
    assert vet(question, worker) == question


def test_a_sound_question_grades_itself(ask, worker):
    question = ask("3/4", distractors={"1/4": "m"})
    assert self_grade(question, worker)
    assert defect(question, worker) == ""

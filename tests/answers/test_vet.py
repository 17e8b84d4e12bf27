import pytest

from preceptor.answers import defect, self_grade, vet, vet_bank
from preceptor.domain import Bank, Concept
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


def test_a_bank_counts_what_grades_itself_and_why_the_rest_does_not(ask, worker):
    questions = (ask("3/4"), ask("42a105c"), ask("6m10t"), ask("7", uncheckable="no figure: it is missing"))
    vetted = vet_bank(Bank((Concept("c", "C"),), questions), worker)
    assert vetted.self_graded == 2
    assert vetted.uncheckable == {"the key lies outside the grammar": 2, "no figure": 1}
    assert [question.servable for question in vetted.bank.questions] == [True, False, False, False]

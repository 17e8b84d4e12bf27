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
        ("48 cm^2", Kind.QUANTITY, Kind.QUANTITY), ("3/4", Kind.FRACTION, Kind.FRACTION),
        ("{-2, 2}", Kind.SOLUTIONS, Kind.SOLUTIONS), ("R", Kind.SOLUTIONS, Kind.SOLUTIONS),
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
        ("48", {"kind": Kind.QUANTITY}, "does not grade itself"),
        ("x cm", {"kind": Kind.QUANTITY}, "does not grade itself"),
        ("5 m", {"kind": Kind.QUANTITY, "distractors": {"500 cm": "m"}}, "another answer"),
        ("5 m", {"kind": Kind.QUANTITY, "distractors": {"5": "m"}}, "another answer"),
        ("6/8", {"kind": Kind.FRACTION}, "does not grade itself"),
        ("3/4", {"kind": Kind.FRACTION, "distractors": {"6/8": "m"}}, "another answer"),
        ("{x}", {"kind": Kind.SOLUTIONS}, "does not grade itself"),
        ("{2}", {"kind": Kind.SOLUTIONS, "distractors": {"{2, 2}": "m"}}, "another answer"),
        ("1, 2", {"kind": Kind.ORDER, "options": ("1", "2")}, "in the right order already"),
        ("1, 2", {"kind": Kind.ORDER, "options": ("3", "1")}, "not the items of the key"),
        ("1, 2", {"kind": Kind.ORDER}, "not the items of the key"),
        ("1, 2, 3", {"kind": Kind.ORDER, "options": ("2", "1", "3"), "distractors": {"1, 2": "m"}}, "another answer"),
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


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("key", "kind", "more"),
    [
        ("3.125", Kind.NUMBER, {"distractors": {"3125": "point", "31.25": "shift"}}),
        ("3.125 km/h", Kind.QUANTITY, {"distractors": {"31.25 km/h": "shift", "3.125 km": "unit"}}),
        ("7/12", Kind.FRACTION, {"distractors": {"2/7": "tops", "5": "whole"}}),
        ("{-2.125, 2}", Kind.SOLUTIONS, {"distractors": {"{2}": "one", "{}": "none", "R": "all", "{(1, 2)}": "pair"}}),
        ("{(1.5, -3)}", Kind.SOLUTIONS, {"distractors": {"{(-3, 1.5)}": "swap"}}),
        ("{}", Kind.SOLUTIONS, {"distractors": {"{0}": "zero"}}),
        ("R", Kind.SOLUTIONS, {"distractors": {"{0}": "zero"}}),
        ("-8, 1/2, 1.125", Kind.ORDER, {"options": ("1.125", "-8", "1/2"), "distractors": {"1/2, 1.125, -8": "m"}}),
        ("1.125, 2", Kind.LIST, {"distractors": {"1125, 2": "point"}}),
        ("2.125*x + 1", Kind.EXPRESSION, {"distractors": {"2*x": "m"}}),
        ("(2, -1)", Kind.LIST, {"distractors": {"(-1, 2)": "swap"}}),
    ],
)
def test_every_kind_grades_itself_in_every_language(key, kind, more, language, ask, worker):
    question = ask(key, kind, language=language, **more)
    assert defect(question, worker) == ""
    assert vet(question, worker) == question

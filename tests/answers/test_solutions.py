import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.answers import as_typed, check, preview
from preceptor.domain import QuestionKind

SOLUTIONS = QuestionKind.SOLUTIONS


@pytest.mark.parametrize(
    ("key", "responses"),
    [
        ("{3}", ["3", "x = 3", "{3}", "L = {3}", "x ∈ {3}", "6/2", "3 = x", "{x = 3}", "$x=3$", "x in {3}"]),
        ("{-2, 2}", ["x=-2 or x=2", "-2, 2", "±2", "{-2; 2}", "x=±2", "2, -2", "-2 and 2", "x_1 = -2, x_2 = 2"]),
        ("{-2, 2}", ["x1=-2, x2=2", "x=2, -2", "{2, -2, 2}", "\\{-2, 2\\}", "x₁ = -2; x₂ = 2", "-2;2"]),
        ("{(1, 3)}", ["(1, 3)", "x = 1, y = 3", "x=1 and y=3", "{(1, 3)}", "y=3, x=1", "(x,y)=(1,3)", "(1;3)"]),
        ("{(1, 3), (2, 4)}", ["(2,4), (1,3)", "x=1, y=3, x=2, y=4", "{(1;3); (2;4)}"]),
        ("{}", ["{}", "∅", "no solution", "none", "No solutions.", "keine Lösung", "{ }", "L = {}", "\\emptyset"]),
        ("R", ["R", "ℝ", "all numbers", "every number", "all real numbers", "infinitely many", "alle Zahlen"]),
        ("R", ["jede Zahl", "x ∈ R", "x = R", "(-∞, ∞)", "Any number", "infinitely many solutions"]),
        ("{3}", ["x=3 or x=3"]), ("{1/3}", ["1/3", "0.333"]), ("{sqrt(2)}", ["√2", "2^(1/2)"]), ("{0}", ["0", "x=0"]),
    ],
)  # fmt: skip
def test_a_solution_set_may_be_written_in_many_ways(key, responses, ask, outcome):
    assert {response: outcome(ask(key, SOLUTIONS), response) for response in responses} == dict.fromkeys(
        responses, "correct"
    )


@pytest.mark.parametrize(
    ("key", "response"),
    [
        ("{3}", "-3"), ("{3}", "3, 4"), ("{3}", "none"), ("{3}", "R"), ("{3}", "x=1, y=3"), ("{-2, 2}", "2"),
        ("{-2, 2}", "-2, 2, 3"), ("{-2, 2}", "(-2, 2)"), ("{(1, 3)}", "(3, 1)"), ("{(1, 3)}", "(1, 3), (2, 4)"),
        ("{(1, 3)}", "no solution"), ("{}", "0"), ("{}", "R"), ("R", "{}"), ("R", "0"), ("{}", "(1, 2)"),
        ("{(1, 3)}", "(1, 3, 0)"), ("{1/3}", "0.33"),
    ],
)  # fmt: skip
def test_other_sets_subsets_and_supersets_are_wrong(key, response, ask, outcome):
    assert outcome(ask(key, SOLUTIONS), response) == "wrong"


@pytest.mark.parametrize("response", ["x", "x+1=4", "x<3", "[1,3]", "1/0", "x=2y", "maybe", "(x, 1)", "x=-2 x=2"])
def test_what_names_no_solutions_is_handed_back(response, ask, worker):
    verdict = check(ask("{3}", SOLUTIONS), response, worker=worker)
    assert verdict.scored is None
    assert verdict.message


@pytest.mark.parametrize("response", ["1, 3", "1", "{1, 3}", "x = 1"])
def test_where_pairs_are_asked_single_numbers_are_handed_back(response, ask, worker):
    verdict = check(ask("{(1, 3)}", SOLUTIONS), response, worker=worker)
    assert verdict.message == "Give both numbers of a solution, for example (1; 3)."


def test_a_wrong_set_names_its_misconception(ask, worker):
    question = ask("{3}", SOLUTIONS, distractors={"{-3}": "sign", "{}": "gives-up", "R": "always", "{3, -3}": "root"})
    named = {"x=-3": "sign", "no solution": "gives-up", "all numbers": "always", "±3": "root", "7": ""}
    assert {r: check(question, r, worker=worker).misconception_id for r in named} == named


@pytest.mark.parametrize(
    ("key", "responses"),
    [
        ("{2.5}", ["2,5", "x = 2,5", "{2,5}", "5/2", "5 : 2", "2.5", "L = {2,5}"]),
        ("{-2, 2}", ["{-2; 2}", "-2 und 2", "x = -2 oder x = 2", "-2, 2", "-2,2", "±2"]),
        ("{(1, 3)}", ["(1 | 3)", "(1; 3)", "{(1|3)}", "x = 1 und y = 3", "(1, 3)", "(1,3)", "𝕃 = {(1 | 3)}"]),
        ("{1.5, 2}", ["1,5; 2", "1,5, 2", "{1,5; 2}"]), ("{}", ["keine Lösung", "L = {}", "Leere Menge", "unlösbar"]),
        ("R", ["alle Zahlen", "unendlich viele Lösungen", "jede rationale Zahl", "ℚ", "allgemeingültig"]),
    ],
)  # fmt: skip
def test_german_solution_sets(key, responses, ask, outcome):
    question = ask(key, SOLUTIONS, language="de")
    assert {response: outcome(question, response) for response in responses} == dict.fromkeys(responses, "correct")


@pytest.mark.parametrize(
    ("response", "language", "shown"),
    [
        ("x=2 or x=-2", "en", r"\{2, -2\}"), ("none", "en", r"\{\}"), ("all numbers", "en", r"\mathbb{R}"),
        ("(1,3)", "en", r"\{(1, 3)\}"), ("2,5; 3", "de", r"\{2{,}5; 3\}"), ("(1|3)", "de", r"\{(1 \mid 3)\}"),
    ],
)  # fmt: skip
def test_the_preview_shows_the_set(response, language, shown, ask):
    assert preview(response, ask("R", SOLUTIONS, language=language)) == shown


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sets(st.fractions(-20, 20, max_denominator=9), min_size=1, max_size=4), st.sampled_from(["en", "de"]))
def test_any_order_is_right_and_one_less_is_wrong(ask, outcome, values, language):
    key = f"{{{', '.join(map(str, sorted(values)))}}}"
    question = ask(key, SOLUTIONS, language=language)
    backwards = f"{{{', '.join(map(str, sorted(values, reverse=True)))}}}"
    assert outcome(question, as_typed(backwards, question)) == "correct"
    fewer = f"{{{', '.join(map(str, sorted(values)[1:]))}}}"
    assert outcome(question, as_typed(fewer, question)) == "wrong"

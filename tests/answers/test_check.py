import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.answers import DONT_KNOW, Unreadable, VerdictOutcome, check, preview, recognised
from preceptor.answers.check import KINDS
from preceptor.domain import Outcome, QuestionKind

NUMBER, LIST = QuestionKind.NUMBER, QuestionKind.LIST

RIGHT = [
    ("3/4", "0.75"), ("3/4", "6/8"), ("0.75", "3/4"), ("7/4", "1 3/4"), ("7/4", "1¾"), ("-7/4", "-1 3/4"),
    ("1200", "1,200"), ("5", "x=5"), ("x=5", "5"), ("x=5", "5=x"), ("x=5", "x = 10/2"), ("12", "4*3"), ("12", "4×3"),
    ("-4", "−4"), ("9", "3²"), ("9", "3**2"), ("8", "2^3"), ("3", "|−3|"), ("2", "√4"), ("2", "cbrt(8)"),
    ("-2", "(-8)^(1/3)"), ("\\sqrt{8}", "2√2"), ("\\frac{1}{\\sqrt{2}}", "sqrt(2)/2"),
    ("\\log_{2}\\left(8\\right)", "3"),
    ("(x+1)^2", "x^2+2x+1"), ("x^2+2x+1", "(x+1)(x+1)"), ("2x+3y", "3y + 2x"), ("x^{\\frac{1}{2}}", "sqrt x"),
    ("\\frac{x^2-1}{x-1}", "x+1"), ("\\sin\\left(x\\right)^2+\\cos\\left(x\\right)^2", "1"), ("2ln(x)", "ln(x^2)"),
    ("-3i+4j", "4j-3i"), ("e^{2x}", "exp(2x)"), ("\\frac{\\pi}{4}", "45°"), ("\\cos(30 degrees)", "sqrt(3)/2"),
    ("y=2x+3", "2x-y+3=0"), ("y=2x+3", "y-3=2x"), ("f(x)=(x+2)^2-3", "x^2+4x+1"), ("f(x)=x^2", "y=x^2"),
    ("b=\\frac{2A}{h}", "b = 2A/h"), ("x>5", "5<x"), ("1<x<5", "x>1 and x<5"), ("3x+y<4", "6x+2y<8"),
    ("(-oo,5]", "(-∞, 5]"), ("(-inf,-4)U[3,inf)", "(-inf,-4) U [3,inf)"), ("(-inf,-4)U[3,inf)", "[3,∞)∪(-∞,-4)"),
    ("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}", "[[1,2],[3,4]]"), ("(2,-1)", "2, -1"),
    ("(x,y)=(2,3)", "(2,3)"), ("(x,y)=(2,3)", "(a,b)=(2,3)"), ("45^{\\circ}", "45"),
]  # fmt: skip

WRONG = [
    ("3/4", "0.74"), ("5", "-5"), ("x=5", "y=5"), ("x=5", "2x=10"), ("|x|", "x"), ("x", "sqrt(x^2)"), ("5", "5, 5"),
    ("y=2x+3", "y=3x+2"), ("b=\\frac{2A}{h}", "A=bh/2"), ("x>5", "x<5"), ("x>5", "x>=5"), ("(-oo,5]", "(-∞,5)"),
    ("(2,-1)", "(-1,2)"), ("(x+1)^2", "x^2+1"), ("2x", "x^2"), ("25", "25%"), ("0.25", "25"), ("x^2", "y^2"),
    ("3x+y<4", "3x+y>4"), ("sin(x)", "cos(x)"), ("oo", "5"), ("5", "oo"), ("x+1=0", "x+1"),
    ("1<x<5", "x>1"), ("5", "(5, 6)"), ("(x,y)=(2,3)", "(3,2)"), ("y=x^2", "(1,2)"),
    ("(1,2)", "[1,2)"), ("1", "1.0000001"),
    ("x+3y=2", "0=0"), ("x+3y=2", "0x=0"), ("x+3y=2", "x=x"), ("3x+y<4", "0<0"), ("5", "5=5"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "response"), RIGHT)
def test_an_equivalent_form_is_right(key, response, ask, worker):
    assert check(ask(key), response, worker=worker).outcome is VerdictOutcome.CORRECT


@pytest.mark.parametrize(("key", "response"), WRONG)
def test_another_value_is_wrong(key, response, ask, worker):
    assert check(ask(key), response, worker=worker).outcome is VerdictOutcome.WRONG


@pytest.mark.parametrize(
    ("key", "response", "right"),
    [
        ("1/3", "0.333", True), ("1/3", "0.3333", True), ("1/3", ".333", True), ("1/3", "0.33", False),
        ("2/3", "0.667", True), ("2/3", "0.666", False), ("1/30", "0.033", False), ("1/30", "0.0333", True),
        ("1000/3", "333.33", False), ("1000/3", "333.333", True), ("\\sqrt{2}", "1.414", True),
        ("\\sqrt{2}", "1.41", False), ("2\\pi", "6.283", True), ("1.414", "√2", True), ("0.667", "2/3", True),
        ("1/8", "0.12", False), ("1/8", "0.125", True), ("1/1000", "0.0014", False), ("0.123", "0.1234", False),
    ],
)  # fmt: skip
def test_a_decimal_stands_for_an_endless_one_if_rounded_to_three_places(key, response, right, ask, worker):
    assert (check(ask(key), response, worker=worker).outcome is VerdictOutcome.CORRECT) == right


@pytest.mark.parametrize(
    ("key", "kind", "response", "right"),
    [
        ("3.6*10^11", QuestionKind.EXPRESSION, "3.6 x 10^11", True),
        ("3.6*10^11", QuestionKind.EXPRESSION, "3.6X10^11", True),
        ("12", QuestionKind.NUMBER, "3 x 4", True),
        ("12", QuestionKind.NUMBER, "3 x 5", False),
        ("3*x + 4", QuestionKind.EXPRESSION, "3x + 4", True),
    ],
)
def test_the_letter_x_means_times_where_the_key_has_no_letters(key, kind, response, right, ask, worker):
    outcome = check(ask(key, kind), response, worker=worker).outcome
    assert outcome is (VerdictOutcome.CORRECT if right else VerdictOutcome.WRONG)


@pytest.mark.parametrize(
    ("key", "response", "text", "right"),
    [
        ("12", "12 cm", "", True), ("12", "12cm", "", True), ("12", "12 cm^2", "", True), ("12", "$12", "", True),
        ("12.50", "$12.50", "", True), ("12", "12 apples", "How many apples are left?", True),
        ("12", "12 bananas", "How many apples are left?", None), ("0.25", "25%", "", True),
        ("0.25", "25 percent", "", True),
        ("25", "25%", "What percent is it?", True), ("25", "25%", "How many?", False), ("25%", "0.25", "", True),
        ("25%", "25", "", True), ("25%", "2500%", "", False), ("12", "12x", "", False), ("90", "90 degrees", "", True),
        ("12 cm", "12", "", True), ("25", "-25%", "What percent?", False), ("-25", "-25%", "What percent?", True),
        ("12 cm", "12 cm", "", True),
    ],
)  # fmt: skip
def test_units_money_and_percent_may_stand_beside_a_number(key, response, text, right, ask, worker):
    outcome = check(ask(key, text=text), response, worker=worker).outcome
    expected = {True: VerdictOutcome.CORRECT, False: VerdictOutcome.WRONG, None: VerdictOutcome.UNREADABLE}[right]
    assert outcome is expected


@pytest.mark.parametrize(
    ("key", "response", "ordered", "right"),
    [
        ("2, 3", "3, 2", False, True), ("2, 3", "3, 2", True, False), ("2, 3", "2, 3", True, True),
        ("2, 3", "2", False, False), ("2, 3", "2, 3, 3", False, False), ("x=5, x=-5", "x=±5", False, True),
        ("2, 3", "x=2 or x=3", False, True), ("2, 3", "{3, 2}", False, True), ("2, 2, 3", "2, 3, 3", False, False),
        ("(2,3)", "[2,3]", False, False), ("x=2, x=3", "2, 3", False, True), ("2, 3", "5", False, False),
        ("3 \\pm \\sqrt{5}", "3-√5, 3+√5", False, True), ("100,200", "200,100", False, True),
        ("(1,2), (3,4)", "(3,4), (1,2)", False, True), ("(1,2), (3,4)", "(2,1), (3,4)", False, False),
    ],
)  # fmt: skip
def test_lists_keep_or_ignore_their_order_as_the_question_says(key, response, ordered, right, ask, worker):
    outcome = check(ask(key, LIST, ordered=ordered), response, worker=worker).outcome
    assert (outcome is VerdictOutcome.CORRECT) == right


@pytest.mark.parametrize(
    "response", ["5 or 6", "0,5", "5, 5", "(5, 6)", "x+1", "y", "5x", "x=y", "2x=10", "x<6", "5=5"]
)
def test_where_one_number_is_asked_anything_else_is_handed_back(response, ask, worker):
    verdict = check(ask("5", NUMBER), response, worker=worker)
    assert verdict.outcome is VerdictOutcome.UNREADABLE
    assert verdict.message == "Give one number. Use a point for decimals, for example 0.5."
    assert isinstance(preview(response, ask("5", NUMBER)), Unreadable)


@pytest.mark.parametrize(
    ("response", "right"),
    [("x=5", True), ("5 = x", True), ("10/2", True), ("x=6", False), ("6", False), ("pi", False), ("5,000", False)],
)
def test_one_number_may_be_written_in_several_ways(response, right, ask, worker):
    expected = VerdictOutcome.CORRECT if right else VerdictOutcome.WRONG
    assert check(ask("5", NUMBER), response, worker=worker).outcome is expected


CM = "A box is $12$ cm long. How long is it?"


@pytest.mark.parametrize(
    ("text", "response", "message"),
    [
        (CM, "12 km", "The question asks in centimeters, not in kilometers."),
        (CM, "12 in", "The question asks in centimeters, not in inches."),
        (CM, "13 feet", "The question asks in centimeters, not in feet."),
        (CM, "12 km^2", "The question asks in centimeters, not in kilometers."),
        (r"A rope is $3\text{ m}$ and a stick $20$ cm.", "12 km", "The question asks in centimeters or meters, not in"),
        ("Read for 2 hours.", "12 min", "The question asks in hours, not in minutes."),
        (r"It costs \$12.", "12 cents", "The question asks in dollars, not in cents."),
        ("She walks 60 miles in 5 hours. Her speed?", "12 km/h", "The question asks in miles, not in kilometers."),
    ],
)
def test_a_unit_the_question_does_not_ask_in_is_handed_back(text, response, message, ask, worker):
    verdict = check(ask("12", NUMBER, text=text), response, worker=worker)
    assert verdict.outcome is VerdictOutcome.UNREADABLE
    assert message in verdict.message


@pytest.mark.parametrize(
    ("text", "response"),
    [
        (CM, "12"), (CM, "12 cm"), (CM, "12cm"), (CM, "12 centimetres"), (CM, "12 cm²"), (CM, "12 square cm"),
        (CM, "12 hours"), (CM, "12 units"), ("How many m are 0.012 km?", "12 m"), ("How long is it in feet?", "12 ft"),
        ("Anna's $m$ and $g$ are in the second yard. What is $s$?", "12 km"), ("What is it?", "12 mi"),
        ("A car drives 24 miles in 2 hours.", "12 mph"), ("A car drives 24 miles in 2 hours.", "12 miles per hour"),
        ("It is 1 foot. How many inches?", "12 in"),
    ],
)  # fmt: skip
def test_the_questions_unit_another_dimension_or_none_is_fine(text, response, ask, worker):
    assert check(ask("12", NUMBER, text=text), response, worker=worker).outcome is VerdictOutcome.CORRECT


def test_the_unit_of_the_key_is_the_questions_too(ask, worker):
    question = ask("12 in", NUMBER, text="The board is 1 ft long.")
    assert check(question, "12 in", worker=worker).outcome is VerdictOutcome.CORRECT
    assert check(question, "12 cm", worker=worker).outcome is VerdictOutcome.UNREADABLE


@pytest.mark.parametrize("response", [DONT_KNOW, "idk", "i dont know", "I do not know.", "?"])
def test_not_knowing_is_its_own_outcome(response, ask, worker):
    verdict = check(ask("5"), response, worker=worker)
    assert verdict.outcome is VerdictOutcome.DONT_KNOW
    assert verdict.scored is Outcome.DONT_KNOW


def test_what_cannot_be_read_is_not_scored(ask, worker):
    verdict = check(ask("x^2-1"), "x^2 & 1", worker=worker)
    assert verdict.outcome is VerdictOutcome.UNREADABLE
    assert verdict.scored is None
    assert verdict.message
    assert verdict.position == 4


def test_a_copy_of_the_question_is_handed_back_unscored(ask, worker):
    question = ask("3/4", text="Simplify $\\frac{6}{8}$.")
    assert check(question, "6/8", worker=worker).scored is None
    assert check(question, "12/16", worker=worker).outcome is VerdictOutcome.CORRECT
    assert check(question, "3/4", worker=worker).outcome is VerdictOutcome.CORRECT
    unreadable = ask("3/4", text="Simplify $\\sum_{k}$ and $\\frac{6}{8}$.")
    assert check(unreadable, "12/16", worker=worker).outcome is VerdictOutcome.CORRECT
    copied = ask("1/2", text="Which is larger, $0.5$ or $\\frac{1}{3}$?")
    assert check(copied, "0.5", worker=worker).outcome is VerdictOutcome.CORRECT


@pytest.mark.parametrize(
    ("text", "key", "response", "right"),
    [
        ("Write $3^{5} \\times 3^{2}$ as one power.", "3^7", "3^2 * 3^5", None),
        ("Write $3^{5} \\times 3^{2}$ as one power.", "3^7", "1 * 3^5 * 3^2", None),
        ("Write $x + 5 + 7x$ with as few terms as possible.", "8*x + 5", "7x + x + 5", None),
        ("Write $x + 5 + 7x$ with as few terms as possible.", "8*x + 5", "0 + x + 5 + 7x", None),
        ("Write $5(x + 7) - 3$ without parentheses.", "5*x + 32", "-3 + (7 + x) * 5", None),
        ("Write $5(x + 7) - 3$ without parentheses.", "5*x + 32", "32 + x * 5", True),
        ("Write $x + 3$ the other way round.", "3 + x", "3 + x", True),
        ("Write $x + 3$ the other way round.", "3 + x", "x + 3", None),
        ("Write $6 - x$ as a sum.", "6 + (-x)", "-x + 6", True),
    ],
)
def test_a_copy_with_terms_or_factors_turned_around_is_handed_back_too(text, key, response, right, ask, worker):
    verdict = check(ask(key, text=text), response, worker=worker)
    assert verdict.outcome is (VerdictOutcome.CORRECT if right else VerdictOutcome.UNREADABLE)
    assert right or verdict.message.startswith("That repeats the question")


def test_an_unreadable_key_scores_nobody(ask, worker):
    verdict = check(ask("42a105c"), "7", worker=worker)
    assert (verdict.outcome, verdict.scored) == (VerdictOutcome.UNDECIDED, None)


def test_a_recognised_wrong_answer_names_its_misconception(ask, worker):
    question = ask("3/4", distractors={"2/6": "adds-tops-and-bottoms", "1/4": "forgets-one"})
    assert check(question, "1/3", worker=worker).misconception_id == "adds-tops-and-bottoms"
    assert check(question, "1/5", worker=worker).misconception_id == ""


def test_an_unreadable_distractor_is_passed_over(ask, worker):
    question = ask("3/4", distractors={"42a105c": "odd", "1/4": "forgets-one"})
    assert check(question, "0.25", worker=worker).misconception_id == "forgets-one"


def test_a_choice_is_compared_by_its_text(ask, worker):
    question = ask("$x$ is 2", QuestionKind.CHOICE, options=("$x$ is 2", "$X$ is 2"), distractors={"$X$ is 2": "case"})
    assert check(question, "$x$  is 2 ", worker=worker).outcome is VerdictOutcome.CORRECT
    wrong = check(question, "$X$ is 2", worker=worker)
    assert (wrong.outcome, wrong.misconception_id) == (VerdictOutcome.WRONG, "case")
    assert check(question, "2", worker=worker).outcome is VerdictOutcome.UNREADABLE


def test_text_ignores_case_space_and_punctuation(ask, worker):
    question = ask("Not a function", QuestionKind.TEXT)
    assert check(question, " not a  FUNCTION.", worker=worker).outcome is VerdictOutcome.CORRECT
    assert check(question, "a function", worker=worker).outcome is VerdictOutcome.WRONG


def test_signs_count_in_text_with_digits(ask, worker):
    assert check(ask("R-2 D2", QuestionKind.TEXT), "R2 D2", worker=worker).outcome is VerdictOutcome.WRONG


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.text(max_size=60) | st.text(alphabet="0123456789.,+-*/^()[]{}|=<>%$xy±√\\ sincotagfrqplU", max_size=40),
    st.sampled_from(["3/4", "x^2-1", "x=5", "(-oo,5]", "1, 2", "25%"]),
    st.sampled_from([QuestionKind.EXPRESSION, LIST, QuestionKind.TEXT]),
)
def test_no_text_breaks_the_checker(ask, worker, response, key, kind):
    verdict = check(ask(key, kind), response, worker=worker)
    assert (verdict.scored is None) == (verdict.outcome in (VerdictOutcome.UNREADABLE, VerdictOutcome.UNDECIDED))
    assert bool(verdict.message) == (verdict.scored is None)


SAMPLES = {
    QuestionKind.NUMBER: "5", QuestionKind.QUANTITY: "5 cm^2", QuestionKind.FRACTION: "3/4", LIST: "1, 2",
    QuestionKind.EXPRESSION: "x^2-1", QuestionKind.EQUATION: "y=2x", QuestionKind.SOLUTIONS: "{(1, 3)}",
    QuestionKind.ORDER: "-1, 0.5, 2", QuestionKind.TEXT: "a kite", QuestionKind.CHOICE: "5", QuestionKind.UNKNOWN: "5",
}  # fmt: skip
HOSTILE = [
    "__import__('os').system('true')", "9**9**9**9", "exec('1')", "1e999999999", "{x}{0}{}", "%s%n", "<b>5</b>",
    "1" * 200, "1" + "a" * 150 + "!", "1 " + "cm " * 60 + "!", "1" + " 000" * 48 + "!", "1," * 99, "(" * 199,
    "(1|" * 60, "a/" * 99, "1 a" * 60, "cm^" * 60, "$" * 200, "square " * 28, "\\text{" * 30, "x_1=" * 40,
    "\x00", "\ud800", "١٢", "½" * 100, "-" * 200, "{" * 100 + "}" * 100, "±" * 60, "5" * 5000,
]  # fmt: skip


def test_every_kind_is_checked():
    assert set(KINDS) == set(SAMPLES) == set(QuestionKind)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", SAMPLES)
def test_hostile_text_is_quickly_refused_or_wrong(kind, language, ask, worker):
    question = ask(SAMPLES[kind], kind, options=("2", "5"), language=language)
    for response in HOSTILE:
        before = time.process_time()
        verdict = check(question, response, worker=worker)
        preview(response, question)
        assert verdict.outcome is not VerdictOutcome.CORRECT, response
        assert time.process_time() - before < 0.5, response


@settings(max_examples=600, deadline=None, derandomize=True)
@given(
    st.text(max_size=60)
    | st.text(alphabet="0123456789.,;:|+-*/^()[]{}=<>%$€xy±√\\ cmhundorLR∅²½", max_size=30)
    | st.lists(st.sampled_from(["1", "2,5", "/", " ", "cm", "h", "{", "}", "x=", ";", "(", ")", "<", "or", "$"])).map(
        "".join
    ),
    st.sampled_from(list(SAMPLES)),
    st.sampled_from(["en", "de"]),
)
def test_no_text_breaks_any_kind(ask, worker, response, kind, language):
    question = ask(SAMPLES[kind], kind, options=("2", "5"), language=language, distractors={SAMPLES[kind] + "1": "m"})
    verdict = check(question, response, worker=worker)
    assert (verdict.scored is None) == (verdict.outcome in (VerdictOutcome.UNREADABLE, VerdictOutcome.UNDECIDED))
    assert bool(verdict.message) == (verdict.scored is None)
    shown = preview(response, question)
    if verdict.outcome is VerdictOutcome.CORRECT and kind not in (QuestionKind.TEXT, QuestionKind.UNKNOWN):
        assert isinstance(shown, str)


def test_distractors_are_recognised_without_algebra_where_numbers_decide(ask):
    question = ask("x+1", distractors={"x-1": "sign", "2x": "joins"})
    assert recognised(question, "x - 1") == "sign"
    assert recognised(question, "2*x") == "joins"
    assert recognised(question, "(x^2-1)/(x+1)") == ""
    assert recognised(question, "x &") == ""


def test_the_preview_shows_what_was_understood(ask):
    assert preview("1/2x") == r"\frac{1}{2} x"
    assert preview("sqrt(x+1)/2") == r"\frac{\sqrt{x+1}}{2}"
    assert preview("12 cm", ask("12")) == "12"
    assert isinstance(preview("2 +"), Unreadable)


def test_one_right_side_of_an_equation_is_handed_back(ask, worker):
    """It is no wrong answer: the other side is missing."""
    half = check(ask("y=2x"), "2x", worker=worker)
    assert half.outcome is VerdictOutcome.UNREADABLE
    assert half.message == "Write the whole equation, with both sides."
    assert check(ask("y=2x"), "3x", worker=worker).outcome is VerdictOutcome.WRONG
    assert check(ask("y=2x"), "2x=y", worker=worker).outcome is VerdictOutcome.CORRECT


@pytest.mark.parametrize("response", ["m=3, b=7", "b=7, m=3", "m=3 and b=7", "m = 3", "m=7, b=3"])
def test_the_numbers_of_an_equation_by_name_are_handed_back_whatever_they_are(response, ask, worker):
    """Slope and intercept are no wrong answer, and handing back says nothing about them."""
    assert check(ask("y=3x+7"), response, worker=worker).outcome is VerdictOutcome.UNREADABLE


@pytest.mark.parametrize("response", ["x=3, y=7", "y=3", "y=3x+7, y=2", "m=3, y=7", "{m=3, b=7}"])
def test_other_equations_than_the_key_stay_wrong(response, ask, worker):
    assert check(ask("y=3x+7"), response, worker=worker).outcome is VerdictOutcome.WRONG

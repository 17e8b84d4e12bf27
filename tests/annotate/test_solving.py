"""Our own solver: steps that end at the key, or none."""

import pytest

from preceptor.annotate.solving import solved
from preceptor.domain import Question, QuestionKind


def steps(text, key, kind=QuestionKind.NUMBER, **more):
    return [step.text for step in solved(Question("q", text, kind, key, ("c",), **more))]


def test_arithmetic_is_worked_out_from_the_inside():
    assert steps(r"Work out $2 + 3 \times (7 - 3)$.", "14") == [
        "Work out $7-3 = 4$.",
        r"Work out $3 \cdot 4 = 12$.",
        "Work out $2+12 = 14$.",
    ]


def test_fractions_stay_exact():
    found = steps(r"What is $\frac{1}{3} + \frac{1}{6}$?", r"1/2", QuestionKind.FRACTION)
    assert found == [r"Work out $\frac{1}{3}+\frac{1}{6} = \frac{1}{2}$."]


def test_a_linear_equation_is_gathered_and_divided():
    found = steps("Solve $3x + 5 = x - 7$.", "-6")
    assert found == [
        r"Bring $x$ to one side and the numbers to the other: $2 x = -12$.",
        "Divide both sides by $2$: $x = -6$.",
    ]


@pytest.mark.parametrize(
    ("plain", "marked", "key"),
    [
        ("Solve 2x+3=7", "Solve $2x+3=7$", "2"),
        ("Solve 3(x + 2) = 15 for x.", "Solve $3(x + 2) = 15$ for $x$.", "3"),
        ("What is 2 + 3 × (7 − 3)?", "What is $2 + 3 × (7 − 3)$?", "14"),
        ("Work out 12 ÷ 4 - 5.", "Work out $12 ÷ 4 - 5$.", "-2"),
        ("2 + 3 = ?", "$2 + 3$", "5"),
        ("Pay 20 dollars for 3 * 4 tickets. How much is left over from 20?", "$3 * 4$", "12"),
        ("-3 + 2^3 =", "$-3 + 2^3$", "5"),
    ],
)
def test_plain_mathematics_is_read_as_in_dollar_signs(plain, marked, key):
    assert steps(plain, key) == steps(marked, key) != []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Compare 2 + 2 and 3 + 1.", "4"),
        ("The price of $x$ is 2 + 2.", "4"),
        ("What is 1,002 + 2?", "4"),
        ("What is 0.5 + 2 + 2?", "4"),
        ("What is 2 + 2 + 4ab?", "4"),
        ("Flat 1-3a, in 2-2.", "-2"),
        ("Work out 9^9^9^9^9.", "1"),
        ("Work out 2 + + 2.", "4"),
        ("Work out (2 + 2.", "4"),
        ("2 + 3" + " + 0" * 500, "5"),
        ("(" * 20_000 + "2 + 3", "5"),
        ("2 " * 20_000 + "+ 3", "5"),
    ],
)
def test_plain_mathematics_that_may_mean_something_else_has_no_steps(text, key):
    assert steps(text, key) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (r"Work out $2 + 2$.", "5"),
        (r"Compare $2 + 2$ and $3 + 1$.", "4"),
        ("Solve $x^2 = 4$.", "2"),
        ("Solve $x + y = 4$.", "2"),
        ("Solve $3x = 6$.", "3"),
        ("Work out $0.5 + 0.25$.", "0.75"),
        ("A story without a formula.", "4"),
        (r"Broken $\frac{1}{$ formula.", "1"),
        ("Write $7$.", "7"),
        ("Work out $1 / 0$.", "1"),
        (r"Work out $9^{9^{9^{9}}}$.", "1"),
    ],
)
def test_what_does_not_end_at_the_key_has_no_steps(text, key):
    assert steps(text, key) == []


def test_choices_and_other_languages_are_left_alone():
    assert steps(r"Work out $2 + 2$.", "4", QuestionKind.CHOICE, options=("4", "5")) == []
    assert steps(r"Rechne $2 + 2$.", "4", language="de") == []

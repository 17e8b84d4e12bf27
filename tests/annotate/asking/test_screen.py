"""What counts as an order, a name or a step; ordinary questions and names pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.annotate.asking_screen import (
    MOST_NAME_CHARS,
    folded,
    gives_orders,
    name_problem,
    one_line,
    step_problem,
    tidy_name,
    tidy_step,
)

ORDINARY = [
    "Label the point $A$ on the number line.",
    "Classify the triangle as acute, right or obtuse.",
    "Write your answer in scientific notation.",
    "Answer in exact form.",
    "Ignore air resistance. How far does the ball fly?",
    "Which instruction of the recipe needs $\\frac{1}{2}$ cup?",
    "A model of a bridge is 3 cm long. You are given the scale 1:50.",
    "Solve the system: $x + y = 3$, $x - y = 1$.",
    "Print shops charge 5 cents a page. What do 12 pages cost?",
    "If $0<|x-3|<\\delta$, what is $|x|$? You guess an 8 letter password.",
    "Rewrite $x^2 + 2x$ so that the following holds.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_questions_give_no_orders(text):
    assert not gives_orders(text)


def test_the_built_in_questions_give_no_orders_and_their_concepts_are_names():
    from preceptor.curriculum import CONCEPTS

    assert [concept.name for concept in CONCEPTS if name_problem(tidy_name(concept.name))] == []


@pytest.mark.parametrize(
    "name",
    [
        "Adding fractions with unlike denominators",
        "Pythagorean theorem",
        "Two-step equations",
        "Area of a circle (in decimals)",
        "Slope-intercept form y = mx + b".replace(" y = mx + b", ""),
        "Brüche addieren",
        "Mean, median and mode",
        "Core functions: constant",
        "Simplifying powers of i",
        "Use m=rise/run to find the slope of a line from its graph",
        "Make unit conversions in the u.s. system",
    ],
)
def test_names_in_curriculum_wording_pass(name):
    assert name_problem(name) == ""


@pytest.mark.parametrize(
    "step",
    ["Divide both sides by 2: $x = 3$.", "$a < b$ holds, for $2 < 3$.", "Read $|x|$ and $\\{1, 2\\}$ off the line."],
)
def test_steps_with_mathematics_pass(step):
    assert step_problem(step) == ""


def test_steps_lose_their_numbers_and_names_their_quotation_marks():
    assert tidy_step("  1. Add  both. ") == "Add both."
    assert tidy_step("Step 2: Divide.") == "Divide."
    assert tidy_step("2.5 is half of 5.") == "2.5 is half of 5."
    assert tidy_name(' "Adding  fractions." ') == "Adding fractions"
    assert folded("Adding FRACTIONS.") == folded("adding  fractions")


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_whatever_passes_as_a_name_is_one_short_printable_line(text):
    name = tidy_name(text)
    if name_problem(name) == "":
        assert 3 <= len(name) <= MOST_NAME_CHARS
        assert name.isprintable()
        assert not set(name) & set("{}[]`|\\@#")
        assert tidy_name(name) == name


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=500))
def test_evidence_is_always_one_short_printable_line(text):
    line = one_line(text)
    assert len(line) <= 160
    assert line == "" or line.isprintable()

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.curriculum.audit import maths
from preceptor.curriculum.template import PLACE, formula, sentence

VALUES = {"a": -3, "b": Fraction(7, 3), "c": Decimal("2.50"), "n": 12500, "one": 1, "name": "Mei"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<name> has $<n>$.", "Mei has $12{,}500$."),
        ("$<n:plain>$", "$12500$"),
        ("$5 <a:signed>$ and $5 <n:signed>$", "$5 - 3$ and $5 + 12{,}500$"),
        (r"$4 \times <a:guarded>$", r"$4 \times (-3)$"),
        ("$<b>$ is $<b:mixed>$", r"$\frac{7}{3}$ is $2\frac{1}{3}$"),
        ("$<one:coefficient>x <a:coefficient>y$", "$x -3y$"),
        ("$<c:money>$ and $<n:money>$", "$2.50$ and $12{,}500$"),
        (r"$\frac{<a>}{<one>} < 2$", r"$\frac{-3}{1} < 2$"),
    ],
)
def test_sentences_write_numbers_as_latex(template, text):
    assert sentence(template, VALUES) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<a>", "-3"),
        ("<b>", "7/3"),
        ("<c>", "2.5"),
        ("4 - <a>", "4 - (-3)"),
        ("<a>^2 + <b>", "(-3)^2 + (7/3)"),
        ("x = <a>", "x = -3"),
        ("{<a>, <n>}", "{-3, 12500}"),
        ("<one><n>", "112500"),
    ],
)
def test_formulas_write_answer_syntax(template, text):
    assert formula(template, VALUES) == text


def test_unknown_places_and_formats_are_mistakes():
    with pytest.raises(KeyError):
        sentence("<nobody>", VALUES)
    with pytest.raises(KeyError):
        sentence("<a:roman>", VALUES)


def test_places_are_found_where_angle_brackets_hold_names_only():
    assert [match[0] for match in PLACE.finditer("$<a> < <b:mixed>$ and $x <y$")] == ["<a>", "<b:mixed>"]


NUMBERS = st.one_of(st.integers(-50, 50), st.fractions(-9, 9, max_denominator=12))


@given(a=NUMBERS, b=NUMBERS)
@settings(deadline=None, derandomize=True)
@pytest.mark.parametrize("sign", ["+", "-", "*"])
def test_a_filled_formula_means_what_it_says(sign, a, b):
    filled = formula(f"<a> {sign} <b>", {"a": a, "b": b})
    expected = {"+": a + b, "-": a - b, "*": a * b}[sign]
    assert maths.equal(maths.read(filled), maths.read(str(expected)))


@given(a=NUMBERS, exponent=st.integers(0, 4))
@settings(deadline=None, derandomize=True)
def test_powers_bind_the_whole_value(a, exponent):
    filled = formula("<a>^<n>", {"a": a, "n": exponent})
    assert maths.equal(maths.read(filled), maths.read(str(Fraction(a) ** exponent)))

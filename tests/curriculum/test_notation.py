from decimal import Decimal
from fractions import Fraction

import pytest

from preceptor.curriculum.notation import answer, guarded, leaks, mixed, numbers_in, same, tex, value_of


def test_values_are_written_for_reading_and_for_checking():
    assert tex(1234567) == "1{,}234{,}567"
    assert tex(Fraction(-7, 3)) == r"-\frac{7}{3}"
    assert tex(Fraction(6, 3)) == "2"
    assert tex(Decimal("2.50")) == "2.50"
    assert mixed(Fraction(7, 3)) == r"2\frac{1}{3}"
    assert mixed(Fraction(2, 3)) == r"\frac{2}{3}"
    assert guarded(-4) == "(-4)"
    assert [answer(v) for v in (Fraction(7, 3), Decimal("2.50"), Decimal("1E+2"), -3, "x")] == [
        "7/3",
        "2.5",
        "100",
        "-3",
        "x",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7/3", Fraction(7, 3)),
        (r"$2\frac{1}{3}$", Fraction(7, 3)),
        ("$-8$", -8),
        ("0.25", Fraction(1, 4)),
        ("1{,}200", 1200),
    ],
)
def test_numbers_are_read_back(text, value):
    assert value_of(text) == value
    assert value in numbers_in(text)


@pytest.mark.parametrize(
    ("hint", "key"),
    [
        ("It is $12$.", "12"),
        ("It is $0.50$.", "1/2"),
        (r"$\frac{1}{2}$ of it", "0.5"),
        ("Divide by $4$.", "4"),
        ("Call it $3x + 2$.", "3*x + 2"),
        ("It is $R$.", "R"),
        (r"It is $16\pi$.", "16*pi"),
        ("The pack of $5$ pens.", "pack of $5$"),
        (r"$\frac{3}{4}$", "4"),
    ],
)
def test_leaks_are_found(hint, key):
    assert leaks(hint, key)


@pytest.mark.parametrize(
    ("hint", "key"),
    [
        ("Take $12$.", "2"),
        ("$8 - 5$", "-5"),
        ("Add $x$ and $2$.", "x + 2"),
        ("Read on.", "R"),
        ("Der Nenner jeden Beutels dient.", "Beutel $D$"),
        ("Rows", "R"),
    ],
)
def test_other_numbers_are_no_leaks(hint, key):
    assert not leaks(hint, key)


def test_equal_answers_are_recognised():
    assert same("1/2", "0.5")
    assert not same("1/2", "0.25")
    assert same("3*x", "3*x")
    assert not same("3*x", "3")

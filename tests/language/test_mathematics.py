import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.language import localised, written_number


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("It is $2.5$.", "It is $2{,}5$."),
        (r"$1{,}200$ and $12{,}000$", r"$1200$ and $12\,000$"),
        (r"$1{,}234{,}567.5$", r"$1\,234\,567{,}5$"),
        (r"$12 \div 4 = 3$", "$12 : 4 = 3$"),
        (r"$2 \times 3.5$", r"$2 \cdot 3{,}5$"),
        ("$3.5, 2, -1$", "$3{,}5; 2; -1$"),
        ("the point $(2, -3)$", r"the point $(2 \mid -3)$"),
        ("the point $(2.5, 0.25)$", r"the point $(2{,}5 \mid 0{,}25)$"),
        (r"$\frac{1}{2} + x$", r"$\frac{1}{2} + x$"),
        (r"$\text{red, blue} & 2.5, 3$", r"$\text{red, blue} & 2{,}5; 3$"),
        ("No. 2, 3.5 and 1,200 in prose", "No. 2, 3.5 and 1,200 in prose"),
        (r"\$3.50 is money, $3.50$ a number", r"\$3.50 is money, $3{,}50$ a number"),
    ],
)
def test_german_schools_write_it_so(english, german):
    assert localised(english, "de") == german
    assert localised(english, "en") == english


@given(st.integers(0, 10**9), st.integers(0, 999))
@settings(deadline=None, derandomize=True)
def test_digits_and_their_order_stay(whole, thousandths):
    english = f"${whole:,}.{thousandths:03d}$".replace(",", "{,}")
    german = localised(english, "de")
    assert re.sub(r"\D", "", german) == re.sub(r"\D", "", english)
    assert german.count("{,}") == 1
    assert "." not in german


def test_writing_twice_changes_nothing_more():
    once = localised(r"$12{,}000.5 \div 4, (2, 3)$", "de")
    assert localised(once, "de") == once


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("1,200", "1200"),
        ("12,345.5", "12\N{NARROW NO-BREAK SPACE}345,5"),
        ("+2.4", "+2,4"),
        ("35%", "35\N{NO-BREAK SPACE}%"),
    ],
)
def test_numbers_in_prose(english, german):
    assert written_number(english, "de") == german
    assert written_number(english, "en") == english

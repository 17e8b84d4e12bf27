import re
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.serve import maths
from preceptor.serve.maths import LONGEST_FORMULA, formula_html, maths_html
from preceptor.serve.tables import read_table

ATTACKS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    r"$\text{<script>alert(1)</script>}$",
    r"$\text{</mtext><script>alert(1)</script>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\style{background:url(//x)}{x}$",
    r"$\class{evil}{x}$",
    "$$<iframe src=//evil>$$",
    "$&lt;script&gt;alert(1)$",
]
PIECES = (*"${}<>&\"'/=abx^_ \\", r"\text{", r"\frac", "script", "onload=", r"\href{", "&lt;", "<b>")


def tags(html):
    return set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", html))


def test_inline_and_displayed_formulas_become_mathml():
    html = maths_html(r"Work out $\frac{3}{4}$ and $$x^2$$")
    assert html.startswith("Work out <math")
    assert "<mfrac>" in html
    assert 'display="block"' in html


def test_an_escaped_dollar_is_a_dollar():
    assert maths_html(r"It costs \$5 and \$6.") == "It costs $5 and $6."
    assert "<math" in maths_html(r"It costs $\$5$.")


def test_a_lone_dollar_stays():
    assert maths_html("It costs $5.") == "It costs $5."


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_yields_no_foreign_markup(attack):
    html = maths_html(attack)
    assert not tags(html) & {"script", "img", "iframe", "a", "style"}
    assert "href" not in re.sub(r">[^<]*<", "><", html)
    assert " class=" not in html.replace('class="formula-text"', "")


@pytest.mark.parametrize("latex", [r"\frac{", r"\left(", "x^^2", r"\begin{array}", "{" * 400])
def test_malformed_latex_is_shown_as_written(latex):
    html = formula_html(latex)
    assert html.startswith('<code class="formula-text">') or html.startswith("<math")


def test_an_overlong_formula_is_not_converted():
    assert formula_html("x" * (LONGEST_FORMULA + 1)).startswith("<code")


def test_an_element_that_is_not_mathematics_is_never_passed_on(monkeypatch):
    evil = Element("math")
    evil.append(Element("script"))
    monkeypatch.setattr(maths, "convert_to_element", lambda latex, display: evil)
    assert formula_html("never seen before") == '<code class="formula-text">never seen before</code>'


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.sampled_from([*PIECES]), max_size=24))
def test_whatever_is_typed_only_mathml_and_code_come_out(pieces):
    html = maths_html("".join(pieces))
    allowed = {"code", "math"}
    assert all(tag in allowed or tag.startswith("m") for tag in tags(html))
    assert not re.search(r"<[^>]*\son\w+=", html)


def test_thousands_are_one_number_and_no_list():
    shown = maths_html(r"$34{,}786 + 1{,}000{,}000$ and $(1, 2)$")
    assert "<mtext>34,786</mtext>" in shown
    assert "<mtext>1,000,000</mtext>" in shown
    assert "1,2" not in shown


TABLE = r"$\begin{array}{l|rr} \text{hours} & 1 & 2 \\ \text{km} & 12 & 24 \end{array}$"


def test_a_table_stands_in_a_block_of_its_own_that_can_be_scrolled():
    html = maths_html(f"The table: {TABLE} How many?")
    assert '<span class="formula-table" tabindex="0"><span class="stem-table" role="table">' in html
    assert html.count('role="row"') == 2
    assert '<span role="rowheader">hours</span>' in html
    assert html.count('role="cell"') == 4
    assert "<mtd" not in html  # words inside mathematics do not wrap on a phone
    assert "formula-table" not in maths_html(r"$\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$")


def test_an_attack_within_a_table_stays_text():
    html = maths_html(r"$\begin{array}{l} \text{<img src=x onerror=alert(1)>} \end{array}$")
    assert tags(html) <= {"span", "math", "mrow", "mtable", "mtr", "mtd", "mtext"}
    html = maths_html(r"$\begin{array}{l|r} \text{<img src=x onerror=alert(1)>} & \text{<b>} \end{array}$")
    assert tags(html) == {"span"}


@pytest.mark.parametrize(
    ("latex", "rows"),
    [
        (r"\begin{array}{l|rr} \text{a b} & 1 & 2 \end{array}", ((r"\text{a b}", "1", "2"),)),
        (r"\begin{array}{l|r} x & \frac{1}{2} \\ y & 3 \end{array}", (("x", r"\frac{1}{2}"), ("y", "3"))),
        (r"\begin{array}{ccc} 0 & \cdot & 1 \end{array}", None),
        (r"x + \begin{array}{l|r} a & 1 \end{array}", None),
        (r"\begin{array}{l|r} a \end{array}", None),
    ],
)
def test_tables_with_labels_are_read(latex, rows):
    assert read_table(latex) == rows


@pytest.mark.parametrize(("latex", "number"), [("2{,}5", "2,5"), ("1{,}200", "1,200"), ("1{,}234{,}567", "1,234,567")])
def test_a_number_with_commas_is_one_piece(latex, number):
    assert f"<mtext>{number}</mtext>" in formula_html(latex)


def test_semicolons_and_divisions_have_room_but_times_of_day_do_not():
    assert "<mo>;</mo>" in maths_html("$1{,}5; 2$")
    assert maths_html("$6 : 3$").count("<mspace") == 2
    assert "<mspace" not in maths_html("$9:40$")

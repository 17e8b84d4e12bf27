import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from preceptor.answers import Unreadable, VerdictOutcome, check, latex, parse, preview
from preceptor.answers.limits import MAX_DEPTH, MAX_EXPONENT
from preceptor.answers.parser import MAX_CHARS
from preceptor.answers.rational import exact
from preceptor.answers.tokens import MAX_DIGITS
from preceptor.answers.tree import (
    Binary,
    Call,
    Collection,
    Mixed,
    Negative,
    Node,
    Number,
    Relation,
    Suffixed,
    Symbol,
    from_data,
    to_data,
)

X, Y = Symbol("x"), Symbol("y")
TWO, THREE = Number("2"), Number("3")

TREES = {
    "2x": Binary("*", TWO, X),
    "2 * x": Binary("*", TWO, X),
    "-x^2": Negative(Binary("^", X, TWO)),
    "x^-2": Binary("^", X, Negative(TWO)),
    "2^x^y": Binary("^", TWO, Binary("^", X, Y)),
    "x - y - 2": Binary("-", Binary("-", X, Y), TWO),
    "1 3/4": Mixed("1", "3", "4"),
    r"1\frac{3}{4}": Mixed("1", "3", "4"),
    "1-3/4": Binary("-", Number("1"), Binary("/", THREE, Number("4"))),
    "1,234.5": Number("1234.5"),
    ".5": Number("0.5"),
    r"$\sqrt[3]{x}$": None,
    r"\sqrt[3]{x}": Call("root", (THREE, X)),
    "cbrt(x)": Call("root", (THREE, X)),
    "√2x": Binary("*", Call("root", (TWO, TWO)), X),
    "sin 2x": Call("sin", (Binary("*", TWO, X),)),
    "xsinx": Binary("*", X, Call("sin", (X,))),
    "sin^2(x)": Binary("^", Call("sin", (X,)), TWO),
    "log_2(x)": Call("log", (TWO, X)),
    "log x": Call("log", (Number("10"), X)),
    "f(x)": Call("f", (X,)),
    "x(y)": Binary("*", X, Y),
    "2|x|": Binary("*", TWO, Call("abs", (X,))),
    "|x|y|": None,
    "50%": Suffixed("%", Number("50")),
    r"30^\circ": Suffixed("°", Number("30")),
    "x=2": Relation(("=",), (X, TWO)),
    "2≤x<3": Relation(("<=", "<"), (TWO, X, THREE)),
    "2, 3": Collection("", "", (TWO, THREE)),
    "[2,3)": Collection("[", ")", (TWO, THREE)),
    "{2;3}": Collection("{", "}", (TWO, THREE)),
    "x=±2": Collection("", "", (Relation(("=",), (X, TWO)), Relation(("=",), (X, Negative(TWO))))),
    "d_1": Symbol("d_1"),
    "x'": Symbol("x'"),
    "((x))": X,
    "2^{-1}": Binary("^", TWO, Negative(Number("1"))),
    "{-(±2), 3}": Collection("{", "}", (Negative(TWO), Negative(Negative(TWO)), THREE)),
    "√(1±2)%": Collection(
        "", "", tuple(Suffixed("%", Call("root", (TWO, Binary(sign, Number("1"), TWO)))) for sign in "+-")
    ),
    "x⁻²": Binary("^", X, Negative(TWO)),
}

INJECTIONS = [
    "__import__('os').system('x')", "().__class__.__mro__", "lambda: 0", "x.__class__", "exec('1')", "eval(input())",
    "open('/etc/passwd')", "[c for c in ().__class__]", "os.system", "import os", "print(1)", "Symbol('x')",
    "x if x else y",
    "\\input{/etc/passwd}", "\\write18{ls}", "\\def\\x{y}", "x;import os", "{{7*7}}'", "<script>alert(1)</script>",
    "`ls`",
    "\x00", "x\x00y", "9" * 41, "9" * 199, "(" * 150, "-" * 150, "((((" * 6 + "1" + "))))" * 6, "2^" * 60 + "2",
    "9**9**9**9", "9^9^9", "9^(9^9)", "2^101", "x^1000", "2^-101", "((9^99)^99)^99", "2^(10^2)", "2^(50+51)",
    "2^(√(10^40))", "2^(40π)", "9^(±999)", "e^∞",
    "(1±2, 3)", "((x^20)^20)^2", "x^{5°", "\\begin{bmatrix}1,2\\end{bmatrix}",
    "√" * 60 + "2",
    "sin" * 50 + "x", "|" * 60, "x" * 201, "hello", "1.2.3", "2 3", "2+", "*2", ")", "(1", "1)", "(1]", "1..2",
    ".", "^2",
    "\\", "\\frac{1}", "\\frac{1}{2", "\\begin{bmatrix}1", "x==", "=", ",", "(1,2)+3", "x^{1,2}", "", "   ",
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES.items())
def test_text_becomes_the_expected_tree(text, tree):
    if tree is None:
        with pytest.raises(Unreadable):
            parse(text)
    else:
        assert parse(text) == tree


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_lies_outside_the_grammar_is_refused_at_once(text):
    start = time.perf_counter()
    with pytest.raises(Unreadable) as refused:
        parse(text)
    assert time.perf_counter() - start < 0.5
    assert refused.value.message.endswith(".")
    assert 0 <= refused.value.position <= max(len(text), MAX_CHARS)


@pytest.mark.parametrize("text", INJECTIONS)
def test_hostile_text_is_never_scored(text, ask, worker):
    assert check(ask("x^2-1"), text, worker=worker).outcome is VerdictOutcome.UNREADABLE


def test_limits_admit_what_lies_just_inside():
    assert isinstance(parse("9" * MAX_DIGITS), Number)
    assert isinstance(parse(f"x^{MAX_EXPONENT}"), Binary)
    assert parse("(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH) == Number("1")
    assert len(latex(parse("1+" * (MAX_CHARS // 2 - 1) + "1"))) == MAX_CHARS - 1


def test_a_comma_separates_where_a_list_is_asked_for():
    assert isinstance(parse("1,200", separators=True), Collection)
    assert parse("(1,200)") == Collection("(", ")", (Number("1"), Number("200")))


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.text(max_size=210) | st.text(alphabet="0123456789.,+-*/^()[]{}|=<>%xyei√±'_\\ sincotagfrqpl ∪U", max_size=60))
def test_any_text_is_read_or_refused(text):
    shown = preview(text)
    assert isinstance(shown, str | Unreadable)


def numbers() -> st.SearchStrategy[Node]:
    whole = st.integers(0, 999).map(str)
    plain = st.one_of(whole, st.tuples(whole, whole).map(".".join)).map(Number)
    mixed = st.builds(Mixed, whole, whole, st.integers(1, 99).map(str))
    return plain | mixed


def expressions() -> st.SearchStrategy[Node]:
    symbols = st.sampled_from(["x", "y", "a_1", "x'", "theta", "pi", "e", "i", "f"]).map(Symbol)
    return st.recursive(
        numbers() | symbols,
        lambda inner: st.one_of(
            st.builds(Negative, inner),
            st.builds(Suffixed, st.sampled_from("%°"), inner),
            st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
            st.builds(Binary, st.just("^"), inner, st.sampled_from([TWO, X, Negative(THREE)])),
            st.builds(Call, st.sampled_from(["sin", "cos", "ln", "abs", "arctan"]), st.tuples(inner)),
            st.builds(Call, st.sampled_from(["root", "log"]), st.tuples(st.just(THREE), inner)),
        ),
        max_leaves=6,
    )


def statements() -> st.SearchStrategy[Node]:
    several = st.lists(expressions(), min_size=2, max_size=3).map(tuple)
    signs = st.sampled_from(["=", "<", ">="])
    relation = st.builds(lambda sign, sides: Relation((sign,) * (len(sides) - 1), sides), signs, several)
    brackets = st.sampled_from([("", ""), ("(", ")"), ("[", ")"), ("{", "}")])
    lists = st.builds(lambda pair, items: Collection(*pair, items), brackets, several)
    return expressions() | relation | lists


@settings(max_examples=500, deadline=None, derandomize=True)
@given(statements())
def test_a_tree_survives_writing_and_reading(tree):
    try:
        again = parse(latex(tree), max_chars=10_000)
    except Unreadable as error:
        assume("grow too large" not in error.message)
        raise
    assert again == tree
    assert from_data(to_data(tree)) == tree


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.fractions(-1000, 1000, max_denominator=999))
def test_a_fraction_keeps_its_value(value):
    assert exact(parse(f"{value.numerator}/{value.denominator}")) == value
    assert exact(parse(rf"\frac{{{value.numerator}}}{{{value.denominator}}}")) == value

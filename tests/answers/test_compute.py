import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.answers import Unreadable, Worker, compute


class NoProcess:
    def value(self, node: object) -> str | None:
        raise AssertionError(f"a fraction needs no process: {node}")


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


@pytest.mark.parametrize(
    ("expression", "value"),
    [("1/3 + 1/4", "7/12"), ("2^10", "1024"), ("1 1/2 * 4", "6"), ("0.1+0.2", "3/10"), ("25%", "1/4")],
)
def test_a_fraction_is_exact_and_costs_no_process(expression: str, value: str) -> None:
    assert compute(expression, NoProcess()) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [("sqrt(2)", "≈ 1.41421"), ("(x+1)^2", "x^2 + 2*x + 1"), ("sqrt(8)*sqrt(2)", "4"), ("sqrt(-4)", "≈ 2.0*i")],
)
def test_what_is_harder_is_computed_in_the_worker(worker: Worker, expression: str, value: str) -> None:
    assert compute(expression, worker) == value


@pytest.mark.parametrize("expression", ["1/0", "x = 3", "1, 2", "sqrt(x^2)", "1/x", "99^99", "ln(0)"])
def test_what_has_no_value_or_a_value_too_long_to_read_is_none(worker: Worker, expression: str) -> None:
    found = compute(expression, worker)
    assert found is None or len(found) <= 200
    if expression != "99^99":
        assert found is None


@pytest.mark.parametrize(
    "expression", ["__import__('os')", "open('x').read()", "().__class__", "9^9^9^9", "", "1" * 300]
)
def test_code_and_explosions_are_outside_the_grammar(expression: str) -> None:
    assert isinstance(compute(expression, NoProcess()), Unreadable)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789+-*/^().,xeisqrt%=_ '", max_size=40))
def test_any_text_gives_a_value_a_reason_or_nothing(expression: str) -> None:
    class Nothing:
        def value(self, node: object) -> str | None:
            return None

    found = compute(expression, Nothing())
    assert found is None or isinstance(found, str | Unreadable)

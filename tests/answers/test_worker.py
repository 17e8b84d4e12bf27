import io
import json
import sys
import threading
import time

import pytest

from preceptor.answers import Unreadable, VerdictOutcome, Worker, check, parse
from preceptor.answers.algebra import SymbolicAlgebra, build
from preceptor.answers.child import MEMORY_BYTES, limit_memory, reply, serve
from preceptor.answers.numeric import value_at
from preceptor.answers.quick import NeedsAlgebraError, QuickAlgebra
from preceptor.answers.tree import Collection, Number, to_data

SQUARE, EXPANDED = parse("(x+1)^2"), parse("x^2+2x+1")
HANGS_ON_FIRST = """
import sys, pathlib, time
mark = pathlib.Path({mark!r})
print('{{"ready": true}}', flush=True)
for line in sys.stdin:
    if not mark.exists():
        mark.touch()
        time.sleep(60)
    print('{{"same": true}}', flush=True)
"""


def test_a_hanging_child_is_killed_and_replaced(tmp_path, ask):
    script = HANGS_ON_FIRST.format(mark=str(tmp_path / "hung"))
    with Worker(time_limit_seconds=0.3, command=(sys.executable, "-c", script)) as worker:
        start = time.perf_counter()
        verdict = check(ask("(x+1)^2"), "x^2+2x+1", worker=worker)
        assert (verdict.outcome, verdict.scored) == (VerdictOutcome.UNDECIDED, None)
        assert time.perf_counter() - start < 20
        assert worker.same(SQUARE, EXPANDED) is True


@pytest.mark.parametrize(
    "script",
    ["", "import sys; print('{\"ready\": true}', flush=True); sys.stdin.readline()", "print('nonsense', flush=True)"],
)
def test_a_child_that_dies_decides_nothing(script):
    with Worker(command=(sys.executable, "-c", script)) as worker:
        assert worker.same(SQUARE, EXPANDED) is None
        assert worker.same(SQUARE, EXPANDED) is None


def test_threads_share_one_worker(worker):
    trees = [(parse(f"(x+{n})^2"), parse(f"x^2+{2 * n}x+{n * n + n % 2}")) for n in range(1, 13)]
    found: dict[int, bool | None] = {}

    def work(n: int) -> None:
        found[n] = worker.same(*trees[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: (n + 1) % 2 == 0 for n in range(12)}


def test_plain_numbers_never_reach_the_worker(ask):
    with Worker(command=("no-such-program",)) as untouched:
        assert check(ask("3/4"), "0.75", worker=untouched).outcome is VerdictOutcome.CORRECT
        assert check(ask("x^2-1"), "x^2+1", worker=untouched).outcome is VerdictOutcome.WRONG


def test_a_costly_comparison_ends_in_bounded_time(ask):
    with Worker(time_limit_seconds=0.5) as worker:
        worker.start()
        start = time.perf_counter()
        verdict = check(ask("(x+y+z+a+b)^{99}"), "(a+b+z+y+x)^98*(x+y+z+a+b)", worker=worker)
        assert time.perf_counter() - start < 20
        assert verdict.outcome in (VerdictOutcome.UNDECIDED, VerdictOutcome.CORRECT)
        assert check(ask("(x+1)^2"), "x^2+2x+1", worker=worker).outcome is VerdictOutcome.CORRECT


def test_a_failure_inside_the_child_is_reported_not_raised():
    broken = '{"key": ["Nothing"], "response": ["Nothing"], "ordered": false}'
    assert reply(broken, SymbolicAlgebra()) == {"error": "KeyError"}


def test_the_child_answers_line_by_line():
    request = json.dumps({"key": to_data(SQUARE), "response": to_data(EXPANDED), "ordered": False})
    replies = io.StringIO()
    serve(io.StringIO(f"{request}\n{request}\n"), replies)
    assert list(map(json.loads, replies.getvalue().splitlines())) == [{"ready": True}, {"same": True}, {"same": True}]


def test_the_child_caps_its_memory(monkeypatch):
    resource = pytest.importorskip("resource")
    caps = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: caps.append((kind, limits[0])))
    limit_memory()
    assert caps == [(resource.RLIMIT_AS, MEMORY_BYTES)]


def test_lists_cannot_be_built_as_values():
    with pytest.raises(ValueError):
        build(Collection("", "", (Number("1"),)))


@pytest.mark.parametrize(
    "text",
    [
        "1 3/4", "2^(1/2)", "(-8)^(1/3)", "cbrt(-27)", "√5", "log_3 9", "log 50", "ln 7", "sin(1)+cos(2)*tan(3)", "50%",
        "sec(1)-csc(2)/cot(3)", "arcsin(0.5)", "arccos 0.1", "arctan 5", "e^2", "pi/3", "|−4|", "30°", "i*i", "2^-3",
        "\\sinh(1)", "\\cosh(1)", "\\tanh(1)",
    ],
)  # fmt: skip
def test_symbolic_and_numeric_values_agree(text):
    tree = parse(text)
    assert complex(build(tree)) == pytest.approx(value_at(tree, {}), rel=1e-12)


def test_sampled_values_refute_but_never_confirm():
    quick = QuickAlgebra()
    assert quick.same(parse("x^2"), parse("x^3")) is False
    with pytest.raises(NeedsAlgebraError):
        quick.same(SQUARE, EXPANDED)
    with pytest.raises(NeedsAlgebraError):
        quick.proportional(SQUARE, EXPANDED, positive=True)


@pytest.mark.parametrize(
    ("key", "response", "same"),
    [
        ("(x+1)^2", "x^2+2x+1", True),
        ("sin(x)^2+cos(x)^2", "1", True),
        ("ln(2x)", "ln(2)+ln(x)", True),
        ("x", "y", False),
    ],
)
def test_symbolic_algebra_confirms(key, response, same):
    assert SymbolicAlgebra().same(parse(key), parse(response)) is same


@pytest.mark.parametrize(
    ("key", "response", "positive", "proportional"),
    [
        ("x+y", "2x+2y", True, True), ("x+y", "-x-y", False, True), ("x+y", "-x-y", True, False),
        ("x+y", "x(x+y)", False, False), ("sin(2x)", "sin(x)cos(x)", False, True), ("x", "0", False, False),
    ],
)  # fmt: skip
def test_scaled_expressions_are_proportional(key, response, positive, proportional):
    assert SymbolicAlgebra().proportional(parse(key), parse(response), positive=positive) is proportional


def test_unreadable_is_both_an_error_and_a_value():
    assert str(Unreadable("No.", 3)) == "No."

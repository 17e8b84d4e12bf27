"""How long a turn takes, and how long until the first checked sentence of a model: parts of the tutor's bench."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.bench.worker import Worker

SCRIPT = Path(__file__).parents[1] / "workflow" / "turn_bench.py"
"""It opens a whole course, which no bench may import; it runs in a process of its own."""
TURNS, HISTORY = 200, 300
TURN_MS, MEAN_MS, FIRST_MS = 30.0, 8.0, 1000.0


def turn_rows(options: BenchOptions) -> Sequence[BenchRow]:
    """A turn without a model, from the message to the stored reply and the next question."""
    config = {"seed": options.seed, "turns": TURNS, "history": HISTORY}
    return kept(options, "tutor", "turn", config, partial(_turn, options.seed))


def first_rows(options: BenchOptions) -> Sequence[BenchRow]:
    """From the message to the first checked sentence behind the verdict, with a server that answers at once."""
    config = {"seed": options.seed, "turns": TURNS, "history": HISTORY}
    return kept(options, "tutor", "first-sentence", config, partial(_first, options.seed))


def _turn(seed: int) -> Measured:
    with Worker(SCRIPT, {"seed": seed, "history": HISTORY, "model": False}) as worker:
        found = worker.ask(turns=TURNS)
    rows = [
        at_most(f"turn without a model after {HISTORY} answers, p95", found["all"]["p95"], TURN_MS, "ms"),
        at_most("turn without a model, mean", found["all"]["mean"], MEAN_MS, "ms"),
        *(at_most(f"{kind}, median", found[kind]["p50"], None, "ms") for kind in found if kind != "all"),
    ]
    return Measured(rows, {**found, "peak_gigabytes": worker.peak_bytes / 1e9})


def _first(seed: int) -> Measured:
    with Worker(SCRIPT, {"seed": seed, "history": HISTORY, "model": True}) as worker:
        found = worker.ask(turns=TURNS)
    rows = [
        at_most("first checked sentence with a fast server, p95", found["first"]["p95"], FIRST_MS, "ms"),
        at_most("verdict, p95", found["verdict"]["p95"], None, "ms"),
        at_most("whole turn with a fast server, p95", found["all"]["p95"], None, "ms"),
    ]
    return Measured(rows, {**found, "peak_gigabytes": worker.peak_bytes / 1e9})

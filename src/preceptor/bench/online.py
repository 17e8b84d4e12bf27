"""How long one student waits: a tracer's answer to one more answer, on one core."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.bench.online_sizes import LARGER
from preceptor.bench.worker import Worker
from preceptor.domain import unknown_name
from preceptor.progress import Progress
from preceptor.trace import tracer_names

SCRIPT = Path(__file__).with_name("online_steps.py")
HISTORIES = (200, 5_000)
REPEATS = 300
UPDATE_MS = 5.0
TOGETHER_MS = {"sakt": 15.0, "simplekt": 15.0, "akt": 50.0}
"""Most milliseconds of an update and the mastery of all concepts, where attention looks at a window."""
RECURRENT_MS = 2.0
"""The same of every other tracer."""


class OnlineBench:
    """Every tracer in a process of its own with one thread, 100 concepts, at pyKT's size or the next larger one.

    A limit holds for the 95th percentile; the median is shown beside it.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure update, update with mastery of all concepts, and P(correct) of one question.

        Raises:
            UserError: If `options.only` names no tracer.
        """
        known = (*tracer_names(), *LARGER)
        for name in options.only:
            if name not in known:
                raise unknown_name("tracer", name, known)
        names = options.only or known
        rows: list[BenchRow] = []
        for done, name in enumerate(names):
            report("answering", done, len(names))
            config = {"seed": options.seed, "histories": HISTORIES, "repeats": REPEATS}
            rows += kept(options, "online", name, config, partial(_measured, name, options.seed))
        report("answering", len(names), len(names))
        return rows


def _measured(name: str, seed: int) -> Measured:
    rows: list[BenchRow] = []
    detail: dict[str, Any] = {}
    with Worker(SCRIPT, {"tracer": name, "seed": seed}) as worker:
        for history in HISTORIES:
            found = detail[str(history)] = worker.ask(history=history, repeats=REPEATS)
            limits = {
                "update + mastery": TOGETHER_MS.get(LARGER.get(name, name), RECURRENT_MS),
                "update": UPDATE_MS,
                "P(correct)": None,
            }
            for what, limit in limits.items():
                told = f"{name}, {what} after {history:,} answers"
                rows.append(at_most(f"{told}, p95", found[what]["p95"], limit, "ms"))
                rows.append(at_most(f"{told}, median", found[what]["p50"], None, "ms"))
    return Measured(rows, {**detail, "peak_gigabytes": worker.peak_bytes / 1e9})

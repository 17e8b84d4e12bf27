"""How long one student waits for the best of 10,000 questions, and what a quick choice misses."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.bench.planner_class import PAUSE_SECONDS
from preceptor.bench.worker import Worker
from preceptor.domain import unknown_name
from preceptor.progress import Progress

SCRIPT = Path(__file__).with_name("planner_steps.py")
SIZES = {
    "questions": 10_000,
    "concepts": 1_377,
    "vector": 768,
    "students": 600,
    "answers": 60,
    "epochs": 5,
    "size": "large",
}
"""A bank of that size, and the tracer as published: 300 hidden units, 1,200 in the head."""
TIMES: dict[str, tuple[str, str, int, float | None]] = {
    "exact": ("exact look-ahead, one concept", "exact", 60, 1_000.0),
    "exact-global": ("exact look-ahead, all concepts", "exact", 5, None),
    "pruned": ("pruned look-ahead, one concept", "pruned", 300, 20.0),
    "pruned-global": ("pruned look-ahead, all concepts", "pruned", 300, 20.0),
    "deep": ("beam over two answers, one concept", "deep", 20, None),
    "planner": ("planner, recall in 7 days, one concept", "planner", 5, None),
    "planner-pruned": ("pruned planner, recall in 7 days, one concept", "planner-pruned", 60, 20.0),
    "planner-pruned-global": ("pruned planner, recall in 7 days, all concepts", "planner-pruned", 20, 20.0),
    "ddpg": ("learned ddpg, weakest concept", "ddpg", 300, 20.0),
    "dqn": ("learned dqn, weakest concept", "dqn", 300, 20.0),
}
"""Part → its name, the policy, states, and most milliseconds at the 95th percentile."""
REGRETS = {
    "regret": ("pruned look-ahead, one concept", "pruned", 512),
    "regret-global": ("pruned look-ahead, all concepts", "pruned", 512),
    "regret-planner-global": ("pruned planner, all concepts", "planner-pruned", 512),
}
"""Part → its name, the policy, and states. For one concept the pruned planner looks at all questions that count."""
REGRET_PERCENT = 2.0
TIMED = {"planner", "planner-pruned"}
"""Policies that read when each concept was practised: answers have times then, of which their run files tell."""
_RESAMPLES = 2_000


class PlannerBench:
    """A tracer is trained on a made-up class once a run, in a process with one thread; all parts ask it.

    The regret is what a pruned policy misses of what the exact one compares questions by, summed over states: the
    improvement, and for planners less of it where concepts have not rested.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure.

        Raises:
            UserError: If `options.only` names another part.
        """
        known = (*TIMES, *REGRETS)
        for name in options.only:
            if name not in known:
                raise unknown_name("part", name, known)
        names = options.only or known
        rows: list[BenchRow] = []
        with ExitStack() as stack:
            worker = cache(lambda: stack.enter_context(Worker(SCRIPT, {"seed": options.seed, **SIZES})))
            for done, name in enumerate(names):
                report("planning", done, len(names))
                measure = _timed if name in TIMES else _missed
                _, policy, states, *_ = TIMES[name] if name in TIMES else REGRETS[name]
                config = {"seed": options.seed, "states": states, **SIZES}
                if policy in TIMED:
                    config["pause_seconds"] = PAUSE_SECONDS
                rows += kept(options, "planner", name, config, partial(measure, name, worker, options.seed))
        report("planning", len(names), len(names))
        return rows


def _timed(part: str, worker: Callable[[], Worker], seed: int) -> Measured:
    name, policy, states, limit = TIMES[part]
    found = worker().ask(do="time", policy=policy, aim=_aim(part), states=states)
    rows = [at_most(f"{name}, p95", found["p95"], limit, "ms"), at_most(f"{name}, median", found["p50"], None, "ms")]
    return Measured(rows, found)


def _missed(part: str, worker: Callable[[], Worker], seed: int) -> Measured:
    name, policy, states = REGRETS[part]
    found = worker().ask(do="regret", policy=policy, aim=_aim(part), states=states)
    best, lost = np.array(found["best"]), np.array(found["best"]) - np.array(found["found"])
    percent = 100 * float(lost.sum() / best.sum())
    detail: dict[str, Any] = {**found, "percent": percent, "percent_ci95": _interval(best, lost, seed)}
    told = f"regret of the {name}, {states} states"
    ratio = REGRET_PERCENT / percent if percent > 0 else float("inf")
    ratio = min(ratio, REGRET_PERCENT / 1e-3)  # JSON knows no infinity; below a thousandth of a percent is nothing
    return Measured([BenchRow(told, percent, REGRET_PERCENT, ratio, "% of the exact improvement")], detail)


def _aim(part: str) -> str:
    return "global" if part.endswith("-global") else "single"


def _interval(best: Any, lost: Any, seed: int) -> tuple[float, float]:
    """95 % interval of the regret in percent, from resampled states."""
    drawn = np.random.default_rng(seed).integers(len(best), size=(_RESAMPLES, len(best)))
    low, high = np.quantile(100 * lost[drawn].sum(axis=1) / best[drawn].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)

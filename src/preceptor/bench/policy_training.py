"""How long policies with model-based critics train, with the published budget and sizes."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.bench.worker import Worker
from preceptor.domain import unknown_name
from preceptor.progress import Progress

SCRIPT = Path(__file__).with_name("policy_steps.py")
SIZES = {"questions": 7_652, "concepts": 1_377, "vector": 768, "students": 2_048, "answers": 30, "size": "large"}
"""As published, with the networks' sizes of the preset `paper`; every student is also one of validation."""
BLOCKS = 100
"""Blocks of 5,120 answers and 20 updates: 512,000 and 2,000 in all."""
SECONDS_PER_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """One training.

    Args:
        algorithm: The algorithm's name; the critic is `mve`.
        objective: What is improved.
        limit: Most minutes; None where none was set.
    """

    algorithm: str
    objective: str
    limit: float | None = None

    @property
    def title(self) -> str:
        """As its rows call it."""
        return f"{self.algorithm}, {'one concept' if self.objective == 'weakest' else 'all concepts'}"


PARTS = {
    "ddpg-single": Part("ddpg", "weakest", 10.0),
    "ddpg-global": Part("ddpg", "global", 45.0),
    "td3-single": Part("td3", "weakest"),
    "td3-global": Part("td3", "global"),
    "sac-single": Part("sac", "weakest"),
    "sac-global": Part("sac", "global"),
}


class PolicyTrainingBench:
    """Trainings one after the other on one made-up class, each with where its time went."""

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "batches", "threads", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure; of `options.batches` blocks, where given, the time is carried to all.

        Raises:
            UserError: If `options.only` names another part.
        """
        for name in options.only:
            if name not in PARTS:
                raise unknown_name("part", name, PARTS)
        names, threads = options.only or tuple(PARTS), options.threads or os.cpu_count() or 1
        blocks = options.batches or BLOCKS
        rows: list[BenchRow] = []
        with ExitStack() as stack:
            given = {"seed": options.seed, "threads": threads, **SIZES}
            worker = cache(lambda: stack.enter_context(Worker(SCRIPT, given, threads=threads)))
            for done, name in enumerate(names):
                report("training policies", done, len(names))
                config = {**given, "blocks": blocks}
                rows += kept(options, "train-policy", name, config, partial(_measured, PARTS[name], worker, blocks))
        report("training policies", len(names), len(names))
        return rows


def _measured(part: Part, worker: Callable[[], Worker], blocks: int) -> Measured:
    found: dict[str, Any] = worker().ask(algorithm=part.algorithm, objective=part.objective, blocks=blocks)
    whole = BLOCKS / blocks / SECONDS_PER_MINUTE
    validation = found["validation_seconds"] * blocks / (blocks + 1)  # the untrained policy is validated, too
    rows = [
        at_most(f"{part.title}: training", found["seconds"] * whole, part.limit, "min"),
        at_most(f"{part.title}: validation", validation * whole, None, "min"),
    ]
    if blocks < BLOCKS:
        note = f"{blocks} of {BLOCKS} blocks were trained and their time carried to all."
        rows = [replace(row, note=note) for row in rows]
    shares = sorted(found["spent"].items(), key=lambda item: -item[1])
    rows += [
        at_most(f"{part.title}: {name}", 100 * seconds / found["seconds"], None, "% of training")
        for name, seconds in shares
    ]
    return Measured(rows, found)

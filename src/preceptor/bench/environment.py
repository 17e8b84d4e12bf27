"""The environment of 1,024 students beside a dense one that computes mastery before and after every answer."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from preceptor.bench.contract import BenchOptions, BenchRow
from preceptor.bench.environment_sizes import DENSE_STUDENTS, HORIZON, STUDENTS
from preceptor.bench.head_sizes import LIFT, STATE
from preceptor.bench.kept import Measured, kept
from preceptor.bench.worker import Worker
from preceptor.domain import unknown_name
from preceptor.progress import Progress

SCRIPT = Path(__file__).with_name("environment_steps.py")
PARTS: dict[str, float | None] = {"global": 400.0, "practiced": None, "upcoming": None, "weakest": None}
"""Objective → the ratio that is asked for."""
CHUNKS = (4, 16, 64, 256)
"""Concepts that the dense head takes at once; the fastest counts."""
TURNS = 7
PRODUCTS = STATE * STATE + STATE * LIFT + 4 * STATE * STATE
"""Multiply-adds a student and step that no environment of this tracer can do without: the student's part of the head,
and the recurrent part of the LSTM. What is done for every pair of student and concept is no product of matrices."""
_RESAMPLES = 2_000


class EnvironmentBench:
    """Both environments in one process, in turns. Parts: the objectives."""

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "threads", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure; ratios are of student-steps a second.

        Raises:
            UserError: If `options.only` names another part.
        """
        for name in options.only:
            if name not in PARTS:
                raise unknown_name("part", name, PARTS)
        names, threads = options.only or tuple(PARTS), options.threads or os.cpu_count() or 1
        rows: list[BenchRow] = []
        for done, name in enumerate(names):
            report("environments", done, len(names))
            config = {"seed": options.seed, "threads": threads, "turns": TURNS, "chunks": CHUNKS, "students": STUDENTS}
            rows += kept(options, "environment", name, config, partial(_measured, name, options.seed, threads))
        report("environments", len(names), len(names))
        return rows


def _measured(objective: str, seed: int, threads: int) -> Measured:
    with Worker(SCRIPT, {"seed": seed, "threads": threads}, threads=threads) as worker:
        dense = partial(worker.ask, do="dense", objective=objective, students=DENSE_STUDENTS)
        chunks = CHUNKS if objective in ("global", "weakest") else CHUNKS[:1]  # others look at one concept
        by_chunk = {chunk: min(float(dense(chunk=chunk)) for _ in range(2)) for chunk in chunks}
        fastest = min(by_chunk, key=lambda chunk: by_chunk[chunk])
        worker.ask(do="ours", objective=objective)
        turns = [(float(worker.ask(do="ours", objective=objective)), float(dense(chunk=fastest))) for _ in range(TURNS)]
        parts = {name: float(seconds) for name, seconds in worker.ask(do="profile", objective=objective).items()}
        speed = float(worker.ask(do="product"))
    ours, theirs = np.array(turns).T / [[STUDENTS * HORIZON], [DENSE_STUDENTS]]  # seconds a student and step
    row = BenchRow(
        objective,
        1 / float(ours.mean()),
        1 / float(theirs.mean()),
        float(theirs.mean() / ours.mean()),
        "student-steps/s",
        PARTS[objective],
        _interval(ours, theirs, seed),
        float(theirs.mean()) * speed / (2 * PRODUCTS),
    )
    shares = [
        BenchRow(f"{objective}: {name}", 100 * seconds / parts["in all"], None, None, "% of the time")
        for name, seconds in sorted(parts.items(), key=lambda part: -part[1])
        if name != "in all"
    ]
    detail: dict[str, Any] = {"turns": turns, "chunk": fastest, "seconds_by_chunk": by_chunk, "profile": parts}
    return Measured([row, *shares], {**detail, "operations_a_second": speed})


def _interval(ours: Any, theirs: Any, seed: int) -> tuple[float, float]:
    """95 % interval of the ratio of the times, from resampled turns."""
    drawn = np.random.default_rng(seed).integers(len(ours), size=(_RESAMPLES, len(ours)))
    low, high = np.quantile(theirs[drawn].sum(axis=1) / ours[drawn].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)

"""The factorised head beside a dense one: 64 students and 1,377 concepts at the published sizes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.bench.contract import BenchOptions, BenchRow
from preceptor.bench.head_sizes import CONCEPTS, LIFT, STATE, STUDENTS, VECTOR
from preceptor.bench.kept import Measured, kept
from preceptor.bench.worker import Worker
from preceptor.domain import unknown_name
from preceptor.progress import Progress

SCRIPT = Path(__file__).with_name("head_steps.py")
PARTS: dict[str, float | None] = {"forward": 250.0, "table": None, "backward": 100.0, "both": None}
"""Part → the ratio that is asked for."""
NAMES = {
    "forward": "forward",
    "table": "forward, the concepts' part made anew",
    "backward": "backward",
    "both": "forward and backward",
}
CHUNKS = (4, 16, 64, 256)
"""Concepts that the dense head takes at once; the fastest counts."""
TURNS, CALLS, WARM = 7, 10, 3
_RESAMPLES = 2_000


class HeadBench:
    """Both heads in one process, in turns. Parts: forward, table, backward, both."""

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "threads", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure; ratios are medians over turns.

        Raises:
            UserError: If `options.only` names another part.
        """
        for name in options.only:
            if name not in PARTS:
                raise unknown_name("part", name, PARTS)
        names, threads = options.only or tuple(PARTS), options.threads or os.cpu_count() or 1
        rows: list[BenchRow] = []
        for done, name in enumerate(names):
            report("heads", done, len(names))
            config = {"seed": options.seed, "threads": threads, "turns": TURNS, "calls": CALLS, "chunks": CHUNKS}
            rows += kept(options, "head", name, config, partial(_measured, name, options.seed, threads))
        report("heads", len(names), len(names))
        return rows


@dataclass(frozen=True)
class _Turns:
    ours: NDArray[np.float64]
    dense: NDArray[np.float64]

    def interval(self, seed: int) -> tuple[float, float]:
        """95 % interval of the ratio of the times, from resampled turns."""
        drawn = np.random.default_rng(seed).integers(len(self.ours), size=(_RESAMPLES, len(self.ours)))
        low, high = np.quantile(self.dense[drawn].sum(axis=1) / self.ours[drawn].sum(axis=1), [0.025, 0.975])
        return float(low), float(high)


def _measured(part: str, seed: int, threads: int) -> Measured:
    with Worker(SCRIPT, {"seed": seed, "threads": threads}, threads=threads) as worker:
        ask = partial(_seconds, worker, part)
        by_chunk = {chunk: ask("dense", chunk=chunk, most=4 * max(CHUNKS)) for chunk in (*CHUNKS, *CHUNKS)}
        fastest = min(by_chunk, key=lambda chunk: by_chunk[chunk])
        ask("ours", calls=WARM)
        pairs = [(ask("ours", calls=CALLS), ask("dense", chunk=fastest)) for _ in range(TURNS)]
        speed = float(worker.ask(do="product")["seconds"])
    turns = _Turns(*np.array(pairs).T)
    ours, dense = float(turns.ours.sum()) / TURNS, float(turns.dense.sum()) / TURNS
    row = BenchRow(
        NAMES[part],
        1e3 * ours,
        1e3 * dense,
        dense / ours,
        "ms",
        PARTS[part],
        turns.interval(seed),
        dense * speed / (2 * products(part)),
    )
    detail: dict[str, Any] = {
        "turns": pairs,
        "chunk": fastest,
        "seconds_by_chunk": by_chunk,
        "operations_a_second": speed,
    }
    return Measured([row], detail)


def products(part: str) -> float:
    """Multiply-adds of the matrix products that the factorised head cannot do without in a part.

    A layer of a × b weights takes a·b for each student or concept forward, a·b for its weights' gradients, and a·b for
    its inputs' unless they are given. What is done for every pair of student and concept is no product of matrices.
    """
    once = STUDENTS * (STATE * STATE + STATE * LIFT), CONCEPTS * (VECTOR * STATE + STATE * LIFT)
    back = 2 * once[0] + 2 * once[1] - CONCEPTS * VECTOR * STATE
    return float({"forward": once[0], "table": sum(once), "backward": back, "both": back + sum(once)}[part])


def _seconds(worker: Worker, part: str, side: str, **request: int) -> float:
    return float(worker.ask(do=part, side=side, **request)["seconds"])

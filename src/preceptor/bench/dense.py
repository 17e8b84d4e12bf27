"""Benches of a fast form beside a dense one of the same sizes, both in one process that takes turns."""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.bench.contract import BenchOptions, BenchRow
from preceptor.bench.kept import Measured, kept
from preceptor.bench.worker import Worker
from preceptor.domain import unknown_name
from preceptor.progress import Progress

CHUNKS = (4, 16, 64, 256)
"""Concepts that the dense form takes at once; the fastest counts."""
TURNS, CALLS, WARM = 7, 10, 3
_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """What is measured.

    Args:
        title: What its row is called.
        limit: The ratio that is asked for; None if nothing is.
    """

    title: str
    limit: float | None = None


class DenseBench(ABC):
    """Both forms in one process, in turns; ratios are medians over turns."""

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "threads", "runs", "resume"})
    name: ClassVar[str]
    """The bench's name; run files carry it."""
    script: ClassVar[Path]
    """The process: answers `do` (a part) with `seconds` of `side` "ours" or "dense", and "product"."""
    parts: ClassVar[Mapping[str, Part]]

    @abstractmethod
    def products(self, part: str) -> float:
        """Multiply-adds of the matrix products that our form cannot do without in a part."""

    def figures(self, ours: float, dense: float) -> tuple[float, float, str]:
        """Both times in seconds as they are shown, and the unit; milliseconds unless a bench says otherwise."""
        return 1e3 * ours, 1e3 * dense, "ms"

    def more(self, part: str, worker: Worker) -> tuple[Sequence[BenchRow], Mapping[str, Any]]:
        """Rows without a reference, and what stands behind them; none unless a bench has some."""
        return [], {}

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure.

        Raises:
            UserError: If `options.only` names another part.
        """
        for name in options.only:
            if name not in self.parts:
                raise unknown_name("part", name, self.parts)
        names, threads = options.only or tuple(self.parts), options.threads or os.cpu_count() or 1
        rows: list[BenchRow] = []
        for done, name in enumerate(names):
            report(self.name, done, len(names))
            config = {"seed": options.seed, "threads": threads, "turns": TURNS, "calls": CALLS, "chunks": CHUNKS}
            rows += kept(options, self.name, name, config, partial(self._measured, name, options.seed, threads))
        report(self.name, len(names), len(names))
        return rows

    def _measured(self, part: str, seed: int, threads: int) -> Measured:
        with Worker(self.script, {"seed": seed, "threads": threads}, threads=threads) as worker:
            ask = partial(_seconds, worker, part)
            by_chunk = {chunk: ask("dense", chunk=chunk, most=4 * max(CHUNKS)) for chunk in (*CHUNKS, *CHUNKS)}
            fastest = min(by_chunk, key=lambda chunk: by_chunk[chunk])
            ask("ours", calls=WARM)
            pairs = [(ask("ours", calls=CALLS), ask("dense", chunk=fastest)) for _ in range(TURNS)]
            speed = float(worker.ask(do="product")["seconds"])
            more, behind = self.more(part, worker)
        turns = _Turns(*np.array(pairs).T)
        ours, dense = float(turns.ours.sum()) / TURNS, float(turns.dense.sum()) / TURNS
        shown_ours, shown_dense, unit = self.figures(ours, dense)
        row = BenchRow(
            self.parts[part].title,
            shown_ours,
            shown_dense,
            dense / ours,
            unit,
            self.parts[part].limit,
            turns.interval(seed),
            dense * speed / (2 * self.products(part)),
        )
        detail: dict[str, Any] = {
            "turns": pairs,
            "chunk": fastest,
            "seconds_by_chunk": by_chunk,
            "operations_a_second": speed,
            **behind,
        }
        return Measured([row, *more], detail)


@dataclass(frozen=True)
class _Turns:
    ours: NDArray[np.float64]
    dense: NDArray[np.float64]

    def interval(self, seed: int) -> tuple[float, float]:
        """95 % interval of the ratio of the times, from resampled turns."""
        drawn = np.random.default_rng(seed).integers(len(self.ours), size=(_RESAMPLES, len(self.ours)))
        low, high = np.quantile(self.dense[drawn].sum(axis=1) / self.ours[drawn].sum(axis=1), [0.025, 0.975])
        return float(low), float(high)


def _seconds(worker: Worker, part: str, side: str, **request: int) -> float:
    return float(worker.ask(do=part, side=side, **request)["seconds"])

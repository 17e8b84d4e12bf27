"""How much memory training on ten million answers takes."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.bench.worker import Worker
from preceptor.domain import unknown_name
from preceptor.progress import Progress

SCRIPT = Path(__file__).with_name("memory_steps.py")
INTERACTIONS, BATCHES, LIMIT_GIGABYTES = 10_000_000, 300, 4.0
MODELS = ("dkt",)


class MemoryBench:
    """Trains on a course of made-up students as `preceptor train` does, in a process of its own.

    The log is read from the course and held whole beside its training, validation and test parts. A few hundred
    batches are trained on, since a pass needs no more than its largest batch; the curve is fitted on the validation
    part, and the test part is predicted with and without it.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "batches", "runs", "resume"})

    def __init__(self, interactions: int = INTERACTIONS) -> None:
        self.interactions = interactions

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure the most memory held at once.

        Raises:
            UserError: If `options.only` names another tracer than those of `MODELS`.
        """
        for name in options.only:
            if name not in MODELS:
                raise unknown_name("tracer", name, MODELS)
        rows: list[BenchRow] = []
        for name in options.only or MODELS:
            batches = options.batches or BATCHES
            config = {"interactions": self.interactions, "batches": batches, "seed": options.seed}
            rows += kept(
                options, "training-memory", name, config, partial(self._measured, name, batches, options, report)
            )
        return rows

    def _measured(self, name: str, batches: int, options: BenchOptions, report: Progress) -> Measured:
        with TemporaryDirectory(prefix="preceptor-bench-") as folder:
            course = {"course": str(Path(folder) / "course"), "seed": options.seed}
            report("making a log", 0, 2)
            with Worker(SCRIPT, course) as maker:
                maker.ask(do="make", interactions=self.interactions)
            report("training", 1, 2)
            with Worker(SCRIPT, course) as trainer:
                told = trainer.ask(do="train", model=name, batches=batches)
            report("training", 2, 2)
        title = f"{name}, {self.interactions:,} interactions: peak memory"
        row = at_most(title, trainer.peak_bytes / 1e9, LIMIT_GIGABYTES, "GB")
        return Measured([row], told)

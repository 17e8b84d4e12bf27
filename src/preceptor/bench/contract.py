"""The contract of benches: options in, rows of measurements out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

Report = Callable[[str, int, int], None]
"""What is being done, steps done, steps in all."""


@dataclass(frozen=True, slots=True)
class BenchOptions:
    """What every bench takes.

    Args:
        seed: Seed of all randomness.
        only: Parts to measure, each as the bench names it; empty for all.
    """

    seed: int = 0
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One measurement.

    Args:
        name: What was measured.
        ours: Preceptor's figure.
        reference: The peer's figure from the same run, or the limit; None where there is neither.
        ratio: How many times better than the reference, so that above 1 Preceptor is ahead or within its limit.
        unit: Unit of `ours` and `reference`.
    """

    name: str
    ours: float
    reference: float | None
    ratio: float | None
    unit: str


class Bench(Protocol):
    """Measures one thing. It leaves nothing behind on the disk."""

    def run(self, options: BenchOptions, report: Report) -> Sequence[BenchRow]:
        """Measure.

        Args:
            options: What to measure.
            report: Told of every step.

        Raises:
            UserError: If a part has no such name, or something the bench needs is missing.
        """
        ...


def at_most(name: str, ours: float, limit: float | None, unit: str) -> BenchRow:
    """A measurement that should be small.

    Args:
        name: What was measured.
        ours: The figure, positive.
        limit: What it may be; None if nothing was set.
        unit: Unit of both.
    """
    return BenchRow(name, ours, limit, None if limit is None else limit / ours, unit)

"""The contract of benches: options in, rows of measurements out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from preceptor.progress import Progress


@dataclass(frozen=True, slots=True)
class BenchOptions:
    """What benches take; each reads what concerns it.

    Args:
        seed: Seed of all randomness.
        only: Parts to measure, each as the bench names it; empty for all.
        course: The course whose log is trained on; None for a made-up log.
        batches: Batches to train on a side; 0 for the bench's own number.
        threads: Threads of each side; 0 for all cores.
        peers: Folder with the peers' own environments; None to measure without peers.
        install_peers: Whether to make the environments that are missing there.
        converge: Whether to train a peer until it no longer gets better, where that is asked.
        runs: Folder for a run file of every part; None to keep nothing.
        resume: Whether parts with a run file of the same options are taken from there.
    """

    seed: int = 0
    only: tuple[str, ...] = ()
    course: Path | None = None
    batches: int = 0
    threads: int = 0
    peers: Path | None = None
    install_peers: bool = False
    converge: bool = False
    runs: Path | None = None
    resume: bool = False


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One measurement.

    Args:
        name: What was measured.
        ours: Preceptor's figure.
        reference: The peer's figure from the same run, or the limit; None where there is neither.
        ratio: How many times better than the reference, so that above 1 Preceptor is ahead or within its limit.
        unit: Unit of `ours` and `reference`.
        limit: What the ratio should be at least; None where above 1 is enough.
        ratio_ci95: 95 % interval of the ratio, where it was estimated.
        bound: Highest ratio this computer could give, where it can be computed.
        note: What a reader must know of the reference; empty for nothing.
    """

    name: str
    ours: float
    reference: float | None
    ratio: float | None
    unit: str
    limit: float | None = None
    ratio_ci95: tuple[float, float] | None = None
    bound: float | None = None
    note: str = ""


class Bench(Protocol):
    """Measures one thing. It leaves nothing behind on the disk but the run files and environments asked for."""

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
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

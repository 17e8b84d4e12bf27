"""How long `preceptor import` takes for large logs, and how much memory."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from preceptor.bench.child import run_python
from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.domain import unknown_name
from preceptor.progress import Progress

_GIGABYTE = 1e9


@dataclass(frozen=True, slots=True)
class Limit:
    """What an import may take.

    Args:
        interactions: Size of the log.
        seconds: Time from the start of the command to its end.
        gigabytes: Most memory at once, in units of 10⁹ bytes.
    """

    interactions: int
    seconds: float
    gigabytes: float


LIMITS = {"1M": Limit(1_000_000, 5.0, 1.0), "4M": Limit(4_000_000, 60.0, 2.0)}


class ImportBench:
    """Imports made-up logs by the real command, each in a process and a temporary folder of its own."""

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure the sizes of `LIMITS`; the time includes the start of Python.

        Raises:
            UserError: If `options.only` names another size.
        """
        for name in options.only:
            if name not in LIMITS:
                raise unknown_name("size", name, LIMITS)
        wanted = {name: limit for name, limit in LIMITS.items() if name in (options.only or LIMITS)}
        rows: list[BenchRow] = []
        for done, (name, limit) in enumerate(wanted.items()):
            report("importing logs", done, len(wanted))
            config = {"seed": options.seed, **asdict(limit)}
            rows += kept(options, "import", name, config, partial(_measured, name, limit, options.seed))
        report("importing logs", len(wanted), len(wanted))
        return rows


def _measured(name: str, limit: Limit, seed: int) -> Measured:
    with TemporaryDirectory(prefix="preceptor-bench-") as folder:
        log, course = Path(folder) / "log.csv", Path(folder) / "course"
        # In a process of its own, so that its memory is not counted as the import's.
        run_python(["-m", "preceptor.bench.synthetic_log", str(log), str(limit.interactions), str(seed)])
        cost = run_python(["-m", "preceptor.cli", "import", "table", str(log), "--course", str(course)])
    rows = [
        at_most(f"{name} interactions: time", cost.wall_seconds, limit.seconds, "s"),
        at_most(f"{name} interactions: time on all cores", cost.cpu_seconds, None, "s"),
        at_most(f"{name} interactions: peak memory", cost.peak_bytes / _GIGABYTE, limit.gigabytes, "GB"),
    ]
    return Measured(rows, {})

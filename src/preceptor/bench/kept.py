"""Run files of benches: each part by itself, so that a part can be measured again or taken up alone."""

import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from preceptor.bench.contract import BenchOptions, BenchRow
from preceptor.course import replace_file
from preceptor.domain import UserError, digest

_PACKAGES = ("preceptor", "numpy", "torch", "numba")


@dataclass(frozen=True)
class Measured:
    """What a part gave.

    Args:
        rows: Its rows.
        detail: What stands behind them, as JSON values; kept in the run file.
    """

    rows: Sequence[BenchRow]
    detail: Mapping[str, Any]


def kept(
    options: BenchOptions, bench: str, part: str, config: Mapping[str, Any], measure: Callable[[], Measured]
) -> Sequence[BenchRow]:
    """Measure a part, or read what an earlier run with the same configuration left.

    Args:
        options: `runs` and `resume` say whether and where rows are kept.
        bench: The bench's name.
        part: The part's.
        config: Everything the figures depend on, as JSON values.
        measure: Measures.

    Raises:
        UserError: If a run file cannot be read.
    """
    key = digest(bench, part, dict(config), version("preceptor"))
    file = options.runs / f"{bench}-{part}.json" if options.runs else None
    if file and options.resume and file.is_file():
        record = read_run(file)
        if record["key"] == key:
            return [_row(row) for row in record["rows"]]
    load, start = os.getloadavg()[0], time.perf_counter()
    measured = measure()
    if file:
        record = {
            "bench": bench,
            "part": part,
            "key": key,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "config": dict(config),
            "machine": {"processor": _processor(), "cores": os.cpu_count(), "load_before": load},
            "versions": {name: version(name) for name in _PACKAGES},
            "seconds": time.perf_counter() - start,
            "rows": [asdict(row) for row in measured.rows],
            "detail": dict(measured.detail),
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, (json.dumps(record, indent=1) + "\n").encode())
    return measured.rows


def read_run(file: Path) -> dict[str, Any]:
    """Read a run file.

    Raises:
        UserError: If it is damaged.
    """
    try:
        record: dict[str, Any] = json.loads(file.read_bytes())
        return {**record, "rows": record["rows"], "key": record["key"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"Cannot read {file}: {error!r}.", mend="delete the file and measure again") from error


def _row(row: Mapping[str, Any]) -> BenchRow:
    interval = row["ratio_ci95"]
    return BenchRow(**{**row, "ratio_ci95": None if interval is None else (interval[0], interval[1])})


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0].split(":", 1)[1].strip() if names else platform.processor()

"""Run files: one JSON for every command that trains, measures or imports."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, count
from pathlib import Path
from typing import Any

from preceptor.course.course import Course
from preceptor.course.files import explained, replace_file, to_json
from preceptor.domain import UserError

_PACKAGES = ("preceptor", "numpy", "torch")


def write_run(
    course: Course,
    command: str,
    config: Mapping[str, Any],
    data_hash: str,
    seed: int | None,
    metrics: Mapping[str, Any],
    seconds: float,
    *,
    at_seconds: float,
    tag: str = "",
) -> Path:
    """Record a run.

    Args:
        course: The course it ran on.
        command: The command, for example "train".
        config: Every option in force.
        data_hash: The course's data hash when the run began.
        seed: Its seed; None if it took none.
        metrics: What it measured; numbers that are not finite are written as null.
        seconds: How long it took.
        at_seconds: When it ended, UTC seconds since 1970.
        tag: Ends the file's name, for runs that other processes write at the same moment.

    Returns:
        The file, `runs/<UTC time>-<command>.json`, with the tag before its ending.

    Raises:
        UserError: If the file cannot be written.
    """
    stamp = datetime.fromtimestamp(at_seconds, UTC).strftime("%Y%m%dT%H%M%S.%f")[:-3] + "Z"
    record = {
        "command": command,
        "at": stamp,
        "config": config,
        "data_hash": data_hash,
        "simulated": course.simulated,
        "seed": seed,
        "versions": {name: _installed(name) for name in _PACKAGES},
        "metrics": metrics,
        "seconds": seconds,
    }
    folder = course.path / "runs"
    with explained("write to", folder):
        folder.mkdir(exist_ok=True)
        path = _free_path(folder, "-".join(filter(None, (stamp, command, tag))))
        replace_file(path, to_json(plain(record)))
    return path


def run_files(course: Course) -> tuple[tuple[Path, dict[str, Any]], ...]:
    """Read the run files back with where they stand, oldest first.

    Raises:
        UserError: If a run file is damaged.
    """
    found = []
    for path in sorted((course.path / "runs").glob("[0-9]*.json")):
        try:
            found.append((path, json.loads(path.read_bytes())))
        except (OSError, ValueError) as error:
            raise UserError(f"Cannot read {path}: {error}.", mend="delete the file") from error
    return tuple(found)


def runs(course: Course, command: str = "") -> tuple[dict[str, Any], ...]:
    """Read the run files back, oldest first.

    Args:
        course: The course.
        command: Only runs of this command; empty for all.

    Raises:
        UserError: If a run file is damaged.
    """
    return tuple(record for _, record in run_files(course) if command in ("", record.get("command")))


def _free_path(folder: Path, stem: str) -> Path:
    """A name that no run of the same moment has."""
    names = (f"{stem}-{number}.json" for number in count(2))
    return next(folder / name for name in chain([f"{stem}.json"], names) if not (folder / name).exists())


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def plain(value: Any) -> Any:
    """JSON types only: numpy numbers and arrays become Python's, what is not finite becomes null."""
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Path) else value

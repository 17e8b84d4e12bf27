"""Pieces of a reproduction: every one a file, made once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from preceptor import __version__, parallel
from preceptor.course import explained, replace_file
from preceptor.course.runs import plain
from preceptor.domain import UserError, digest
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock

FOLDER = "pieces"


@dataclass(frozen=True)
class Piece:
    """One measurement, as its file holds it.

    Args:
        file: The file's path inside the reproduction's folder.
        metrics: What was measured.
        new: Whether it was measured now.
    """

    file: str
    metrics: dict[str, Any]
    new: bool = False


@dataclass(frozen=True)
class Job:
    """A piece that may have to be measured, here or elsewhere.

    Args:
        name: Begins the file's name.
        config: Everything that the result depends on; another one is another piece.
        make: Measures it; a `functools.partial` of a module's function, so that it can travel to a worker.
    """

    name: str
    config: Mapping[str, Any]
    make: Callable[[], Mapping[str, Any]]


@dataclass
class Pieces:
    """Makes what is not there yet; killed and called again, it goes on.

    Args:
        folder: The reproduction's folder.
        paper: The paper's name, which files begin with.
        total: How many pieces there will be.
        clock: The clocks.
        progress: Told how many there are.
        backend: Where many at once are measured, see `preceptor.parallel.map`.
        made: All so far, in order.
    """

    folder: Path
    paper: str
    total: int
    clock: Clock
    progress: Progress
    backend: str = "here"
    made: list[Piece] = field(default_factory=list)

    def of(self, job: Job) -> Piece:
        """One piece, measured in this process.

        Raises:
            UserError: If its file is damaged.
        """
        self.progress(f"pieces of {self.paper}", len(self.made), self.total)
        written = self._task(job)
        piece = written.stored() or Piece(written.file, written(), new=True)
        self.made.append(piece)
        return piece

    def every(self, jobs: Sequence[Job]) -> list[Piece]:
        """Many pieces, in their order; those that are missing are measured side by side where the backend can.

        Raises:
            UserError: If a file is damaged.
            FailedPiecesError: If some failed; all others are done.
        """
        tasks = [self._task(job) for job in jobs]
        found = {task.file: piece for task in tasks if (piece := task.stored()) is not None}
        missing = [task for task in tasks if task.file not in found]
        told = parallel.map(
            _measured, missing, backend=self.backend, key=_file_of, what=f"pieces of {self.paper}",
            progress=lambda what, done, total: self.progress(what, len(self.made) + len(found) + done, self.total),
        )  # fmt: skip
        new = {task.file: Piece(task.file, metrics, new=True) for task, metrics in zip(missing, told, strict=True)}
        pieces = [(found | new)[task.file] for task in tasks]
        self.made += pieces
        return pieces

    def _task(self, job: Job) -> "_Task":
        key = digest(__version__, self.paper, job.name, json.dumps(job.config, sort_keys=True))[:12]
        return _Task(self.folder, f"{FOLDER}/{self.paper}-{job.name}-{key}.json", self.paper, job, self.clock)


@dataclass(frozen=True)
class _Task:
    """A job with its file."""

    folder: Path
    file: str
    paper: str
    job: Job
    clock: Clock

    def stored(self) -> Piece | None:
        path = self.folder / self.file
        if not path.is_file():
            return None
        try:
            return Piece(self.file, json.loads(path.read_text(encoding="utf-8"))["metrics"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(f"Cannot read {path}: {error!r}.", mend="delete the file and call again") from error

    def __call__(self) -> dict[str, Any]:
        start = self.clock.monotonic()
        metrics: dict[str, Any] = plain(self.job.make())
        record = {
            "command": f"reproduce {self.paper}",
            "at": datetime.fromtimestamp(self.clock.now(), UTC).isoformat(timespec="seconds"),
            "config": dict(self.job.config),
            "versions": {"preceptor": __version__, **{name: version(name) for name in ("numpy", "torch")}},
            "metrics": metrics,
            "seconds": self.clock.monotonic() - start,
        }
        path = self.folder / self.file
        with explained("write", path):
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, json.dumps(record, indent=1, allow_nan=False, ensure_ascii=False).encode())
        return metrics


def _measured(task: _Task) -> dict[str, Any]:
    return task()


def _file_of(task: _Task) -> str:
    return task.file

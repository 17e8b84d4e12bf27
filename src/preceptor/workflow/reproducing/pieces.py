"""Pieces of a reproduction: every one a file, made once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from preceptor import __version__
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


@dataclass
class Pieces:
    """Makes what is not there yet; killed and called again, it goes on.

    Args:
        folder: The reproduction's folder.
        paper: The paper's name, which files begin with.
        total: How many pieces there will be.
        clock: The clocks.
        progress: Told how many there are.
        made: All so far, in order.
    """

    folder: Path
    paper: str
    total: int
    clock: Clock
    progress: Progress
    made: list[Piece] = field(default_factory=list)

    def of(self, name: str, config: Mapping[str, Any], make: Callable[[], Mapping[str, Any]]) -> Piece:
        """The piece of this name and configuration.

        Args:
            name: Begins the file's name.
            config: Everything that the result depends on; another one is another piece.
            make: Measures it.

        Raises:
            UserError: If its file is damaged.
        """
        self.progress(f"pieces of {self.paper}", len(self.made), self.total)
        key = digest(__version__, self.paper, name, json.dumps(config, sort_keys=True))[:12]
        file = f"{FOLDER}/{self.paper}-{name}-{key}.json"
        piece = self._stored(file) or self._new(file, config, make)
        self.made.append(piece)
        return piece

    def _stored(self, file: str) -> Piece | None:
        path = self.folder / file
        if not path.is_file():
            return None
        try:
            return Piece(file, json.loads(path.read_text(encoding="utf-8"))["metrics"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(f"Cannot read {path}: {error!r}.", mend="delete the file and call again") from error

    def _new(self, file: str, config: Mapping[str, Any], make: Callable[[], Mapping[str, Any]]) -> Piece:
        start = self.clock.monotonic()
        metrics = plain(make())
        record = {
            "command": f"reproduce {self.paper}",
            "at": datetime.fromtimestamp(self.clock.now(), UTC).isoformat(timespec="seconds"),
            "config": dict(config),
            "versions": {"preceptor": __version__, **{name: version(name) for name in ("numpy", "torch")}},
            "metrics": metrics,
            "seconds": self.clock.monotonic() - start,
        }
        path = self.folder / file
        with explained("write", path):
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, json.dumps(record, indent=1, allow_nan=False, ensure_ascii=False).encode())
        return Piece(file, metrics, new=True)

"""Pieces of a sweep that leave a run file each: what an earlier sweep left is read, the others are run."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from preceptor import parallel
from preceptor.course import replace_file
from preceptor.domain import UserError
from preceptor.progress import Progress


class KeptPiece(Protocol):
    """What a worker needs to know; plain values that can be hashed and pickled."""

    @property
    def path(self) -> Path:
        """Its run file, whose name changes with all that its content depends on."""


Piece = TypeVar("Piece", bound=KeptPiece)


def kept(piece: KeptPiece) -> dict[str, Any] | None:
    """What an earlier sweep found; None if the piece has to be run."""
    try:
        found: dict[str, Any] = json.loads(piece.path.read_bytes())
    except (OSError, ValueError):
        return None
    return found


def require_kept(piece: KeptPiece) -> dict[str, Any]:
    """What a piece found that has just been run.

    Raises:
        UserError: If its run file is gone.
    """
    found = kept(piece)
    if found is None:
        raise UserError(f"{piece.path} is gone or damaged.", mend="call again; it is measured anew")
    return found


def keep(piece: KeptPiece, found: dict[str, Any]) -> dict[str, Any]:
    """Write a piece's run file, and give what `kept` reads from it: numbers come back bit for bit, tuples as lists."""
    content = json.dumps(found, separators=(",", ":"), allow_nan=False).encode()
    piece.path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(piece.path, content)
    told: dict[str, Any] = json.loads(content)
    return told


def run_kept(
    function: Callable[[Piece], dict[str, Any]], pieces: Sequence[Piece], backend: str, progress: Progress, what: str
) -> tuple[dict[Piece, dict[str, Any]], int]:
    """Run the pieces that left no run file.

    Args:
        function: Runs a piece, writes its file and returns what it holds.
        pieces: The pieces.
        backend: Where they run, see `preceptor.parallel.map`; so are its errors.
        progress: Told how many of those that are run have ended.
        what: What the progress bar says.

    Returns:
        What each piece's file holds, and how many were there already.
    """
    known = {piece: found for piece in pieces if (found := kept(piece)) is not None}
    resumed = len(known)
    new = [piece for piece in dict.fromkeys(pieces) if piece not in known]
    known |= zip(new, parallel.map(function, new, backend=backend, progress=progress, what=what), strict=True)
    return known, resumed

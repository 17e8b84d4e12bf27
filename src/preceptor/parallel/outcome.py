"""What came of a piece of a sweep: a result or a typed failure."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from preceptor.domain import UserError

SHOWN = 5
"""How many failures a message tells; the others are counted."""


@dataclass(frozen=True, slots=True)
class Done:
    """A piece that ended well.

    Args:
        result: What the function returned.
    """

    result: Any


@dataclass(frozen=True, slots=True)
class Failure:
    """A piece that failed. It crosses processes as text: not every exception can be pickled and read back.

    Args:
        key: The piece's key.
        reason: Type and message of the exception, or how the worker ended.
        trace: The traceback where the exception was raised; empty if the worker ended.
        mistake: What was given, allowed and mends it, if the exception was a `UserError`: trying again is no use.
    """

    key: str
    reason: str
    trace: str = ""
    mistake: tuple[str, str, str] | None = None

    @classmethod
    def of(cls, key: str, error: BaseException) -> "Failure":
        """The failure that an exception is."""
        reason = f"{type(error).__name__}: {error}"
        mistake = (error.given, error.allowed, error.mend) if isinstance(error, UserError) else None
        return cls(key, reason, "".join(traceback.format_exception(error)), mistake)


Outcome = Done | Failure


class FailedPiecesError(RuntimeError):
    """Some pieces of a sweep failed in every try; all others were done.

    Args:
        failures: Each failed piece's last failure, in the order of the pieces.
        pieces: How many pieces the sweep had.
        tries: How often each was tried.
    """

    def __init__(self, failures: Sequence[Failure], pieces: int, tries: int) -> None:
        self.failures = tuple(failures)
        lines = [f"{len(failures)} of {pieces} pieces failed in {tries} tries each:"]
        lines += [f"- {failure.key}: {failure.reason}" for failure in failures[:SHOWN]]
        if len(failures) > SHOWN:
            lines.append(f"- and {len(failures) - SHOWN} more")
        if failures[0].trace:
            lines += ["The first one's traceback:", failures[0].trace.rstrip()]
        super().__init__("\n".join(lines))

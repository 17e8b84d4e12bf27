"""Bad rows: collected, told together, or left out with the reason kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from preceptor.data.reader import OnBadRow, Reject
from preceptor.domain import UserError

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad row.

    Args:
        file: The file it stands in.
        row: The data row, counted from 1.
        reason: What is wrong.
        line: Line of a text file, counted from 1; None for other files.
    """

    file: Path
    row: int
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        line = "" if self.line is None else f" (line {self.line})"
        return f"{self.file}, row {self.row}{line}: {self.reason}"


def settle(problems: Iterable[Problem], on_bad_row: OnBadRow) -> tuple[Reject, ...]:
    """Refuse the import because of its bad rows, or turn them into rejects.

    Args:
        problems: At most one a row.
        on_bad_row: What the user wants.

    Raises:
        UserError: If there are bad rows and they are not to be skipped; names the first five and the count.
    """
    found = list(problems)
    if on_bad_row == "skip":
        return tuple(Reject(str(problem.file), problem.row, problem.reason) for problem in found)
    if found:
        shown = "\n".join(f"  {problem}" for problem in found[:SHOWN])
        more = f"\n  and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        rows = "1 row" if len(found) == 1 else f"{len(found)} rows"
        raise UserError(
            f"{rows} cannot be imported, so nothing was:\n{shown}{more}",
            mend="correct these rows, or pass --on-bad-row skip to leave them out and keep a list of them",
        )
    return ()

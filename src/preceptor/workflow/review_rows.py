"""Which rows of a review's spreadsheet say something new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from preceptor.annotate.review import Reviewed
from preceptor.annotate.review_events import Event, folded
from preceptor.domain import UserError, digest
from preceptor.workflow.review_sheets import EDITED, KEY, STATE, cells_digest
from preceptor.workflow.sheets import Table

YES = ("yes", "ja", "y", "j", "x", "1", "true", "wahr", "✓")
NO = ("", "no", "nein", "n", "0", "false", "falsch")


@dataclass(frozen=True)
class Row:
    """One row.

    Args:
        place: Where it stands, as a message names it.
        key: Id of its question or concept; empty for a new concept.
        cells: Column → text.
        edited: Whether its cells are others than those that were written.
        hash: Names what it says, so that it is known again when the file is given back again.
    """

    place: str
    key: str
    cells: Mapping[str, str]
    edited: bool
    hash: str

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def rows_of(table: Table) -> Iterator[Row]:
    """Every row of a table that was read."""
    for number, cells in table.records():
        values = [cells[column] for column in EDITED[table.name]]
        key, state = cells[KEY[table.name]], cells[STATE]
        edited = state.partition("-")[0] != cells_digest(values)
        yield Row(f"{table.name}, row {number}", key, cells, edited, digest(table.name, key, state, *values))


def rows_in_use(reviewed: Reviewed, events: tuple[Event, ...]) -> frozenset[str]:
    """Hashes of the rows that were given back before and of which every decision stands, as it was last taken."""
    lost = {entry.event.event_id for entry in reviewed.stranded}
    standing = {event.event_id for event in reviewed.standing} - lost
    last = {(event.row, event.action): event.event_id in standing for event in events if event.row}
    broken = {row for (row, _), stands in last.items() if not stands}
    return frozenset(row for row, _ in last) - broken


def is_checked(row: Row) -> bool:
    """Whether a row says that its labels are right.

    Raises:
        UserError: If it says neither yes nor no.
    """
    mark = folded(row["checked"])
    if mark not in YES and mark not in NO:
        allowed = f"{', '.join(YES)} for yes; {', '.join(NO[1:])} or nothing for no"
        raise UserError(f"checked is {row['checked']!r}.", allowed=allowed)
    return mark in YES

"""The rows of contests and corrections in a SQLite store, and answers as they count now."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, bindparam, func, insert, select, update

from preceptor.domain import Outcome, UserError
from preceptor.store.contests import Authority, Contest, Correction
from preceptor.store.schema import contests, corrections, events

GRADED: FromClause = events.outerjoin(
    corrections, (corrections.c.student_id == events.c.student_id) & (corrections.c.event_id == events.c.event_id)
)
"""Answers with their corrections."""
_CORRECTED = select(func.count()).select_from(corrections).where(corrections.c.student_id == bindparam("student"))
_CORRECTION = tuple(column for column in corrections.c if column.name != "sequence")


def graded(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of an answer as it counts now: of its correction, where there is one."""
    name = str(column.key)
    return func.coalesce(corrections.c[name], column).label(name) if name in ("correct", "outcome") else column


def contest(connection: Connection, wanted: dict[str, Any], correction: Correction | None) -> Contest:
    """Store a contest with what came of it at once; one that stands already stays as it is."""
    student_id, event_id = wanted["student_id"], wanted["event_id"]
    found = find(connection, student_id, event_id)
    if found is not None:
        return found
    connection.execute(insert(contests).values(wanted | {"upheld": False}))
    if correction is not None:
        correct(connection, correction)
    found = find(connection, student_id, event_id)
    assert found is not None
    return found


def correct(connection: Connection, correction: Correction) -> bool:
    """Store a correction unless the answer has one; whether it is new."""
    own = (corrections.c.student_id == correction.student_id) & (corrections.c.event_id == correction.event_id)
    if connection.execute(select(corrections.c.sequence).where(own)).first() is not None:
        return False
    values = {column.name: getattr(correction, column.name) for column in _CORRECTION}
    connection.execute(insert(corrections).values(values))
    return True


def uphold(connection: Connection, contest_id: int) -> None:
    """Mark that the grade stays.

    Raises:
        UserError: If there is no such contest.
    """
    statement = update(contests).where(contests.c.contest_id == contest_id).values(upheld=True)
    if connection.execute(statement).rowcount == 0:
        raise UserError(f"There is no contest {contest_id}.", mend="reload the list of contests")


def find(connection: Connection, student_id: str, event_id: str) -> Contest | None:
    """The contest of an answer."""
    found = _read(connection, (contests.c.student_id == student_id) & (contests.c.event_id == event_id))
    return found[0] if found else None


def all_of(connection: Connection, student_id: str | None) -> tuple[Contest, ...]:
    """All contests, oldest first; of one student if named."""
    return _read(connection, None if student_id is None else contests.c.student_id == student_id)


def corrected(connection: Connection, student_id: str) -> int:
    """How many answers of a student are corrected."""
    return int(connection.scalar(_CORRECTED, {"student": student_id}) or 0)


def _read(connection: Connection, condition: ColumnElement[bool] | None) -> tuple[Contest, ...]:
    same = (corrections.c.student_id == contests.c.student_id) & (corrections.c.event_id == contests.c.event_id)
    counts = [column.label(f"now_{column.name}") for column in _CORRECTION]
    statement = select(*contests.c, *counts).select_from(contests.outerjoin(corrections, same))
    if condition is not None:
        statement = statement.where(condition)
    return tuple(_contest(row) for row in connection.execute(statement.order_by(contests.c.contest_id)).mappings())


def _contest(row: RowMapping) -> Contest:
    values = {column.name: row[column.name] for column in contests.c}
    return Contest(**values, correction=None if row["now_event_id"] is None else _correction(row))


def _correction(row: RowMapping) -> Correction:
    return Correction(
        row["now_student_id"],
        row["now_event_id"],
        row["now_correct"],
        Outcome(row["now_outcome"]),
        Authority(row["now_by"]),
        row["now_time_seconds"],
    )

"""The rows of answers and sittings in a SQLite store."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, func, insert, select, update

from preceptor.domain import ConflictError, Interaction, Outcome, UserError
from preceptor.store import schema
from preceptor.store.contest_rows import GRADED, graded
from preceptor.store.contract import Sitting

_INTERACTION_COLUMNS = tuple(column for column in schema.events.c if column.name not in ("sequence", "sitting_id"))
_GRADED_COLUMNS = tuple(map(graded, _INTERACTION_COLUMNS))
_ANSWER_FIELDS = ("question_id", "response")
# Built once: to build a statement takes longer than to run it.
_COUNT = select(func.count()).select_from(schema.events).where(schema.events.c.student_id == bindparam("student"))
_INSERT = insert(schema.events)
_BEFORE = _COUNT.where(schema.events.c.sequence < bindparam("before"))
_EVENTS = (
    select(*_GRADED_COLUMNS, schema.events.c.sitting_id)
    .select_from(GRADED)
    .where(schema.events.c.student_id == bindparam("student"))
    .order_by(schema.events.c.sequence)
    .offset(bindparam("since"))
)
_ONE_EVENT = (
    select(*_GRADED_COLUMNS, schema.events.c.sequence)
    .select_from(GRADED)
    .where(schema.events.c.student_id == bindparam("student"), schema.events.c.event_id == bindparam("event"))
)
_BEFORE_SITTING = _COUNT.where(
    schema.events.c.sequence
    < select(func.min(schema.events.c.sequence))
    .where(schema.events.c.student_id == bindparam("student"), schema.events.c.sitting_id == bindparam("sitting"))
    .scalar_subquery()
)


def _scored(*which: ColumnElement[bool]) -> Select[Any]:
    """A student's sittings with what was answered in them.

    Answers are counted before they are joined: joined first, those of all students would be read.
    """
    wanted = (schema.sittings.c.student_id == bindparam("student"), *which)
    given = (
        select(
            schema.events.c.sitting_id,
            func.count().label("answered"),
            func.sum(graded(schema.events.c.correct)).label("correct"),
        )
        .select_from(GRADED)
        .where(
            schema.events.c.student_id == bindparam("student"),
            schema.events.c.sitting_id.in_(select(schema.sittings.c.sitting_id).where(*wanted)),
        )
        .group_by(schema.events.c.sitting_id)
        .subquery()
    )
    return (
        select(
            *schema.sittings.c,
            func.coalesce(given.c.answered, 0).label("answered"),
            func.coalesce(given.c.correct, 0.0).label("correct"),
        )
        .select_from(schema.sittings.outerjoin(given, schema.sittings.c.sitting_id == given.c.sitting_id))
        .where(*wanted)
        .order_by(schema.sittings.c.sitting_id)
    )


_SITTINGS = _scored()
_OPEN_SITTING = _scored(schema.sittings.c.closed_seconds.is_(None))
_OWN_SITTING = select(schema.sittings.c.sitting_id).where(
    schema.sittings.c.sitting_id == bindparam("sitting"), schema.sittings.c.student_id == bindparam("student")
)


def append(connection: Connection, interaction: Interaction, sitting_id: int | None) -> tuple[Interaction, bool]:
    """Insert an answer, once; as it is stored, and whether it is new."""
    stored = find(connection, interaction.student_id, interaction.event_id)
    if stored is not None:
        _check_same_answer(stored, interaction)
        return stored, False
    if sitting_id is not None:
        _check_own_sitting(connection, interaction.student_id, sitting_id)
    values = {column.name: getattr(interaction, column.name) for column in _INTERACTION_COLUMNS}
    connection.execute(_INSERT, values | {"sitting_id": sitting_id})
    created = find(connection, interaction.student_id, interaction.event_id)
    assert created is not None
    return created, True


def count(connection: Connection, student_id: str) -> int:
    """How many answers a student has given."""
    return int(connection.scalar(_COUNT, {"student": student_id}) or 0)


def all_of(connection: Connection, student_id: str, since: int) -> Iterator[tuple[Interaction, int | None]]:
    """Yield a student's interactions in order, each with its sitting, without the first `since`."""
    found = connection.execute(_EVENTS, {"student": student_id, "since": since})
    for position, row in enumerate(found.mappings(), since):
        yield _interaction(row, position), row["sitting_id"]


def before_sitting(connection: Connection, student_id: str, sitting_id: int) -> int:
    """How many answers a student had given before the first one of a sitting; 0 where it has none."""
    return int(connection.scalar(_BEFORE_SITTING, {"student": student_id, "sitting": sitting_id}) or 0)


def find(connection: Connection, student_id: str, event_id: str) -> Interaction | None:
    """The answer with this id."""
    row = connection.execute(_ONE_EVENT, {"student": student_id, "event": event_id}).mappings().first()
    if row is None:
        return None
    position = connection.scalar(_BEFORE, {"student": student_id, "before": row["sequence"]})
    return _interaction(row, position or 0)


def sittings(connection: Connection, student_id: str) -> tuple[Sitting, ...]:
    """A student's sittings, oldest first."""
    return _read_sittings(connection, student_id, _SITTINGS)


def open_sitting(connection: Connection, student_id: str) -> Sitting | None:
    """A student's open sitting."""
    return next(iter(_read_sittings(connection, student_id, _OPEN_SITTING)), None)


def close_open_sitting(connection: Connection, student_id: str, time_seconds: float) -> bool:
    """End a student's open sitting; whether there was one."""
    is_open = (schema.sittings.c.student_id == student_id) & schema.sittings.c.closed_seconds.is_(None)
    statement = update(schema.sittings).where(is_open).values(closed_seconds=time_seconds)
    return connection.execute(statement).rowcount > 0


def _interaction(row: RowMapping, position: int) -> Interaction:
    values = {column.name: row[column.name] for column in _INTERACTION_COLUMNS}
    return Interaction(**(values | {"outcome": Outcome(row["outcome"])}), position=position)


def _check_same_answer(stored: Interaction, again: Interaction) -> None:
    if any(getattr(stored, name) != getattr(again, name) for name in _ANSWER_FIELDS):
        raise ConflictError(
            f"The idempotency key {stored.event_id!r} already stands for a different answer.",
            allowed="one key for one answer",
            mend="send a new key with a new answer",
        )


def _check_own_sitting(connection: Connection, student_id: str, sitting_id: int) -> None:
    if connection.scalar(_OWN_SITTING, {"sitting": sitting_id, "student": student_id}) is None:
        raise UserError(f"Sitting {sitting_id} is not a sitting of {student_id!r}.", mend="open a sitting first")


def _read_sittings(connection: Connection, student_id: str, which: Select[Any]) -> tuple[Sitting, ...]:
    return tuple(Sitting(**row) for row in connection.execute(which, {"student": student_id}).mappings())

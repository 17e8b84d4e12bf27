"""The rows of turns in a SQLite store."""

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, select

from preceptor.domain import ConflictError
from preceptor.store.engine import replacing
from preceptor.store.schema import turns
from preceptor.store.turns import TutorTurn

_OWN = tuple(column for column in turns.c if column.name != "sequence")
# Built once: to build a statement takes longer than to run it.
_KEEP = replacing(turns, ("student_id", "turn_key"))
_ONE = select(*_OWN).where(turns.c.student_id == bindparam("student"), turns.c.turn_key == bindparam("key"))
_ALL = select(*_OWN).where(turns.c.student_id == bindparam("student")).order_by(turns.c.sequence)
_OF_SITTING = _ALL.where(turns.c.sitting_id == bindparam("sitting"))
_SHOWN = select(turns.c.shown_question_id).where(
    turns.c.student_id == bindparam("student"),
    turns.c.sitting_id == bindparam("sitting"),
    turns.c.shown_question_id != "",
)


def keep(connection: Connection, turn: TutorTurn) -> None:
    """Insert a turn or overwrite what had become of it so far."""
    stored = find(connection, turn.student_id, turn.turn_key)
    if stored is not None and stored.message != turn.message:
        raise ConflictError(
            f"The idempotency key {turn.turn_key!r} already stands for a different message.",
            allowed="one key for one message",
            mend="send a new key with a new message",
        )
    connection.execute(_KEEP, _values(turn))


def find(connection: Connection, student_id: str, turn_key: str) -> TutorTurn | None:
    """The turn with this key."""
    row = connection.execute(_ONE, {"student": student_id, "key": turn_key}).mappings().first()
    return None if row is None else _turn(row)


def all_of(connection: Connection, student_id: str, sitting_id: int | None) -> tuple[TutorTurn, ...]:
    """A student's turns, oldest first; of one sitting if named."""
    which = _ALL if sitting_id is None else _OF_SITTING
    named = {"student": student_id, "sitting": sitting_id}
    return tuple(_turn(row) for row in connection.execute(which, named).mappings())


def shown(connection: Connection, student_id: str, sitting_id: int) -> frozenset[str]:
    """Questions whose worked answers were shown in a sitting."""
    return frozenset(connection.scalars(_SHOWN, {"student": student_id, "sitting": sitting_id}))


def tokens(connection: Connection) -> tuple[int, int]:
    """Tokens read and written by models."""
    sums = select(func.coalesce(func.sum(turns.c.input_tokens), 0), func.coalesce(func.sum(turns.c.output_tokens), 0))
    read, written = connection.execute(sums).one()
    return int(read), int(written)


def _values(turn: TutorTurn) -> dict[str, Any]:
    values = {column.name: getattr(turn, column.name) for column in _OWN if not column.name.endswith("_json")}
    return values | {"cites_json": json.dumps(turn.cites), "counters_json": json.dumps(dict(turn.counters))}


def _turn(row: RowMapping) -> TutorTurn:
    values = dict(row)
    cites, counters = json.loads(values.pop("cites_json")), json.loads(values.pop("counters_json"))
    return TutorTurn(**values, cites=tuple(cites), counters=counters)

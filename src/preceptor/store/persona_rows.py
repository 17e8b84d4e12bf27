"""The rows of personas in a SQLite store."""

import json

from sqlalchemy import Connection, insert, select

from preceptor.store.personas import PersonaVersion
from preceptor.store.schema import personas


def add(connection: Connection, student_id: str, time_seconds: float, up_to_event: str, content: str) -> PersonaVersion:
    """Insert the next version, unless the last one rests on the same answer."""
    number, last = newest(connection, student_id)
    if number and last == up_to_event:
        return all_of(connection, student_id)[-1]
    number += 1
    values = (student_id, number, time_seconds, up_to_event, content)
    connection.execute(insert(personas).values(values))
    return PersonaVersion(student_id, number, time_seconds, up_to_event, json.loads(content))


def all_of(connection: Connection, student_id: str) -> tuple[PersonaVersion, ...]:
    """All versions of a student, oldest first."""
    statement = select(personas).where(personas.c.student_id == student_id).order_by(personas.c.version)
    return tuple(
        PersonaVersion(row.student_id, row.version, row.time_seconds, row.up_to_event, json.loads(row.content_json))
        for row in connection.execute(statement)
    )


def newest(connection: Connection, student_id: str) -> tuple[int, str]:
    """Number of the last version of a student and the answer it rests on; 0 and nothing if there is none."""
    own = select(personas.c.version, personas.c.up_to_event).where(personas.c.student_id == student_id)
    row = connection.execute(own.order_by(personas.c.version.desc()).limit(1)).first()
    return (0, "") if row is None else (row.version, row.up_to_event)

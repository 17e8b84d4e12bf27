"""The rows of personas in a SQLite store."""

import json

from sqlalchemy import Connection, insert, select

from preceptor.store.personas import PersonaVersion
from preceptor.store.schema import personas


def add(connection: Connection, student_id: str, time_seconds: float, up_to_event: str, content: str) -> PersonaVersion:
    """Insert the next version, unless the last one rests on the same answer."""
    versions = all_of(connection, student_id)
    if versions and versions[-1].up_to_event == up_to_event:
        return versions[-1]
    number = versions[-1].version + 1 if versions else 1
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

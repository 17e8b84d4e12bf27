"""The tables."""

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    event,
    text,
)

SCHEMA_VERSION = 5
"""Every version so far only added tables: an older file gets those it lacks."""

metadata = MetaData()

sittings = Table(
    "sittings",
    metadata,
    Column("sitting_id", Integer, primary_key=True),
    Column("student_id", String, nullable=False),
    Column("goal_questions", Integer, nullable=False),
    Column("opened_seconds", Float, nullable=False),
    Column("closed_seconds", Float),
)
Index("one_open_sitting", sittings.c.student_id, unique=True, sqlite_where=text("closed_seconds IS NULL"))

events = Table(
    "events",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("student_id", String, nullable=False),
    Column("sitting_id", Integer, ForeignKey(sittings.c.sitting_id)),
    Column("question_id", String, nullable=False),
    Column("revision", String, nullable=False),
    Column("correct", Float, CheckConstraint("correct BETWEEN 0 AND 1"), nullable=False),
    Column("outcome", String, nullable=False),
    Column("response", String, nullable=False),
    Column("hints_used", Integer, nullable=False),
    Column("time_seconds", Float),
    Column("duration_seconds", Float),
    UniqueConstraint("student_id", "event_id"),
    sqlite_autoincrement=True,
)
Index("events_of_a_student", events.c.student_id, events.c.sequence)
corrections = Table(
    "corrections",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("student_id", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("correct", Float, CheckConstraint("correct BETWEEN 0 AND 1"), nullable=False),
    Column("outcome", String, nullable=False),
    Column("by", String, nullable=False),
    Column("time_seconds", Float, nullable=False),
    UniqueConstraint("student_id", "event_id"),
    ForeignKeyConstraint(["student_id", "event_id"], [events.c.student_id, events.c.event_id]),
    sqlite_autoincrement=True,
)

for _kept in (events, corrections):
    event.listen(
        _kept,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER {_kept.name}_are_append_only BEFORE UPDATE ON {_kept.name} "
            f"BEGIN SELECT RAISE(ABORT, '{_kept.name} are append-only'); END"
        ),
    )

contests = Table(
    "contests",
    metadata,
    Column("contest_id", Integer, primary_key=True),
    Column("student_id", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("note", String, nullable=False),
    Column("second_right", Boolean),
    Column("time_seconds", Float, nullable=False),
    Column("upheld", Boolean, nullable=False),
    UniqueConstraint("student_id", "event_id"),
    ForeignKeyConstraint(["student_id", "event_id"], [events.c.student_id, events.c.event_id]),
)

pending = Table(
    "pending",
    metadata,
    Column("student_id", String, primary_key=True),
    Column("question_id", String, nullable=False),
    Column("why_json", String, nullable=False),
    Column("served_seconds", Float, nullable=False),
    Column("hints_opened", Integer, nullable=False),
)

display_names = Table(
    "display_names",
    metadata,
    Column("student_id", String, primary_key=True),
    Column("name", String, nullable=False),
)

exclusions = Table(
    "exclusions",
    metadata,
    Column("question_id", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("time_seconds", Float, nullable=False),
)

key_reports = Table(
    "key_reports",
    metadata,
    Column("report_id", Integer, primary_key=True),
    Column("student_id", String, nullable=False),
    Column("question_id", String, nullable=False),
    Column("note", String, nullable=False),
    Column("time_seconds", Float, nullable=False),
    Column("resolved", Boolean, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("student_id", String, nullable=False),
    Column("turn_key", String, nullable=False),
    Column("sitting_id", Integer, ForeignKey(sittings.c.sitting_id)),
    Column("number", Integer, nullable=False),
    Column("question_id", String, nullable=False),
    Column("intent", String, nullable=False),
    Column("message", String, nullable=False),
    Column("reply", String, nullable=False),
    Column("time_seconds", Float, nullable=False),
    Column("event_id", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("cites_json", String, nullable=False),
    Column("next_question_id", String, nullable=False),
    Column("shown_question_id", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("model", String, nullable=False),
    Column("counters_json", String, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost", Float, nullable=False),
    Column("milliseconds", Float, nullable=False),
    Column("whole", Boolean, nullable=False),
    UniqueConstraint("student_id", "turn_key"),
    sqlite_autoincrement=True,
)
Index("turns_of_a_student", turns.c.student_id, turns.c.sequence)

personas = Table(
    "personas",
    metadata,
    Column("student_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("time_seconds", Float, nullable=False),
    Column("up_to_event", String, nullable=False),
    Column("content_json", String, nullable=False),
)

imported_dialogues = Table(
    "imported_dialogues",
    metadata,
    Column("dialogue_id", String, primary_key=True),
    Column("student_id", String, nullable=False),
    Column("tutor", String, nullable=False),
    Column("concept", String, nullable=False),
    Column("utterances_json", String, nullable=False),
)

# Found, not listed: a table added later can't be forgotten when a student is exported or deleted.
# What refers to another table stands before it, so that rows can be deleted in this order.
tables_of_a_student = tuple(table for table in reversed(metadata.sorted_tables) if "student_id" in table.c)

"""The store in one SQLite file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select, union, update
from sqlalchemy.dialects.sqlite import insert as upsert

from preceptor.domain import ConflictError, Interaction, Outcome, UserError
from preceptor.store import contest_rows, dialogue_rows, persona_rows, schema, turn_rows
from preceptor.store.contest_rows import GRADED, graded
from preceptor.store.contests import Contest, Correction
from preceptor.store.contract import Exclusion, KeyReport, Pending, Sitting
from preceptor.store.dialogues import StoredDialogue
from preceptor.store.engine import cut_log, open_engine, reading, writing
from preceptor.store.fresh import Fresh
from preceptor.store.personas import PersonaVersion
from preceptor.store.turns import TutorTurn

_INTERACTION_COLUMNS = tuple(column for column in schema.events.c if column.name not in ("sequence", "sitting_id"))
_GRADED_COLUMNS = tuple(map(graded, _INTERACTION_COLUMNS))
_ANSWER_FIELDS = ("question_id", "response")


class SqliteStore:
    """A `Store` in one SQLite file with a write-ahead log; several threads and processes may use it.

    Args:
        path: The file; created if missing, its folder must exist.

    Raises:
        UserError: If the file can't be opened, is damaged, is no store, or comes from a newer version.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._engine = open_engine(self.path)
        self._fresh = Fresh(self.path)

    def __enter__(self) -> "SqliteStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._fresh.close()
        self._engine.dispose()

    def append(self, interaction: Interaction, sitting_id: int | None = None) -> tuple[Interaction, bool]:
        """Store one answer, once; see `Store.append`."""
        with self._writing() as connection:
            stored = _find_event(connection, interaction.student_id, interaction.event_id)
            if stored is not None:
                _check_same_answer(stored, interaction)
                return stored, False
            if sitting_id is not None:
                _check_own_sitting(connection, interaction.student_id, sitting_id)
            values = {column.name: getattr(interaction, column.name) for column in _INTERACTION_COLUMNS}
            connection.execute(insert(schema.events).values(values | {"sitting_id": sitting_id}))
            on_screen = (schema.pending.c.student_id == interaction.student_id) & (
                schema.pending.c.question_id == interaction.question_id
            )
            connection.execute(delete(schema.pending).where(on_screen))
            created = _find_event(connection, interaction.student_id, interaction.event_id)
        assert created is not None
        return created, True

    def event(self, student_id: str, event_id: str) -> Interaction | None:
        """The stored interaction of an idempotency key; None if there is none."""
        with self._reading() as connection:
            return _find_event(connection, student_id, event_id)

    def events(self, student_id: str, sitting_id: int | None = None, since: int = 0) -> tuple[Interaction, ...]:
        """A student's live interactions in order, without the first `since`; of one sitting if named."""
        with self._reading() as connection:
            found = list(_events(connection, student_id, since))
        return tuple(event for event, sitting in found if sitting_id in (None, sitting))

    def event_count(self, student_id: str) -> int:
        """How many live interactions a student has."""
        query = select(func.count()).select_from(schema.events).where(schema.events.c.student_id == student_id)
        with self._reading() as connection:
            return int(connection.scalar(query) or 0)

    def written(self, student_id: str) -> tuple[int, int]:
        """How many live interactions a student has, and how many of them are corrected."""

        def read() -> tuple[int, int]:
            query = select(func.count()).select_from(schema.events).where(schema.events.c.student_id == student_id)
            with self._reading() as connection:
                return int(connection.scalar(query) or 0), contest_rows.corrected(connection, student_id)

        return self._fresh.read(("written", student_id), read)

    def students(self) -> tuple[str, ...]:
        """Ids of all students with a live answer, a sitting or a display name, sorted."""
        tables = (schema.events, schema.sittings, schema.display_names)
        with self._reading() as connection:
            found = connection.scalars(union(*(select(table.c.student_id) for table in tables)))
            return tuple(sorted(found))

    def open_sitting(self, student_id: str, goal_questions: int, time_seconds: float) -> Sitting:
        """Begin a sitting; one that is still open is closed."""
        with self._writing() as connection:
            _close_open_sitting(connection, student_id, time_seconds)
            row = {
                "student_id": student_id,
                "goal_questions": goal_questions,
                "opened_seconds": time_seconds,
            }
            connection.execute(insert(schema.sittings).values(row))
            return _sittings(connection, student_id)[-1]

    def current_sitting(self, student_id: str) -> Sitting | None:
        """The student's open sitting; None if there is none."""

        def read() -> Sitting | None:
            with self._reading() as connection:
                return next(iter(_sittings(connection, student_id, schema.sittings.c.closed_seconds.is_(None))), None)

        return self._fresh.read(("sitting", student_id), read)

    def sittings(self, student_id: str) -> tuple[Sitting, ...]:
        """All sittings of a student, oldest first."""

        def read() -> tuple[Sitting, ...]:
            with self._reading() as connection:
                return _sittings(connection, student_id)

        return self._fresh.read(("sittings", student_id), read)

    def close_sitting(self, student_id: str, time_seconds: float) -> Sitting | None:
        """End the student's open sitting and return it as it ended; None if none was open."""
        with self._writing() as connection:
            closed = _close_open_sitting(connection, student_id, time_seconds)
            return _sittings(connection, student_id)[-1] if closed else None

    def set_pending(
        self, student_id: str, question_id: str, why_json: str, time_seconds: float, hints_opened: int = 0
    ) -> None:
        """Remember what is on the student's screen, replacing what was."""
        values = {
            "question_id": question_id,
            "why_json": why_json,
            "served_seconds": time_seconds,
            "hints_opened": hints_opened,
        }
        statement = upsert(schema.pending).values(values | {"student_id": student_id})
        with self._writing() as connection:
            connection.execute(statement.on_conflict_do_update(set_=values))

    def pending(self, student_id: str) -> Pending | None:
        """What is on the student's screen; None before the first question and after an answer."""

        def read() -> Pending | None:
            columns = [column for column in schema.pending.c if column.name != "student_id"]
            with self._reading() as connection:
                row = connection.execute(select(*columns).where(schema.pending.c.student_id == student_id)).first()
            return None if row is None else Pending(*row)

        return self._fresh.read(("pending", student_id), read)

    def set_display_name(self, student_id: str, name: str) -> None:
        """Name a student."""
        statement = upsert(schema.display_names).values(student_id=student_id, name=name)
        with self._writing() as connection:
            connection.execute(statement.on_conflict_do_update(set_={"name": name}))

    def display_names(self) -> dict[str, str]:
        """Display names by student id."""
        with self._reading() as connection:
            return {row.student_id: row.name for row in connection.execute(select(schema.display_names))}

    def exclude(self, question_id: str, reason: str, time_seconds: float) -> None:
        """Take a question out of service."""
        values = {"reason": reason, "time_seconds": time_seconds}
        statement = upsert(schema.exclusions).values(values | {"question_id": question_id})
        with self._writing() as connection:
            connection.execute(statement.on_conflict_do_update(set_=values))

    def include(self, question_id: str) -> None:
        """Put an excluded question back into service."""
        with self._writing() as connection:
            connection.execute(delete(schema.exclusions).where(schema.exclusions.c.question_id == question_id))

    def exclusions(self) -> tuple[Exclusion, ...]:
        """The excluded questions, oldest decision first."""

        def read() -> tuple[Exclusion, ...]:
            order = (schema.exclusions.c.time_seconds, schema.exclusions.c.question_id)
            with self._reading() as connection:
                return tuple(Exclusion(*row) for row in connection.execute(select(schema.exclusions).order_by(*order)))

        return self._fresh.read("exclusions", read)

    def report_key(self, student_id: str, question_id: str, note: str, time_seconds: float) -> KeyReport:
        """Store a student's report of a wrong key."""
        statement = (
            insert(schema.key_reports)
            .values(
                student_id=student_id,
                question_id=question_id,
                note=note,
                time_seconds=time_seconds,
                resolved=False,
            )
            .returning(schema.key_reports.c.report_id)
        )
        with self._writing() as connection:
            report_id = connection.execute(statement).scalar_one()
        return KeyReport(report_id, student_id, question_id, note, time_seconds, resolved=False)

    def key_reports(self) -> tuple[KeyReport, ...]:
        """All reports, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(select(schema.key_reports).order_by(schema.key_reports.c.report_id))
            return tuple(KeyReport(*row) for row in rows)

    def resolve_key_report(self, report_id: int) -> None:
        """Mark a report as dealt with; see `Store.resolve_key_report`."""
        statement = update(schema.key_reports).where(schema.key_reports.c.report_id == report_id)
        with self._writing() as connection:
            if connection.execute(statement.values(resolved=True)).rowcount == 0:
                raise UserError(f"There is no report {report_id}.", mend="reload the list of reports")

    def contest(
        self,
        student_id: str,
        event_id: str,
        note: str,
        second_right: bool | None,
        time_seconds: float,
        correction: Correction | None = None,
    ) -> Contest:
        """Store a contest, once, with what came of it; see `Store.contest`."""
        wanted = {
            "student_id": student_id,
            "event_id": event_id,
            "note": note,
            "second_right": second_right,
            "time_seconds": time_seconds,
        }
        with self._writing() as connection:
            return contest_rows.contest(connection, wanted, correction)

    def contest_of(self, student_id: str, event_id: str) -> Contest | None:
        """The contest of an answer; None if it is not contested."""
        with self._reading() as connection:
            return contest_rows.find(connection, student_id, event_id)

    def contests(self, student_id: str | None = None) -> tuple[Contest, ...]:
        """All contests, oldest first; of one student if named."""
        with self._reading() as connection:
            return contest_rows.all_of(connection, student_id)

    def correct(self, correction: Correction) -> bool:
        """Let another grade count for an answer; whether it is new."""
        with self._writing() as connection:
            return contest_rows.correct(connection, correction)

    def uphold(self, contest_id: int) -> None:
        """Mark that a teacher lets the grade stand; see `Store.uphold`."""
        with self._writing() as connection:
            contest_rows.uphold(connection, contest_id)

    def keep_turn(self, turn: TutorTurn) -> None:
        """Store a turn, or what has become of it; see `Store.keep_turn`."""
        with self._writing() as connection:
            turn_rows.keep(connection, turn)

    def turn(self, student_id: str, turn_key: str) -> TutorTurn | None:
        """The turn with this key; None if there is none."""
        with self._reading() as connection:
            return turn_rows.find(connection, student_id, turn_key)

    def turns(self, student_id: str, sitting_id: int | None = None) -> tuple[TutorTurn, ...]:
        """A student's turns, oldest first; of one sitting if named."""

        def read() -> tuple[TutorTurn, ...]:
            with self._reading() as connection:
                return turn_rows.all_of(connection, student_id, sitting_id)

        return self._fresh.read(("turns", student_id, sitting_id), read)

    def shown_questions(self, student_id: str, sitting_id: int) -> frozenset[str]:
        """Other questions whose worked answers were shown in the turns of a sitting."""

        def read() -> frozenset[str]:
            with self._reading() as connection:
                return turn_rows.shown(connection, student_id, sitting_id)

        return self._fresh.read(("shown", student_id, sitting_id), read)

    def tokens_of_turns(self) -> tuple[int, int]:
        """Tokens that models have read and written for all stored turns."""
        with self._reading() as connection:
            return turn_rows.tokens(connection)

    def add_persona(
        self, student_id: str, time_seconds: float, up_to_event: str, content: Mapping[str, Any]
    ) -> PersonaVersion:
        """Store the next version of a persona; see `Store.add_persona`."""
        with self._writing() as connection:
            written = json.dumps(content, ensure_ascii=False, allow_nan=False)
            return persona_rows.add(connection, student_id, time_seconds, up_to_event, written)

    def personas(self, student_id: str) -> tuple[PersonaVersion, ...]:
        """All versions of a student's persona, oldest first."""
        with self._reading() as connection:
            return persona_rows.all_of(connection, student_id)

    def persona_up_to(self, student_id: str) -> str:
        """The answer that the newest version of a student's persona rests on; empty if there is none."""
        with self._reading() as connection:
            return persona_rows.newest(connection, student_id)[1]

    def keep_dialogues(self, dialogues: Sequence[StoredDialogue]) -> None:
        """Store dialogues with other tutors, all or none."""
        with self._writing() as connection:
            for dialogue in dialogues:
                dialogue_rows.keep(connection, dialogue)

    def dialogues(self, student_id: str) -> tuple[StoredDialogue, ...]:
        """A student's dialogues with other tutors, by tutor and concept."""
        with self._reading() as connection:
            return dialogue_rows.all_of(connection, student_id)

    def export_student(self, student_id: str) -> dict[str, Any]:
        """Everything stored about a student, ready for JSON: table name → rows."""
        with self._reading() as connection:
            return {
                table.name: [
                    dict(row)
                    for row in connection.execute(select(table).where(table.c.student_id == student_id)).mappings()
                ]
                for table in schema.tables_of_a_student
            }

    def delete_student(self, student_id: str) -> int:
        """Erase everything stored about a student and return how many rows that was."""
        with self._writing() as connection:
            rows = sum(
                connection.execute(delete(table).where(table.c.student_id == student_id)).rowcount
                for table in schema.tables_of_a_student
            )
        cut_log(self._engine)
        return rows

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self._engine, self.path)

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self._engine, self.path)


def _events(connection: Connection, student_id: str, since: int) -> Iterator[tuple[Interaction, int | None]]:
    """Yield a student's interactions in order, each with its sitting, without the first `since`."""
    statement = (
        select(*_GRADED_COLUMNS, schema.events.c.sitting_id)
        .select_from(GRADED)
        .where(schema.events.c.student_id == student_id)
        .order_by(schema.events.c.sequence)
        .offset(since)
    )
    for position, row in enumerate(connection.execute(statement).mappings(), since):
        yield _interaction(row, position), row["sitting_id"]


def _find_event(connection: Connection, student_id: str, event_id: str) -> Interaction | None:
    own = schema.events.c.student_id == student_id
    columns = (*_GRADED_COLUMNS, schema.events.c.sequence)
    statement = select(*columns).select_from(GRADED).where(own, schema.events.c.event_id == event_id)
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    earlier = select(func.count()).select_from(schema.events)
    position = connection.scalar(earlier.where(own, schema.events.c.sequence < row["sequence"]))
    return _interaction(row, position or 0)


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
    own = (schema.sittings.c.sitting_id == sitting_id) & (schema.sittings.c.student_id == student_id)
    if connection.scalar(select(func.count()).select_from(schema.sittings).where(own)) == 0:
        raise UserError(f"Sitting {sitting_id} is not a sitting of {student_id!r}.", mend="open a sitting first")


def _sittings(connection: Connection, student_id: str, *which: ColumnElement[bool]) -> tuple[Sitting, ...]:
    answers = schema.events.c
    statement = (
        select(
            *schema.sittings.c,
            func.count(answers.sequence).label("answered"),
            func.coalesce(func.sum(graded(answers.correct)), 0.0).label("correct"),
        )
        .select_from(schema.sittings.outerjoin(GRADED, schema.sittings.c.sitting_id == answers.sitting_id))
        .where(schema.sittings.c.student_id == student_id, *which)
        .group_by(schema.sittings.c.sitting_id)
        .order_by(schema.sittings.c.sitting_id)
    )
    return tuple(Sitting(**row) for row in connection.execute(statement).mappings())


def _close_open_sitting(connection: Connection, student_id: str, time_seconds: float) -> bool:
    is_open = (schema.sittings.c.student_id == student_id) & schema.sittings.c.closed_seconds.is_(None)
    statement = update(schema.sittings).where(is_open).values(closed_seconds=time_seconds)
    return connection.execute(statement).rowcount > 0

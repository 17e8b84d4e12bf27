"""The store in one SQLite file."""

import json
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select, union, update
from sqlalchemy.dialects.sqlite import insert as upsert

from preceptor.domain import Interaction, UserError
from preceptor.store import answer_rows, contest_rows, dialogue_rows, persona_rows, schema, turn_rows
from preceptor.store.contests import Contest, Correction
from preceptor.store.contract import Exclusion, KeyReport, Pending, Sitting
from preceptor.store.dialogues import StoredDialogue
from preceptor.store.engine import cut_log, open_engine, reading, replacing, writing
from preceptor.store.fresh import Fresh
from preceptor.store.personas import PersonaVersion
from preceptor.store.turns import TutorTurn

# Statements of every turn are built once: to build one takes longer than to run it.
_PENDING = select(*(column for column in schema.pending.c if column.name != "student_id")).where(
    schema.pending.c.student_id == bindparam("student")
)
_NOT_PENDING = delete(schema.pending).where(
    schema.pending.c.student_id == bindparam("student"), schema.pending.c.question_id == bindparam("question")
)
_SET_PENDING = replacing(schema.pending, ("student_id",))
_EXCLUSIONS = select(schema.exclusions).order_by(schema.exclusions.c.time_seconds, schema.exclusions.c.question_id)


T = TypeVar("T")


class _Own(threading.local):
    """The transaction that a thread is in, and whether it has written."""

    connection: Connection | None = None
    wrote = False


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
        self._own = _Own()

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

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that this thread does inside; see `Store.together`."""
        if self._own.connection is not None:
            yield
            return
        with writing(self._engine, self.path) as connection:
            self._own.connection = connection
            try:
                yield
            finally:
                self._own.connection, self._own.wrote = None, False

    def append(self, interaction: Interaction, sitting_id: int | None = None) -> tuple[Interaction, bool]:
        """Store one answer, once; see `Store.append`."""
        with self._writing() as connection:
            stored, new = answer_rows.append(connection, interaction, sitting_id)
            if new:
                answered = {"student": interaction.student_id, "question": interaction.question_id}
                connection.execute(_NOT_PENDING, answered)
        return stored, new

    def event(self, student_id: str, event_id: str) -> Interaction | None:
        """The stored interaction of an idempotency key; None if there is none."""
        with self._reading() as connection:
            return answer_rows.find(connection, student_id, event_id)

    def events(self, student_id: str, sitting_id: int | None = None, since: int = 0) -> tuple[Interaction, ...]:
        """A student's live interactions in order, without the first `since`; of one sitting if named."""
        with self._reading() as connection:
            if sitting_id is not None:
                since = max(since, answer_rows.before_sitting(connection, student_id, sitting_id))
            found = list(answer_rows.all_of(connection, student_id, since))
        return tuple(event for event, sitting in found if sitting_id in (None, sitting))

    def event_count(self, student_id: str) -> int:
        """How many live interactions a student has."""
        with self._reading() as connection:
            return answer_rows.count(connection, student_id)

    def written(self, student_id: str) -> tuple[int, int]:
        """How many live interactions a student has, and how many of them are corrected."""

        def read() -> tuple[int, int]:
            with self._reading() as connection:
                return answer_rows.count(connection, student_id), contest_rows.corrected(connection, student_id)

        return self._read(("written", student_id), read)

    def students(self) -> tuple[str, ...]:
        """Ids of all students with a live answer, a sitting or a display name, sorted."""
        tables = (schema.events, schema.sittings, schema.display_names)
        with self._reading() as connection:
            found = connection.scalars(union(*(select(table.c.student_id) for table in tables)))
            return tuple(sorted(found))

    def open_sitting(self, student_id: str, goal_questions: int, time_seconds: float) -> Sitting:
        """Begin a sitting; one that is still open is closed."""
        with self._writing() as connection:
            answer_rows.close_open_sitting(connection, student_id, time_seconds)
            row = {
                "student_id": student_id,
                "goal_questions": goal_questions,
                "opened_seconds": time_seconds,
            }
            connection.execute(insert(schema.sittings).values(row))
            return answer_rows.sittings(connection, student_id)[-1]

    def current_sitting(self, student_id: str) -> Sitting | None:
        """The student's open sitting; None if there is none."""

        def read() -> Sitting | None:
            with self._reading() as connection:
                return answer_rows.open_sitting(connection, student_id)

        return self._read(("sitting", student_id), read)

    def sittings(self, student_id: str) -> tuple[Sitting, ...]:
        """All sittings of a student, oldest first."""

        def read() -> tuple[Sitting, ...]:
            with self._reading() as connection:
                return answer_rows.sittings(connection, student_id)

        return self._read(("sittings", student_id), read)

    def close_sitting(self, student_id: str, time_seconds: float) -> Sitting | None:
        """End the student's open sitting and return it as it ended; None if none was open."""
        with self._writing() as connection:
            closed = answer_rows.close_open_sitting(connection, student_id, time_seconds)
            return answer_rows.sittings(connection, student_id)[-1] if closed else None

    def set_pending(
        self, student_id: str, question_id: str, why_json: str, time_seconds: float, hints_opened: int = 0
    ) -> None:
        """Remember what is on the student's screen, replacing what was."""
        values = {
            "student_id": student_id,
            "question_id": question_id,
            "why_json": why_json,
            "served_seconds": time_seconds,
            "hints_opened": hints_opened,
        }
        with self._writing() as connection:
            connection.execute(_SET_PENDING, values)

    def pending(self, student_id: str) -> Pending | None:
        """What is on the student's screen; None before the first question and after an answer."""

        def read() -> Pending | None:
            with self._reading() as connection:
                row = connection.execute(_PENDING, {"student": student_id}).first()
            return None if row is None else Pending(*row)

        return self._read(("pending", student_id), read)

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
            with self._reading() as connection:
                return tuple(Exclusion(*row) for row in connection.execute(_EXCLUSIONS))

        return self._read("exclusions", read)

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

        return self._read(("turns", student_id, sitting_id), read)

    def shown_questions(self, student_id: str, sitting_id: int) -> frozenset[str]:
        """Other questions whose worked answers were shown in the turns of a sitting."""

        def read() -> frozenset[str]:
            with self._reading() as connection:
                return turn_rows.shown(connection, student_id, sitting_id)

        return self._read(("shown", student_id, sitting_id), read)

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

    def _read(self, key: Hashable, read: Callable[[], T]) -> T:
        """What was read under this key before, unless somebody wrote since; what is not yet committed is not kept."""
        return read() if self._own.wrote else self._fresh.read(key, read)

    def _reading(self) -> AbstractContextManager[Connection]:
        own = self._own.connection
        return reading(self._engine, self.path) if own is None else nullcontext(own)

    def _writing(self) -> AbstractContextManager[Connection]:
        own = self._own.connection
        if own is None:
            return writing(self._engine, self.path)
        self._own.wrote = True
        return nullcontext(own)

"""Grades that students contest, and what became of them; the answers themselves are never changed."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from preceptor.domain import Interaction, Outcome, UserError
from preceptor.store.schema import contests


@dataclass(frozen=True, slots=True)
class Contest:
    """A contested grade.

    Args:
        contest_id: Identifier given by the store.
        student_id: The student.
        event_id: The answer.
        note: The student's words; may be empty.
        time_seconds: UTC seconds of the objection.
        decided_by: "check" or "teacher"; empty while nobody has decided.
        correct: The credit that the answer has since; None where the grade stands or nobody has decided.
    """

    contest_id: int
    student_id: str
    event_id: str
    note: str
    time_seconds: float
    decided_by: str = ""
    correct: float | None = None

    @property
    def accepted(self) -> bool:
        """Whether the grade was changed."""
        return self.correct is not None


_SHOWN = tuple(column for column in contests.c if column.name != "decided_seconds")


def object_to(connection: Connection, student_id: str, event_id: str, note: str, time_seconds: float) -> Contest:
    """Keep an objection; a second one to the same answer changes nothing."""
    values = {"student_id": student_id, "event_id": event_id, "note": note, "time_seconds": time_seconds}
    connection.execute(upsert(contests).values(values | {"decided_by": ""}).on_conflict_do_nothing())
    own = (contests.c.student_id == student_id) & (contests.c.event_id == event_id)
    return Contest(*connection.execute(select(*_SHOWN).where(own)).one())


def decide(connection: Connection, contest_id: int, correct: float | None, by: str, time_seconds: float) -> None:
    """Decide once; None lets the grade stand."""
    still_open = (contests.c.contest_id == contest_id) & (contests.c.decided_by == "")
    changed = update(contests).where(still_open).values(correct=correct, decided_by=by, decided_seconds=time_seconds)
    if connection.execute(changed).rowcount == 0:
        raise UserError(f"There is no open objection {contest_id}.", mend="reload the list of objections")


def all_of(connection: Connection) -> tuple[Contest, ...]:
    """All objections, oldest first."""
    return tuple(Contest(*row) for row in connection.execute(select(*_SHOWN).order_by(contests.c.contest_id)))


def corrections(connection: Connection, student_id: str) -> dict[str, float]:
    """Credit by the answers of a student whose grade was changed."""
    own = (contests.c.student_id == student_id) & contests.c.correct.is_not(None)
    return {row.event_id: row.correct for row in connection.execute(select(contests).where(own))}


def correction_count(connection: Connection, student_id: str) -> int:
    """How many grades of a student were changed."""
    own = (contests.c.student_id == student_id) & contests.c.correct.is_not(None)
    return int(connection.scalar(select(func.count()).select_from(contests).where(own)) or 0)


def corrected(event: Interaction, granted: dict[str, float]) -> Interaction:
    """An answer with the grade that holds."""
    if event.event_id not in granted:
        return event
    return replace(event, correct=granted[event.event_id], outcome=Outcome.CORRECT)

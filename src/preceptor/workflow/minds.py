"""The minds of a course's students, kept in memory and always equal to a replay of their history."""

import threading
from dataclasses import dataclass, replace

from preceptor.domain import Interaction, Log, UnknownNameError, unknown_name
from preceptor.mind import MindModel, Minds
from preceptor.store import Store, join_history

NEWCOMER = "new"
"""Stands for a student without answers, where an id is asked for; a student who really has this id comes first."""


@dataclass(frozen=True)
class StudentRecord:
    """A student's history and the mind it leads to.

    Args:
        student_id: The student.
        history: Imported, then live interactions.
        mind: The mind after all of them.
        live: How many live interactions it has taken in.
        corrected: How many of them count with a corrected grade.
    """

    student_id: str
    history: tuple[Interaction, ...]
    mind: Minds
    live: int
    corrected: int = 0


class MindCache:
    """Loads a student by replay at first use and advances the mind by one step an answer.

    Args:
        model: The model behind the minds.
        log: The imported log.
        store: The live answers.
    """

    def __init__(self, model: MindModel, log: Log, store: Store) -> None:
        self.model = model
        self._log = log
        self._store = store
        self._records: dict[str, StudentRecord] = {}
        self._lock = threading.RLock()

    def students(self) -> tuple[str, ...]:
        """Ids of all students, imported first, then those known only from live work."""
        return tuple(dict.fromkeys((*self._log.student_ids, *self._store.students())))

    def record(self, student_id: str) -> StudentRecord:
        """A student's history and mind, answers stored by other processes included.

        Raises:
            UserError: If nobody has this id.
        """
        with self._lock:
            known = self._records.get(student_id)
            live, corrected = self._store.written(student_id)
            if known is None or live < known.live or corrected != known.corrected:
                known = self._replayed(student_id)
            elif live > known.live:
                known = self._advanced(known)
            self._records[student_id] = known
            return known

    def newcomer(self) -> StudentRecord:
        """Somebody who has not answered anything yet and is not kept."""
        return StudentRecord(NEWCOMER, (), self.model.replay(()), 0)

    def _advanced(self, record: StudentRecord) -> StudentRecord:
        """Take in what was stored since: one step an answer; answers are only ever appended."""
        new = self._store.events(record.student_id, since=record.live)
        history, mind = list(record.history), record.mind
        known = {event.event_id for event in history}
        for event in new:
            if event.event_id not in known:
                history.append(replace(event, position=len(history)))
                mind = self.model.answer_alike(mind, history[-1])
        return StudentRecord(record.student_id, tuple(history), mind, record.live + len(new), record.corrected)

    def _replayed(self, student_id: str) -> StudentRecord:
        corrected = self._store.written(student_id)[1]  # before the answers: one that comes between shows as new
        live = self._store.events(student_id)
        imported = tuple(self._log.interactions(student_id))
        if not imported and student_id not in self._store.students():
            if not self.students():
                raise _nobody(student_id)
            raise unknown_name("student", student_id, self.students())
        history = join_history(imported, live)
        return StudentRecord(student_id, history, self.model.replay(history), len(live), corrected)


def _nobody(student_id: str) -> UnknownNameError:
    """That a course knows no student at all, and the ways to get some."""
    return UnknownNameError(
        "student",
        f"Unknown student {student_id!r}: nobody has answered a question of this course yet.",
        allowed="students with answers",
        mend=f"`--student {NEWCOMER}` stands for somebody without answers, `preceptor serve COURSE` lets students "
        "begin, `preceptor import FORMAT SOURCE --course COURSE` brings answers, and `preceptor simulate COURSE` makes "
        "some that are marked simulated",
    )

"""The minds of a course's students, kept in memory and always equal to a replay of their history."""

import threading
from dataclasses import dataclass, replace

from preceptor.domain import Interaction, Log, unknown_name
from preceptor.mind import MindModel, Minds
from preceptor.store import Store, join_history


@dataclass(frozen=True)
class StudentRecord:
    """A student's history and the mind it leads to."""

    student_id: str
    history: tuple[Interaction, ...]
    mind: Minds


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
        """A student's history and mind.

        Raises:
            UserError: If nobody has this id.
        """
        with self._lock:
            if student_id not in self._records:
                self._records[student_id] = self._replayed(student_id)
            return self._records[student_id]

    def advance(self, interaction: Interaction) -> StudentRecord:
        """Add one stored answer; an answer already known changes nothing."""
        with self._lock:
            record = self.record(interaction.student_id)
            if any(known.event_id == interaction.event_id for known in reversed(record.history)):
                return record
            added = replace(interaction, position=len(record.history))
            advanced = StudentRecord(
                record.student_id,
                (*record.history, added),
                self.model.answer_one(record.mind, added),
            )
            self._records[record.student_id] = advanced
            return advanced

    def _replayed(self, student_id: str) -> StudentRecord:
        live = self._store.events(student_id)
        imported = tuple(self._log.interactions(student_id))
        if not imported and student_id not in self._store.students():
            raise unknown_name("student", student_id, self.students())
        history = join_history(imported, live)
        return StudentRecord(student_id, history, self.model.replay(history))

"""What words about a student rest on, kept for every student and always equal to a replay of the history."""

import threading

from preceptor.domain import Bank, Interaction
from preceptor.tutor.student_model import StudentModel
from preceptor.workflow.minds import StudentRecord


class Knowing:
    """Replays a student at first use, and takes one step an answer afterwards.

    Args:
        bank: The questions.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._known: dict[str, tuple[tuple[Interaction, ...], StudentModel]] = {}
        self._lock = threading.Lock()

    def of(self, record: StudentRecord) -> StudentModel:
        """What is known after a record's history; where that is not the known one and more, it is replayed.

        A later record's model is this one with the later answers taken in: it is to be read before the next answer.
        """
        with self._lock:
            taken, model = self._known.get(record.student_id, ((), StudentModel(self._bank)))
            if record.history[: len(taken)] != taken:  # something was imported or corrected in between
                taken, model = (), StudentModel(self._bank)
            for event in record.history[len(taken) :]:
                model.observe(event)
            self._known[record.student_id] = (record.history, model)
            return model

"""What every part of a classroom shares."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from preceptor.answers import Worker
from preceptor.course import Course
from preceptor.domain import Bank, Log, Question, unknown_name
from preceptor.store import SqliteStore, Store
from preceptor.workflow.minds import MindCache
from preceptor.workflow.models import TrainedMind, load_trained

STORE_FILE = "students.sqlite"


def askable(bank: Bank, store: Store) -> NDArray[np.bool_]:
    """What may be asked, bool [questions]: what can be checked, has a label and was not excluded."""
    return askable_without(bank, frozenset(exclusion.question_id for exclusion in store.exclusions()))


def askable_without(bank: Bank, excluded: frozenset[str]) -> NDArray[np.bool_]:
    """What can be checked, has a label and is not among those excluded, bool [questions]."""
    served = np.array([q.servable and q.question_id not in excluded for q in bank.questions], dtype=bool)
    return served & bank.q_matrix.labelled


@dataclass(frozen=True)
class Context:
    """An opened course with its students.

    Args:
        course: The folder.
        bank: Its questions.
        log: The imported answers.
        trained: Model and objectives.
        store: Live answers, names, exclusions.
        minds: The students' minds.
        worker: Decides about symbolic answers.
    """

    course: Course
    bank: Bank
    log: Log
    trained: TrainedMind
    store: Store
    minds: MindCache
    worker: Worker

    @classmethod
    def open(cls, path: Path, tracer: str = "") -> Self:
        """Open a course and load what serving needs.

        Args:
            path: The folder.
            tracer: Another model of the course than the chosen one, see `load_trained`.

        Raises:
            UserError: If the folder is no course or a file of it is damaged.
        """
        course = Course.open(path)
        bank, log = course.load_bank(), course.load_log()
        trained = load_trained(course, bank, tracer)
        store = SqliteStore(course.path / STORE_FILE)
        return cls(course, bank, log, trained, store, MindCache(trained.model, log, store), Worker())

    def is_simulated(self, student_id: str) -> bool:
        """Whether a student belongs to a simulated log."""
        return student_id in self._simulated_ids

    @cached_property
    def _simulated_ids(self) -> frozenset[str]:
        return frozenset(self.log.student_ids if self.course.simulated else ())

    def question(self, question_id: str) -> Question:
        """A question by id.

        Raises:
            UserError: If the bank has none with this id.
        """
        found = self.bank.question.get(question_id)
        if found is None:
            raise unknown_name("question", question_id, self.bank.question)
        return found

    def candidates(self) -> NDArray[np.bool_]:
        """What may be asked, bool [questions]."""
        excluded = frozenset(exclusion.question_id for exclusion in self.store.exclusions())
        return self._candidates_without(excluded).copy()

    @cached_property
    def _candidates_without(self) -> Callable[[frozenset[str]], NDArray[np.bool_]]:
        return lru_cache(maxsize=1)(partial(askable_without, self.bank))

    def close(self) -> None:
        """Release the store and end the worker."""
        self.store.close()
        self.worker.close()

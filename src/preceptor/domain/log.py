"""Many interactions as columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain.interaction import Interaction, Outcome


@dataclass(frozen=True)
class Log:
    """Interactions of many students, sorted by (student, position).

    All arrays have one entry a row, except the two that say otherwise.

    Args:
        student_ids: Names behind `student`.
        question_ids: Names behind `question`.
        student: int32, index into `student_ids`, ascending.
        question: int32, index into `question_ids`.
        correct: float32, credit in 0..1.
        time_seconds: float64, UTC seconds; NaN where unknown.
        duration_seconds: float32, NaN where unknown.
        response: object array of str; empty text where unknown.
        event_id: bytes array ("S20"), see `preceptor.domain.event_id`.
        revision: bytes array ("S21"), the question's content revision.
        student_fold: int16 [students], the fold a data set assigns; −1 where it assigns none.
    """

    student_ids: tuple[str, ...]
    question_ids: tuple[str, ...]
    student: NDArray[np.int32]
    question: NDArray[np.int32]
    correct: NDArray[np.float32]
    time_seconds: NDArray[np.float64]
    duration_seconds: NDArray[np.float32]
    response: NDArray[np.object_]
    event_id: NDArray[np.bytes_]
    revision: NDArray[np.bytes_]
    student_fold: NDArray[np.int16]

    @classmethod
    def of(
        cls,
        student_ids: Sequence[str],
        question_ids: Sequence[str],
        *,
        student: NDArray[Any],
        question: NDArray[Any],
        correct: NDArray[Any],
        event_id: NDArray[Any],
        revision: NDArray[Any],
        time_seconds: NDArray[Any] | None = None,
        duration_seconds: NDArray[Any] | None = None,
        response: NDArray[Any] | None = None,
        student_fold: NDArray[Any] | None = None,
    ) -> "Log":
        """Build a log from columns of any numeric type, filling what is unknown."""
        rows = len(student)
        return cls(
            tuple(student_ids),
            tuple(question_ids),
            np.asarray(student, dtype=np.int32),
            np.asarray(question, dtype=np.int32),
            np.asarray(correct, dtype=np.float32),
            np.full(rows, np.nan) if time_seconds is None else np.asarray(time_seconds, dtype=np.float64),
            _unknown(rows) if duration_seconds is None else np.asarray(duration_seconds, dtype=np.float32),
            np.full(rows, "", dtype=object) if response is None else np.asarray(response, dtype=object),
            np.asarray(event_id, dtype="S20"),
            np.asarray(revision, dtype="S21"),
            np.full(len(student_ids), -1, dtype=np.int16)
            if student_fold is None
            else np.asarray(student_fold, dtype=np.int16),
        )

    @classmethod
    def empty(cls) -> "Log":
        """A log without rows."""
        none = np.empty(0)
        return cls.of((), (), student=none, question=none, correct=none, event_id=none, revision=none)

    def __len__(self) -> int:
        return len(self.student)

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """int64 [students + 1]; rows of student i are offsets[i]:offsets[i + 1]."""
        counts = np.bincount(self.student, minlength=len(self.student_ids))
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def position(self) -> NDArray[np.int64]:
        """int64, index of the row in its student's history, from 0."""
        return np.arange(len(self)) - self.offsets[self.student]

    @cached_property
    def student_index(self) -> dict[str, int]:
        """Index of every student id."""
        return {student_id: i for i, student_id in enumerate(self.student_ids)}

    @property
    def timed(self) -> bool:
        """Whether every row has a time."""
        return len(self) > 0 and not bool(np.isnan(self.time_seconds).any())

    def take(self, rows: NDArray[Any]) -> "Log":
        """Keep some rows (mask or ascending indices); names and folds stay, so indices keep their meaning."""
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name in _ROW_COLUMNS}
        return replace(self, **columns)

    def of_students(self, students: Iterable[int]) -> "Log":
        """Keep the rows of some students, by index into `student_ids`."""
        wanted = np.zeros(len(self.student_ids), dtype=bool)
        wanted[list(students)] = True
        return self.take(wanted[self.student])

    def interactions(self, student_id: str) -> Iterator[Interaction]:
        """Yield one student's interactions in order; none for an unknown student."""
        if student_id not in self.student_index:
            return
        index = self.student_index[student_id]
        for row in range(int(self.offsets[index]), int(self.offsets[index + 1])):
            yield self._interaction(row, student_id, row - int(self.offsets[index]))

    def _interaction(self, row: int, student_id: str, position: int) -> Interaction:
        time, duration = float(self.time_seconds[row]), float(self.duration_seconds[row])
        correct = float(self.correct[row])
        return Interaction(
            event_id=self.event_id[row].decode(),
            student_id=student_id,
            question_id=self.question_ids[self.question[row]],
            revision=self.revision[row].decode(),
            correct=correct,
            position=position,
            time_seconds=None if np.isnan(time) else time,
            response=str(self.response[row]),
            duration_seconds=None if np.isnan(duration) else duration,
            outcome=Outcome.CORRECT if correct >= 0.5 else Outcome.WRONG,
        )


_ROW_COLUMNS = frozenset(
    {"student", "question", "correct", "time_seconds", "duration_seconds", "response", "event_id", "revision"}
)


def _unknown(rows: int) -> NDArray[np.float32]:
    return np.full(rows, np.nan, dtype=np.float32)

"""What both sides of a comparison train on: one concept an answer, the same students."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.data import split_by_student
from preceptor.domain import Log, QMatrix, UserError, digest

STUDENTS, CONCEPTS = 16_000, 100
_LOG_MEAN, _LOG_SPREAD, _LONGEST = 3.0, 1.0, 600


@dataclass(frozen=True)
class TracingData:
    """Answers as columns, students in order.

    Args:
        student: int32 [answers], ascending.
        concept: int32 [answers]; the first, where a question has several.
        correct: float32 [answers], 0 or 1.
        side: "train", "valid" or "test" of every student, int8 index into `SIDES`, [students].
        concepts: Number of concepts.
    """

    student: NDArray[np.int32]
    concept: NDArray[np.int32]
    correct: NDArray[np.float32]
    side: NDArray[np.int8]
    concepts: int

    @classmethod
    def of_course(cls, path: Path, seed: int) -> "TracingData":
        """The log of a course, split as `preceptor train` splits it.

        Raises:
            UserError: If there is no such course or it has no log.
        """
        course = Course.open(path)
        log, q_matrix = course.load_log(), course.load_bank().q_matrix
        if not len(log):
            raise UserError(
                f"{path} has no answers to train on.", mend=f"preceptor import FORMAT SOURCE --course {path}"
            )
        split = split_by_student(log, seed)
        side = np.zeros(len(log.student_ids), dtype=np.int8)
        side[split.valid], side[split.test] = 1, 2
        row = np.array([q_matrix.question_index[name] for name in log.question_ids])
        concept = q_matrix.concepts[row, 0][log.question]
        correct = (log.correct >= 0.5).astype(np.float32)
        return cls(log.student, concept, correct, side, len(q_matrix.concept_ids))

    @classmethod
    def made_up(cls, seed: int, students: int = STUDENTS) -> "TracingData":
        """Chance decides all but the lengths, which are spread like those of ASSISTments 2015."""
        rng = np.random.default_rng(seed)
        length = np.clip(rng.lognormal(_LOG_MEAN, _LOG_SPREAD, students), 3, _LONGEST).astype(int)
        student = np.repeat(np.arange(students, dtype=np.int32), length)
        concept = rng.integers(CONCEPTS, size=len(student), dtype=np.int32)
        correct = (rng.random(len(student)) < 0.7).astype(np.float32)
        return cls(student, concept, correct, rng.choice(3, students, p=[0.6, 0.2, 0.2]).astype(np.int8), CONCEPTS)

    def save(self, file: Path) -> None:
        """Write `concepts`, and of every side the columns `SIDE_student`, `SIDE_concept` and `SIDE_correct`."""
        arrays = {}
        for number, side in enumerate(SIDES):
            rows = self.side[self.student] == number
            for name in ("student", "concept", "correct"):
                arrays[f"{side}_{name}"] = getattr(self, name)[rows]
        np.savez(file, allow_pickle=False, concepts=np.array(self.concepts), **arrays)

    @property
    def digest(self) -> str:
        """Hash of all answers and sides."""
        return digest(*(getattr(self, name).tobytes().hex() for name in ("student", "concept", "correct", "side")))

    def context(self, window: int) -> float:
        """Mean number of earlier answers in the window of an answer."""
        first = np.searchsorted(self.student, self.student)
        return float(np.mean((np.arange(len(self.student)) - first) % window))


SIDES = ("train", "valid", "test")


def one_concept_each(concepts: int) -> QMatrix:
    """A Q-matrix with one question for each concept."""
    names = tuple(map(str, range(concepts)))
    index = np.arange(concepts, dtype=np.int32)[:, None]
    return QMatrix(names, names, index, np.full(concepts, np.nan, dtype=np.float32))


def read_side(file: Path, side: str) -> tuple[Log, QMatrix]:
    """One side of what `TracingData.save` wrote, each concept as its own question."""
    with np.load(file) as data:
        student, concept, correct = (data[f"{side}_{name}"] for name in ("student", "concept", "correct"))
        q_matrix = one_concept_each(int(data["concepts"]))
    names, of_student = np.unique(student, return_inverse=True)
    log = Log.of(
        tuple(map(str, names)),
        q_matrix.question_ids,
        student=of_student,
        question=concept,
        correct=correct,
        event_id=np.zeros(len(student), dtype="S20"),
        revision=np.zeros(len(student), dtype="S21"),
    )
    return log, q_matrix

"""Mastery that knows no time: what a forgetting curve is put on top of, and what it has to beat."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from preceptor.domain import Log, QMatrix
from preceptor.evaluate.forgetting_gaps import Gaps
from preceptor.evaluate.logistic import fit_logistic
from preceptor.forgetting.follow import in_step
from preceptor.trace import Tracer, question_rows

LOGISTIC = "logistic"
DEFAULT_MASTERY = "dkt"
"""What `train` trains by default, so that a curve is judged on what students are served by."""
VALID_EVERY = 8
"""Every eighth student of a tracer's part stops its training or chooses its weights."""

QUESTION_WEIGHT = 8.0
"""Answers that the overall accuracy counts for in a question's accuracy."""

STUDENT_RATES = (0.2, 0.05, 0.015)
CONCEPT_RATES = (0.5, 0.2)
"""Shares by which one answer moves the running surprise of a student, and of a student's concept."""

LEVEL_SD, SLOPE_SD = 1.0, 0.15
"""Spread on the logit scale of questions and concepts, and of a concept's own weights of its counts."""


class Mastery(Protocol):
    """A model that is fitted to some students of a log and predicts the answers of all."""

    def __call__(self, students: NDArray[np.int64]) -> NDArray[np.float32]:
        """P(correct) of every row of the log, float32 [rows], fitted to `students` only."""
        ...


class TracerMastery:
    """A tracer that knows no time, trained anew for every set of students.

    Args:
        build: Makes an unfitted tracer.
        log: The answers.
        seed: Seed of its training.
        clock: Monotonic seconds.
    """

    def __init__(self, build: Callable[[], Tracer], log: Log, seed: int, clock: Callable[[], float]) -> None:
        self.build, self.log, self.seed, self.clock = build, log, seed, clock

    def __call__(self, students: NDArray[np.int64]) -> NDArray[np.float32]:
        """See `Mastery`."""
        valid = np.arange(len(students)) % VALID_EVERY == 0
        tracer = self.build()
        parts = (self.log.of_students(students[~valid]), self.log.of_students(students[valid]))
        tracer.fit(*parts, seed=self.seed, clock=self.clock)
        return tracer.score(self.log)


class LogisticMastery:
    """Question difficulty, practice counts and running surprise in one logistic regression.

    logit P = d_q + Σ_c share_c·(β_c + γ_c·ln(1 + right_c) − ρ_c·ln(1 + wrong_c)) + common weights on the means of
    these counts, on the result of the last answer to the same question, and on running surprises: averages of
    answer less the question's accuracy over the student's, and over the student's concept's, last answers at
    several rates. It is performance factors analysis (Pavlik, Cen & Koedinger, 2009) with difficulty and recency by
    order. All weights have a normal prior; questions' accuracies come from the students it is fitted to.

    Args:
        log: The answers.
        q_matrix: Questions and concepts.
        gaps: The same answers with what was practised before them.
    """

    def __init__(self, log: Log, q_matrix: QMatrix, gaps: Gaps) -> None:
        self.log = log
        self.questions, self.question = len(q_matrix.question_ids), question_rows(log, q_matrix)
        concepts = gaps.seen.concepts
        self._rows, self._slots = np.nonzero(concepts >= 0)
        self._concept, self._concepts = concepts[self._rows, self._slots], len(q_matrix.concept_ids)
        self._share = 1.0 / np.maximum((concepts >= 0).sum(axis=1), 1)
        self._fixed, self._sd = self._fixed_columns(gaps)
        self._steps = list(in_step(log.student))

    def __call__(self, students: NDArray[np.int64]) -> NDArray[np.float32]:
        """See `Mastery`."""
        chosen = np.isin(self.log.student, students)
        surprise = self._running(self.log.correct - self._accuracy(chosen)[self.question])
        design = hstack([self._fixed, csr_matrix(surprise)]).tocsr()
        sd = np.concatenate([self._sd, np.full(surprise.shape[1], 4.0)])
        weights = fit_logistic(design[chosen], self.log.correct[chosen], sd)
        return np.asarray(expit(design @ weights), dtype=np.float32)

    def _accuracy(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        credit = np.bincount(self.question[chosen], self.log.correct[chosen], self.questions)
        answers = np.bincount(self.question[chosen], minlength=self.questions)
        overall = float(self.log.correct[chosen].mean())
        return np.asarray((credit + QUESTION_WEIGHT * overall) / (answers + QUESTION_WEIGHT))

    def _fixed_columns(self, gaps: Gaps) -> tuple[csr_matrix, NDArray[np.float64]]:
        """Everything that does not depend on whom the model is fitted to, and the spreads of its weights."""
        rows, seen = np.arange(len(self.log)), gaps.seen
        items = csr_matrix((np.ones(len(rows)), (rows, self.question)), shape=(len(rows), self.questions))
        wrong = np.maximum(seen.attempts - seen.credit, 0)
        right_counts, wrong_counts = np.log1p(seen.credit), np.log1p(wrong)
        by_concept = [self._by_concept(v) for v in (np.ones_like(right_counts), right_counts, wrong_counts)]
        before = last_result(self.log.student, self.question, self.log.correct)
        new = np.isnan(gaps.days)
        few = [np.ones(len(rows)), new, gaps.average["right"], gaps.average["wrong"], before > 0, before < 0]
        sd = [LEVEL_SD] * (self.questions + self._concepts) + [SLOPE_SD] * (2 * self._concepts) + [LEVEL_SD] * len(few)
        return hstack([items, *by_concept, csr_matrix(np.column_stack(few))]).tocsr(), np.array(sd)

    def _by_concept(self, values: NDArray[np.float32]) -> csr_matrix:
        entries = values[self._rows, self._slots] * self._share[self._rows]
        return csr_matrix((entries, (self._rows, self._concept)), shape=(len(self.log), self._concepts))

    def _running(self, surprise: NDArray[np.float64]) -> NDArray[np.float64]:
        """Running surprises before every row: of the student at each rate and overall, of the concepts at each rate."""
        students = len(self.log.student_ids)
        own, total = np.zeros((students, len(STUDENT_RATES))), np.zeros((students, 2))
        concept = np.zeros((students, self._concepts + 1, len(CONCEPT_RATES)))  # the last column takes the padding
        table = np.full((len(self.log), int(self._slots.max(initial=0)) + 1), -1)
        table[self._rows, self._slots] = self._concept
        columns = np.zeros((len(self.log), len(STUDENT_RATES) + 1 + len(CONCEPT_RATES)))
        for rows in self._steps:
            who, e, cells = self.log.student[rows], surprise[rows], table[rows]
            known, real = concept[who[:, None], cells], (cells >= 0)[..., None]
            mean = (known * real).sum(axis=1) * self._share[rows][:, None]
            columns[rows] = np.column_stack([own[who], total[who, 0] / (total[who, 1] + 5), mean])
            own[who] += np.array(STUDENT_RATES) * (e[:, None] - own[who])
            total[who] += np.column_stack([e, np.ones(len(rows))])
            concept[who[:, None], cells] = known + np.array(CONCEPT_RATES) * (e[:, None, None] - known)
        return columns


def last_result(
    student: NDArray[np.int32], question: NDArray[np.int64], correct: NDArray[np.float32]
) -> NDArray[np.int64]:
    """How the student's last answer to the same question ended: 1 right, −1 wrong, 0 if there was none.

    Args:
        student: int32 [rows], ascending.
        question: int64 [rows].
        correct: float32 [rows], credit; one half and more is right.
    """
    order = np.lexsort((np.arange(len(student)), question, student))
    same = (student[order][1:] == student[order][:-1]) & (question[order][1:] == question[order][:-1])
    result = np.zeros(len(student), dtype=np.int64)
    result[order[1:]] = np.where(same, np.where(correct[order][:-1] >= 0.5, 1, -1), 0)
    return result

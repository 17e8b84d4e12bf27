"""The contract of families that a tutor can teach: a turn reaches the student as typed acts and as nothing else."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from preceptor.simulate.acts import NOTHING, Acts
from preceptor.simulate.family import LatentFamily
from preceptor.simulate.lesson import Lesson, times
from preceptor.simulate.state import LatentStudents
from preceptor.simulate.tables import PADDING
from preceptor.simulate.taught_parameters import TaughtParameters

S = TypeVar("S", bound=LatentStudents)
T = TypeVar("T", bound=TaughtParameters)


@dataclass(frozen=True)
class Drawn:
    """What every family draws for n new students; C concepts.

    Args:
        grade: int64 [n].
        ability: float64 [n], logit.
        rate: float64 [n].
        slip: float64 [n].
        level: float64 [n, C], logit, without ability.
        noise: float64 [n, wanted], standard normal numbers of the family's own.
    """

    grade: NDArray[np.int64]
    ability: NDArray[np.float64]
    rate: NDArray[np.float64]
    slip: NDArray[np.float64]
    level: NDArray[np.float64]
    noise: NDArray[np.float64]


class TaughtFamily(LatentFamily[S, T]):
    """Students whom a tutor's turns teach, by their acts and the latent state alone.

    - Answering teaches by retrieval: most near `best_p`, less with each open hint, not at all where the answer was
      given away. A wrong answer teaches only who is told that it is wrong.
    - A correct explanation teaches the concepts that it is about and no others.
    - Where the student is told the opposite of the truth, the turn teaches nothing.
    - A right answer lengthens memory by as much as had faded (spacing).
    """

    misled: ClassVar[bool] = False
    """Whether misconceptions lead these students to wrong answers; else any wrong answer is as likely as another."""

    @abstractmethod
    def _recall(
        self, state: S, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Recall of pairs of students and concepts; the three arrays are broadcast against each other."""

    @abstractmethod
    def _taught(self, state: S, lesson: Lesson) -> S:
        """A copy after the lesson; `practices` and `last_practice_seconds` are written here."""

    def active_misconception(
        self, state: S, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.int64]:
        """The misconception that is most likely behind a wrong answer to each question, int64 [n]; −1 for none."""
        return np.full(len(state), NOTHING, dtype=np.int64)

    def cause(
        self, state: S, questions: NDArray[Any], at_seconds: NDArray[Any] | float, uniform2: NDArray[Any]
    ) -> NDArray[np.int64]:
        """The misconception that led to a wrong answer of `respond` with the same numbers, int64 [n]; −1 for none.

        Args:
            state: n students.
            questions: [n], question indices.
            at_seconds: One time, or one a student [n].
            uniform2: [n], as in `respond`.
        """
        return np.full(len(state), NOTHING, dtype=np.int64)

    def recall(self, state: S, concepts: NDArray[Any] | None, at_seconds: NDArray[Any] | float) -> NDArray[np.float64]:
        """P(success) on a concept's typical open question, float64 [n, concepts]."""
        columns = np.arange(len(self.bank.concepts)) if concepts is None else np.asarray(concepts)
        return self._recall(state, np.arange(len(state))[:, None], columns, times(at_seconds, len(state))[:, None])

    def learn(
        self,
        state: S,
        questions: NDArray[Any],
        correct: NDArray[Any],
        acts: Acts,
        at_seconds: NDArray[Any] | float,
    ) -> S:
        """Learn from one turn.

        Args:
            state: n students.
            questions: int [n], the questions that were answered; −1 where none was, and `correct` is not read.
            correct: [n], whether each answer was right.
            acts: What the tutor did, n turns.
            at_seconds: One time, or one a student [n].

        Returns:
            The state after it. Recall of no concept is lower than before, now or at any later time, and where the
            acts bring nothing the student is the same, bit for bit.
        """
        return self._taught(state, self._lesson(state, np.asarray(questions), np.asarray(correct), acts, at_seconds))

    def practise(self, state: S, questions: NDArray[Any], correct: NDArray[Any], at_seconds: NDArray[Any] | float) -> S:
        """`learn` with `shown_solution`."""
        return self.learn(state, questions, correct, self.shown_solution(state, questions, at_seconds), at_seconds)

    def shown_solution(self, state: S, questions: NDArray[Any], at_seconds: NDArray[Any] | float) -> Acts:
        """The acts of judging an answer and showing the full solution afterwards.

        The student's misconception is put right and the question's first concept is explained in full.
        """
        asked, acts = np.asarray(questions), Acts.none(len(state), len(self.bank.concepts))
        acts.verdict[:] = 1
        acts.misconception[:] = self.active_misconception(state, asked, at_seconds)
        first = self.questions.concepts[asked, 0]
        some = np.flatnonzero(first != PADDING)
        acts.explained[some, first[some]] = 1.0
        return acts

    def _lesson(
        self,
        state: S,
        questions: NDArray[Any],
        correct: NDArray[Any],
        acts: Acts,
        at_seconds: NDArray[Any] | float,
    ) -> Lesson:
        own, at = self.parameters, times(at_seconds, len(state))
        success, failure = self._effort(questions, correct, acts)
        tried = success + failure > 0
        asked = np.zeros(acts.explained.shape, dtype=bool)
        for concepts in self.questions.concepts[questions].T:
            some = np.flatnonzero(tried & (concepts != PADDING))
            asked[some, concepts[some]] = True
        explained = np.where((acts.verdict >= 0)[:, None], acts.explained, 0.0)
        rows, columns = np.nonzero(asked | (explained > 0))
        bell = self._bell(state, questions, at)[rows]
        answer, full, told = asked[rows, columns], success[rows], failure[rows]
        words = explained[rows, columns]
        return Lesson(
            rows=rows,
            concepts=columns,
            at_seconds=at[rows],
            questions=questions[rows],
            answered=np.where(answer, bell * (full + own.failure_gain * told), 0.0),
            explained=own.explanation_gain * words,
            rate=self._rate(state)[rows] * self._readiness(state, rows, columns, at[rows]),
            refreshed=1 - (1 - np.where(answer, full + own.relearning * told, 0.0)) * (1 - own.relearning * words),
            success=np.where(answer, full, 0.0),
        )

    def _effort(
        self, questions: NDArray[Any], correct: NDArray[Any], acts: Acts
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Unaided part of each right answer, and of each wrong one that the student was told of; float64 [n], 0..1."""
        tried = (questions != NOTHING) & ~acts.told & (acts.verdict >= 0)
        right = np.asarray(correct, dtype=bool)
        effort = np.where(tried, self.parameters.hint_share ** np.asarray(acts.hints, dtype=np.float64), 0.0)
        return np.where(right, effort, 0.0), np.where(~right & (acts.verdict == 1), effort, 0.0)

    def _bell(self, state: S, questions: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """How near each question is to the best difficulty, 0..1, float64 [n]; of no meaning without a question."""
        gap = (self._known(state, questions, at_seconds) - self.parameters.best_p) / self.parameters.best_p_width
        return np.exp(-(gap**2) / 2)

    def _together(
        self, state: S, questions: NDArray[Any], at_seconds: NDArray[Any] | float, parts_growth: float
    ) -> NDArray[np.float64]:
        """P(all parts of all concepts that each question needs are known): Π_c recall_c ^ exp(growth·difficulty)."""
        concepts = self.questions.concepts[questions]
        rows, at = np.arange(len(state))[:, None], times(at_seconds, len(state))[:, None]
        recall = self._recall(state, rows, np.maximum(concepts, 0), at)
        known: NDArray[np.float64] = np.where(concepts == PADDING, 1.0, recall).prod(axis=1)
        return np.asarray(known ** np.exp(parts_growth * self.questions.difficulty[questions]))

    def _rate(self, state: S) -> NDArray[np.float64]:
        """Each student's learning rate, float64 [n]."""
        rate: NDArray[np.float64] = state.learning_rate  # type: ignore[attr-defined]
        return rate

    def _readiness(
        self, state: S, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Share of the gain that the weakest prerequisite leaves, float64 [K]; 1 without prerequisites."""
        before, floor = self.concepts.prerequisites[concepts], self.parameters.readiness_floor
        recall = self._recall(state, rows[:, None], np.maximum(before, 0), at_seconds[:, None])
        weakest: NDArray[np.float64] = np.where(before == PADDING, 1.0, recall).min(axis=1)
        return floor + (1 - floor) * weakest

    def _drawn(self, n: int, rng: np.random.Generator, wanted: int) -> Drawn:
        """Draw what every family draws, and `wanted` further numbers a student."""
        own, count = self.parameters, len(self.bank.concepts)
        noise = rng.standard_normal((n, 4 + count + wanted))
        grade = self.concepts.drawn_grades(noise[:, 0])
        surplus = self.concepts.inherited(own.initial_sd * noise[:, 4 : 4 + count], own.inheritance)
        ahead = grade[:, None] - self.concepts.grade
        return Drawn(
            grade=grade,
            ability=own.ability_sd * noise[:, 1],
            rate=np.minimum(
                own.learning_rate * np.exp(own.learning_rate_log_sd * noise[:, 2]), own.learning_rate_maximum
            ),
            slip=np.minimum(own.slip_median * np.exp(own.slip_log_sd * noise[:, 3]), own.slip_maximum),
            level=own.base_logit + own.concept_sd * self.concepts.offset + own.grade_slope_logit * ahead + surplus,
            noise=noise[:, 4 + count :],
        )

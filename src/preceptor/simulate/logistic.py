"""The logistic family of latent minds: graded skills whose learned part fades with a power of time."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.simulate.family import sigmoid
from preceptor.simulate.lesson import Lesson, days_since, strengthened, studied, times
from preceptor.simulate.state import LatentStudents
from preceptor.simulate.tables import PADDING
from preceptor.simulate.taught import TaughtFamily
from preceptor.simulate.taught_parameters import TaughtParameters

NINE_TENTHS = 9.0
"""(1 + t/(9·S))⁻¹ is nine tenths after t = S days."""


@dataclass(frozen=True, slots=True)
class LogisticParameters(TaughtParameters):
    """Parameters of students with graded skills that fade with a power of time.

    Args:
        ceiling_logit: Logit. Skill that practice approaches and never passes.
        reach_logit: Logit. Distances to the ceiling count up to here: who starts far below does not leap.
        strength_median_days: Days. After first learning nine tenths of what was learned are left after this time.
        strength_log_sd: Log units. Spread of it between students and concepts.
        strength_maximum_days: Days. It never grows beyond this.
        strength_growth: Factor. Most that one right answer adds to the strength relative to its old value; reached
            when everything learned had faded (spacing effect).
    """

    base_logit: float = 1.08
    ability_sd: float = 1.47
    concept_sd: float = 1.23
    initial_sd: float = 2.09
    slip_median: float = 0.0958
    learning_rate: float = 0.0648
    learning_rate_log_sd: float = 2.0
    ceiling_logit: float = 3.0
    reach_logit: float = 3.0
    strength_median_days: float = 0.327
    strength_log_sd: float = 0.5
    strength_maximum_days: float = 240.0
    strength_growth: float = 2.0


@dataclass(frozen=True)
class LogisticState(LatentStudents):
    """n students with graded skills; C concepts. `practices` counts answers and explanations.

    Args:
        ability: float64 [n], logit added on every concept.
        learning_rate: float64 [n], gain relative to the distance to the ceiling.
        durable: float64 [n, C], logit; what was known before the course, which never fades.
        learned: float64 [n, C], logit, at least 0; what was learned since, as of the last practice.
        strength_days: float64 [n, C].
    """

    ability: NDArray[np.float64]
    learning_rate: NDArray[np.float64]
    durable: NDArray[np.float64]
    learned: NDArray[np.float64]
    strength_days: NDArray[np.float64]


class LogisticMind(TaughtFamily[LogisticState, LogisticParameters]):
    """Students with graded skills; any wrong answer is as likely as any other."""

    name: ClassVar[str] = "logistic"
    state_class: ClassVar[type[LogisticState]] = LogisticState
    parameters_class: ClassVar[type[LogisticParameters]] = LogisticParameters

    def initial(self, n: int, rng: np.random.Generator) -> LogisticState:
        """Draw abilities, levels, rates, slips and strengths; nothing has been learned in the course."""
        own, count = self.parameters, len(self.bank.concepts)
        drawn = self._drawn(n, rng, count)
        strength = own.strength_median_days * np.exp(own.strength_log_sd * drawn.noise)
        return LogisticState(
            grade=drawn.grade,
            slip=drawn.slip,
            last_practice_seconds=np.zeros((n, count)),
            practices=np.zeros((n, count), dtype=np.int64),
            ability=drawn.ability,
            learning_rate=drawn.rate,
            durable=np.minimum(drawn.level, own.ceiling_logit),
            learned=np.zeros((n, count)),
            strength_days=np.minimum(strength, own.strength_maximum_days),
        )

    def _recall(
        self, state: LogisticState, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[Any]
    ) -> NDArray[np.float64]:
        """σ(ability + durable + learned·(1 + t/(9·strength))⁻¹)."""
        return sigmoid(self._logit(state, rows, concepts, at_seconds))

    def _taught(self, state: LogisticState, lesson: Lesson) -> LogisticState:
        own, cell = self.parameters, (lesson.rows, lesson.concepts)
        learned, strength = state.learned.copy(), state.strength_days.copy()
        rest = np.clip(own.ceiling_logit - state.durable[cell] - learned[cell], 0, own.reach_logit)
        spacing = lesson.success * (1 - self._left(state, *cell, lesson.at_seconds))
        learned[cell] += lesson.gain * rest
        strength[cell] = strengthened(strength[cell], spacing, own.strength_growth, own.strength_maximum_days)
        last, practices = studied(state, lesson)
        return replace(state, learned=learned, strength_days=strength, last_practice_seconds=last, practices=practices)

    def _known(
        self, state: LogisticState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """The weakest concept at that time decides, less the question's difficulty."""
        concepts = self.questions.concepts[questions]
        at = times(at_seconds, len(state))[:, None]
        logit = self._logit(state, np.arange(len(state))[:, None], np.maximum(concepts, 0), at)
        weakest = np.where(concepts == PADDING, np.inf, logit).min(axis=1)
        return sigmoid(weakest - self.questions.difficulty[questions])

    def _logit(
        self, state: LogisticState, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[Any]
    ) -> NDArray[np.float64]:
        faded = state.learned[rows, concepts] * self._left(state, rows, concepts, at_seconds)
        return state.ability[rows] + state.durable[rows, concepts] + faded

    def _left(
        self, state: LogisticState, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[Any]
    ) -> NDArray[np.float64]:
        """(1 + t/(9·strength))⁻¹ with t days since the last practice; its hazard falls with time."""
        cell = (rows, concepts)
        days = days_since(state.last_practice_seconds[cell], state.practices[cell] > 0, at_seconds)
        return 1 / (1 + days / (NINE_TENTHS * state.strength_days[cell]))

"""The two-state family of latent minds: each part of a concept is known or not, and is lost suddenly.

Bayesian knowledge tracing's learner (Corbett & Anderson, 1995) over many small parts, as in the all-or-none family;
what was learned survives by a Weibull law of shape 2, flat at first and then steep, which no curve of the product
can take.
"""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.simulate.family import sigmoid
from preceptor.simulate.lesson import Lesson, days_since, strengthened, studied
from preceptor.simulate.state import KnownState
from preceptor.simulate.taught import TaughtFamily
from preceptor.simulate.taught_parameters import TaughtParameters


@dataclass(frozen=True, slots=True)
class TwoStateParameters(TaughtParameters):
    """Parameters of students who know or do not know each part of a concept.

    Args:
        parts_growth: 1/logit. A question of difficulty b needs exp(parts_growth·b) parts of each concept at once.
        scale_median_days: Days. After first learning 37 % is still known after this time, 78 % after half of it.
        scale_log_sd: Log units. Spread of it between students and concepts.
        scale_maximum_days: Days. It never grows beyond this.
        scale_growth: Factor. Most that one right answer adds to the scale relative to its old value; reached when
            everything learned had been lost (spacing effect).
    """

    base_logit: float = 1.96
    ability_sd: float = 2.59
    concept_sd: float = 0.241
    initial_sd: float = 2.38
    slip_median: float = 0.138
    learning_rate: float = 0.025
    learning_rate_log_sd: float = 2.0
    parts_growth: float = 0.5
    scale_median_days: float = 1.47
    scale_log_sd: float = 0.4
    scale_maximum_days: float = 180.0
    scale_growth: float = 3.0


class TwoStateMind(TaughtFamily[KnownState, TwoStateParameters]):
    """Students who know or do not know each part of a concept; any wrong answer is as likely as any other."""

    name: ClassVar[str] = "two-state"
    state_class: ClassVar[type[KnownState]] = KnownState
    parameters_class: ClassVar[type[TwoStateParameters]] = TwoStateParameters

    def initial(self, n: int, rng: np.random.Generator) -> KnownState:
        """Draw what is kept from before the course, rates, slips and scales; nothing has been learned in it."""
        own, count = self.parameters, len(self.bank.concepts)
        drawn = self._drawn(n, rng, count)
        scale = own.scale_median_days * np.exp(own.scale_log_sd * drawn.noise)
        return KnownState(
            grade=drawn.grade,
            slip=drawn.slip,
            last_practice_seconds=np.zeros((n, count)),
            practices=np.zeros((n, count), dtype=np.int64),
            learning_rate=drawn.rate,
            kept=sigmoid(drawn.level + drawn.ability[:, None]),
            learned=np.zeros((n, count)),
            scale_days=np.minimum(scale, own.scale_maximum_days),
        )

    def _recall(
        self, state: KnownState, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[Any]
    ) -> NDArray[np.float64]:
        """P(a part is known) = kept + (1 − kept)·learned·exp(−(t/scale)²)."""
        kept = state.kept[rows, concepts]
        return kept + (1 - kept) * state.learned[rows, concepts] * self._left(state, rows, concepts, at_seconds)

    def _taught(self, state: KnownState, lesson: Lesson) -> KnownState:
        own, cell = self.parameters, (lesson.rows, lesson.concepts)
        learned, scale = state.learned.copy(), state.scale_days.copy()
        spacing = lesson.success * (1 - self._left(state, *cell, lesson.at_seconds))
        learned[cell] += lesson.gain * (1 - learned[cell])
        scale[cell] = strengthened(scale[cell], spacing, own.scale_growth, own.scale_maximum_days)
        last, practices = studied(state, lesson)
        return replace(state, learned=learned, scale_days=scale, last_practice_seconds=last, practices=practices)

    def _known(
        self, state: KnownState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """Every part that the question needs has to be known: Π_c recall_c ^ exp(parts_growth·difficulty)."""
        return self._together(state, questions, at_seconds, self.parameters.parts_growth)

    def _left(
        self, state: KnownState, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[Any]
    ) -> NDArray[np.float64]:
        """exp(−(t/scale)²) with t days since the last practice; its hazard rises with time."""
        cell = (rows, concepts)
        days = days_since(state.last_practice_seconds[cell], state.practices[cell] > 0, at_seconds)
        return np.asarray(np.exp(-((days / state.scale_days[cell]) ** 2)))

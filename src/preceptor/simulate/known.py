"""The all-or-none family of latent minds: each part of a concept is known or not, and is lost suddenly.

Bayesian knowledge tracing's learner (Corbett & Anderson, 1995) with the many small parts of stimulus sampling (Estes,
1950): a state holds shares of parts, which are the probabilities that a part is known. What was learned survives by
a Weibull law of shape 2, flat at first and then steep, which none of the product's curves can take.
"""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.simulate.family import LatentFamily, elapsed_days, sigmoid
from preceptor.simulate.parameters import KnownParameters
from preceptor.simulate.state import KnownState
from preceptor.simulate.tables import PADDING


class KnownMind(LatentFamily[KnownState, KnownParameters]):
    """Students who know or do not know each part of a concept; any wrong answer is as likely as any other."""

    name: ClassVar[str] = "all-or-none"
    state_class: ClassVar[type[KnownState]] = KnownState
    parameters_class: ClassVar[type[KnownParameters]] = KnownParameters

    def initial(self, n: int, rng: np.random.Generator) -> KnownState:
        """Draw what is kept from before the course, rates, slips and scales; nothing has been learned in it."""
        own, count = self.parameters, len(self.bank.concepts)
        noise = rng.standard_normal((n, 4 + 2 * count))
        grade = self.concepts.drawn_grades(noise[:, 0])
        surplus = self.concepts.inherited(own.initial_sd * noise[:, 4 : 4 + count], own.inheritance)
        logit = own.base_logit + own.ability_sd * noise[:, [1]] + own.concept_sd * self.concepts.offset + surplus
        logit = logit - own.grade_slope_logit * (self.concepts.grade - grade[:, None])
        rate = own.learning_rate * np.exp(own.learning_rate_log_sd * noise[:, 2])
        slip = own.slip_median * np.exp(own.slip_log_sd * noise[:, 3])
        scale = own.scale_median_days * np.exp(own.scale_log_sd * noise[:, 4 + count :])
        return KnownState(
            grade=grade,
            slip=np.minimum(slip, own.slip_maximum),
            last_practice_seconds=np.zeros((n, count)),
            practices=np.zeros((n, count), dtype=np.int64),
            learning_rate=np.minimum(rate, own.learning_rate_maximum),
            kept=sigmoid(logit),
            learned=np.zeros((n, count)),
            scale_days=np.minimum(scale, own.scale_maximum_days),
        )

    def recall(
        self, state: KnownState, concepts: NDArray[Any] | None, at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """P(a part is known) = kept + (1 − kept)·learned·exp(−(elapsed / scale)²)."""
        columns = np.arange(len(self.bank.concepts)) if concepts is None else np.asarray(concepts)
        return self._recall(state, np.tile(columns, (len(state), 1)), at_seconds)

    def practise(
        self, state: KnownState, questions: NDArray[Any], correct: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> KnownState:
        """Bring back what was lost, make new parts known, and lengthen the scale where a spaced answer was right."""
        right = np.asarray(correct, dtype=bool)
        at = np.broadcast_to(np.asarray(at_seconds, dtype=np.float64), len(state))
        after = replace(
            state,
            learned=state.learned.copy(),
            scale_days=state.scale_days.copy(),
            last_practice_seconds=state.last_practice_seconds.copy(),
            practices=state.practices.copy(),
        )
        for concepts in self.questions.concepts[questions].T:
            rows = np.flatnonzero(concepts != PADDING)
            self._learn(state, after, rows, concepts[rows], right[rows], at[rows])
        return after

    def _learn(
        self,
        before: KnownState,
        after: KnownState,
        rows: NDArray[np.int64],
        concepts: NDArray[np.int64],
        right: NDArray[np.bool_],
        at_seconds: NDArray[np.float64],
    ) -> None:
        """Write the effect of one answer on one concept of each student into `after`."""
        own, cell = self.parameters, (rows, concepts)
        learned, scale = before.learned[cell], before.scale_days[cell]
        survived = _survival(before.last_practice_seconds[cell], at_seconds, scale)
        prerequisites = self.concepts.prerequisites[concepts]
        ready = self._all_known(before.take(rows), prerequisites, at_seconds, np.ones(len(rows)))
        gain = before.learning_rate[rows] * (own.readiness_floor + (1 - own.readiness_floor) * ready)
        after.learned[cell] = learned * (survived + own.savings * (1 - survived)) + gain * (1 - learned)
        spacing = np.where(right & (before.practices[cell] > 0), 1 - survived, 0.0)
        after.scale_days[cell] = np.minimum(scale * (1 + own.scale_growth * spacing), own.scale_maximum_days)
        after.last_practice_seconds[cell] = np.maximum(before.last_practice_seconds[cell], at_seconds)
        after.practices[cell] += 1

    def _known(
        self, state: KnownState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """Every part that the question needs has to be known: Π_c recall_c ^ exp(parts_growth · difficulty)."""
        parts = np.exp(self.parameters.parts_growth * self.questions.difficulty[questions])
        return self._all_known(state, self.questions.concepts[questions], at_seconds, parts)

    def _all_known(
        self,
        state: KnownState,
        concepts: NDArray[np.int64],
        at_seconds: NDArray[Any] | float,
        parts: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """P(`parts` parts of each concept [n, k] are known), float64 [n]; 1 without concepts."""
        recall = self._recall(state, np.maximum(concepts, 0), at_seconds)
        together: NDArray[np.float64] = np.where(concepts == PADDING, 1.0, recall).prod(axis=1) ** parts
        return together

    def _recall(
        self, state: KnownState, concepts: NDArray[np.int64], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """P(a part is known) of concepts [n, k], each student's own."""
        cell = (np.arange(len(state))[:, None], concepts)
        at = np.asarray(at_seconds, dtype=np.float64).reshape(-1, 1)
        survived = _survival(state.last_practice_seconds[cell], at, state.scale_days[cell])
        kept = state.kept[cell]
        return np.asarray(kept + (1 - kept) * state.learned[cell] * survived)


def _survival(
    last_practice_seconds: NDArray[np.float64], at_seconds: NDArray[np.float64], scale_days: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weibull survival of shape 2: exp(−(elapsed / scale)²)."""
    return np.exp(-((elapsed_days(last_practice_seconds, at_seconds) / scale_days) ** 2))

"""The graded family of latent minds: skills on the logit scale that fade exponentially towards a durable part."""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.simulate.family import LatentFamily, elapsed_days, sigmoid
from preceptor.simulate.parameters import LatentParameters
from preceptor.simulate.state import LatentState
from preceptor.simulate.tables import PADDING


class LatentMind(LatentFamily[LatentState, LatentParameters]):
    """Students with graded skills, misconceptions and a durable part that grows with spaced success."""

    name: ClassVar[str] = "graded"
    state_class: ClassVar[type[LatentState]] = LatentState
    parameters_class: ClassVar[type[LatentParameters]] = LatentParameters

    def initial(self, n: int, rng: np.random.Generator) -> LatentState:
        """Draw abilities, skills, strengths, rates, slips and misconceptions; every skill is durable at first."""
        own, count, named = self.parameters, len(self.bank.concepts), len(self.bank.misconceptions)
        noise = rng.standard_normal((n, 4 + 2 * count + named))
        grade = self.concepts.drawn_grades(noise[:, 0])
        surplus = self.concepts.inherited(own.initial_sd * noise[:, 4 : 4 + count], own.inheritance)
        skill = own.base_logit + own.concept_sd * self.concepts.offset + surplus
        skill = skill - own.grade_slope_logit * (self.concepts.grade - grade[:, None])
        skill = np.minimum(skill, own.ceiling_logit)
        strength = own.strength_median_days * np.exp(own.strength_log_sd * noise[:, 4 + count : 4 + 2 * count])
        rate = own.learning_rate * np.exp(own.learning_rate_log_sd * noise[:, 2])
        slip = own.slip_median * np.exp(own.slip_log_sd * noise[:, 3])
        return LatentState(
            ability=own.ability_sd * noise[:, 1],
            learning_rate=np.minimum(rate, own.learning_rate_maximum),
            slip=np.minimum(slip, own.slip_maximum),
            grade=grade,
            skill=skill,
            durable=skill.copy(),
            strength_days=np.minimum(strength, own.strength_maximum_days),
            last_practice_seconds=np.zeros((n, count)),
            practices=np.zeros((n, count), dtype=np.int64),
            misconception=self._misconceptions(noise[:, 4 + 2 * count :], surplus),
        )

    def recall(
        self, state: LatentState, concepts: NDArray[Any] | None, at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """Recall = σ(ability + durable + (skill − durable)·exp(−elapsed / strength))."""
        columns = np.arange(len(self.bank.concepts)) if concepts is None else np.asarray(concepts)
        return sigmoid(self._logit(state, np.tile(columns, (len(state), 1)), at_seconds))

    def practise(
        self, state: LatentState, questions: NDArray[Any], correct: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> LatentState:
        """Relearn, gain, consolidate and strengthen, and correct the question's misconceptions."""
        right, own = np.asarray(correct, dtype=bool), self.parameters
        at = np.broadcast_to(np.asarray(at_seconds, dtype=np.float64), len(state))
        gap = (self._known(state, questions, at) - own.best_p) / own.best_p_width
        base_gain = state.learning_rate * np.where(right, 1, own.failure_gain) * np.exp(-(gap**2) / 2)
        after = replace(
            state,
            skill=state.skill.copy(),
            durable=state.durable.copy(),
            strength_days=state.strength_days.copy(),
            last_practice_seconds=state.last_practice_seconds.copy(),
            practices=state.practices.copy(),
            misconception=self._corrected(state, questions, right),
        )
        for slot, concepts in enumerate(self.questions.concepts[questions].T):
            rows = np.flatnonzero(concepts != PADDING)
            share = 1.0 if slot == 0 else own.secondary_share
            self._learn(state, after, rows, concepts[rows], right[rows], at[rows], share * base_gain[rows])
        return after

    def _learn(
        self,
        before: LatentState,
        after: LatentState,
        rows: NDArray[np.int64],
        concepts: NDArray[np.int64],
        right: NDArray[np.bool_],
        at_seconds: NDArray[np.float64],
        gain: NDArray[np.float64],
    ) -> None:
        """Write the effect of one answer on one concept of each student into `after`."""
        own, cell = self.parameters, (rows, concepts)
        skill, durable, strength = before.skill[cell], before.durable[cell], before.strength_days[cell]
        left = np.exp(-elapsed_days(before.last_practice_seconds[cell], at_seconds) / strength)
        spacing = np.where(before.practices[cell] > 0, 1 - left, 0.0)
        faded = (skill - durable) * (1 - left)
        restored = skill - np.where(right, 0.0, 1 - own.relearning) * faded
        readiness = own.readiness_floor + (1 - own.readiness_floor) * self._readiness(
            before.take(rows), concepts, at_seconds
        )
        learned = restored + gain * readiness * np.clip(own.ceiling_logit - restored, 0, own.reach_logit)
        consolidated = own.consolidation * np.where(right, spacing, 0.0) * (learned - durable)
        growth = np.where(right, own.massed_growth + own.strength_growth * spacing, 0.0)
        after.skill[cell] = learned
        after.durable[cell] = durable + consolidated
        after.strength_days[cell] = np.minimum(strength * (1 + growth), own.strength_maximum_days)
        after.last_practice_seconds[cell] = np.maximum(before.last_practice_seconds[cell], at_seconds)
        after.practices[cell] += 1

    def _wrong_slot(self, state: LatentState, questions: NDArray[Any], uniform2: NDArray[Any]) -> NDArray[np.int64]:
        """The strongest misconception among the distractors with a probability equal to its strength, else any."""
        strengths = self._strengths(state, questions)
        strongest, rows = strengths.argmax(axis=1), np.arange(len(state))
        fires = strengths[rows, strongest]
        rest = np.clip((uniform2 - fires) / np.maximum(1 - fires, np.finfo(float).eps), 0, 1)
        return np.where(uniform2 < fires, strongest, super()._wrong_slot(state, questions, rest))

    def _readiness(
        self, state: LatentState, concepts: NDArray[np.int64], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Recall of each concept's weakest prerequisite; 1 without prerequisites."""
        return sigmoid(self._weakest(state, self.concepts.prerequisites[concepts], at_seconds))

    def _known(
        self, state: LatentState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """The weakest concept at that time decides, less the question's difficulty and the misconception's cost."""
        logit = self._weakest(state, self.questions.concepts[questions], at_seconds)
        cost = self.parameters.misconception_cost_logit * self._strengths(state, questions).max(axis=1)
        return sigmoid(logit - self.questions.difficulty[questions] - cost)

    def _weakest(
        self, state: LatentState, concepts: NDArray[np.int64], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        logit = self._logit(state, np.maximum(concepts, 0), at_seconds)
        weakest: NDArray[np.float64] = np.where(concepts == PADDING, np.inf, logit).min(axis=1)
        return weakest

    def _logit(
        self, state: LatentState, concepts: NDArray[np.int64], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """Logit of recall of concepts [n, k], each student's own."""
        cell = (np.arange(len(state))[:, None], concepts)
        at = np.asarray(at_seconds, dtype=np.float64).reshape(-1, 1)
        left = np.exp(-elapsed_days(state.last_practice_seconds[cell], at) / state.strength_days[cell])
        durable = state.durable[cell]
        return state.ability[:, None] + durable + (state.skill[cell] - durable) * left

    def _strengths(self, state: LatentState, questions: NDArray[Any]) -> NDArray[np.float64]:
        """Strength of the misconception behind each wrong answer [n, W]; 0 where there is none."""
        behind = self.questions.misconceptions[questions]
        if not self.bank.misconceptions:
            return np.zeros(behind.shape)
        return np.where(behind == PADDING, 0.0, state.misconception[np.arange(len(state))[:, None], behind])

    def _corrected(self, state: LatentState, questions: NDArray[Any], right: NDArray[np.bool_]) -> NDArray[np.float64]:
        own, result = self.parameters, state.misconception.copy()
        left = 1 - np.where(right, own.misconception_relief_success, own.misconception_relief)
        rows, slots = np.nonzero(self.questions.misconceptions[questions] != PADDING)
        cell = (rows, self.questions.misconceptions[questions][rows, slots])
        result[cell] = state.misconception[cell] * left[rows]
        return result

    def _misconceptions(self, noise: NDArray[np.float64], surplus: NDArray[np.float64]) -> NDArray[np.float64]:
        own, index = self.parameters, self.bank.q_matrix.concept_index
        concepts = np.array([index[m.concept_id] for m in self.bank.misconceptions], dtype=np.int64)
        liability = noise - own.misconception_inheritance * surplus[:, concepts]
        return np.clip(own.misconception_scale * (liability - own.misconception_threshold), 0, 1)

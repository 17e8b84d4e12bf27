"""The latent mind: how simulated students know, answer, learn and forget."""

from dataclasses import replace
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank
from preceptor.simulate.parameters import DEFAULT_LATENT, LatentParameters
from preceptor.simulate.state import LatentState
from preceptor.simulate.tables import PADDING, ConceptTable, QuestionTable


class LatentMind:
    """Simulated students over one bank; every verb is batched over n students, one question each.

    Questions and concepts are given as indices into `bank.questions` and `bank.concepts`, times as UTC seconds.
    No verb changes the state it is given. The formulas stand in `docs/latent-mind.md`.

    Args:
        bank: Concepts with prerequisites, questions with difficulty and distractors.
        parameters: The numbers of the model.

    Raises:
        UserError: If the prerequisites form a cycle.
    """

    def __init__(self, bank: Bank, parameters: LatentParameters = DEFAULT_LATENT) -> None:
        self.bank = bank
        self.parameters = parameters
        self.concepts = ConceptTable.of(bank)
        self.questions = QuestionTable.of(bank)

    def initial(self, n: int, rng: np.random.Generator) -> LatentState:
        """Draw n students as they are before their first answer.

        All numbers of a student are drawn before those of the next, so more students do not change the first.
        """
        own, count, named = self.parameters, len(self.bank.concepts), len(self.bank.misconceptions)
        noise = rng.standard_normal((n, 4 + 2 * count + named))
        bounds = [NormalDist().inv_cdf(k / len(self.concepts.grades)) for k in range(1, len(self.concepts.grades))]
        grade = self.concepts.grades[np.searchsorted(bounds, noise[:, 0])]
        surplus = self._surplus(own.initial_sd * noise[:, 4 : 4 + count])
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
        """P(success) on a concept's typical open question (difficulty 0), without guessing, slip, misconception.

        recall = σ(ability + durable + (skill − durable)·exp(−elapsed / strength))

        Args:
            state: n students.
            concepts: Indices of the wanted concepts; None for all, in the bank's order.
            at_seconds: One time, or one a student [n].

        Returns:
            float64 [n, concepts].
        """
        columns = np.arange(len(self.bank.concepts)) if concepts is None else np.asarray(concepts)
        return _sigmoid(self._logit(state, np.tile(columns, (len(state), 1)), at_seconds))

    def p_correct(
        self, state: LatentState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """P(correct) of each student on one question: known·(1 − slip) + (1 − known)·guess.

        Several concepts are conjunctive: the weakest at that time decides.

        Args:
            state: n students.
            questions: [n], question indices.
            at_seconds: One time, or one a student [n].

        Returns:
            float64 [n].
        """
        known = self._known(state, questions, at_seconds)
        guess = self.questions.guess[questions]
        guess = np.where(np.isnan(guess), self.parameters.open_guess, guess)
        return known * (1 - state.slip) + (1 - known) * guess

    def respond(
        self,
        state: LatentState,
        questions: NDArray[Any],
        at_seconds: NDArray[Any] | float,
        uniform: NDArray[Any],
        uniform2: NDArray[Any],
    ) -> tuple[NDArray[np.bool_], NDArray[np.object_]]:
        """Let each student answer one question.

        A wrong answer is the one of the strongest misconception among the question's distractors with a
        probability equal to its strength, else any wrong answer alike.

        Args:
            state: n students.
            questions: [n], question indices.
            at_seconds: One time, or one a student [n].
            uniform: [n] in 0..1, decides right or wrong; give two arms the same numbers to pair them.
            uniform2: [n] in 0..1, decides which wrong answer.

        Returns:
            Whether each answer is right, and its text: the key, a distractor, or "" for an unforeseen error.
        """
        correct = np.asarray(uniform) < self.p_correct(state, questions, at_seconds)
        strengths = self._strengths(state, questions)
        strongest, rows = strengths.argmax(axis=1), np.arange(len(state))
        fires = strengths[rows, strongest]
        rest = np.clip((np.asarray(uniform2) - fires) / np.maximum(1 - fires, np.finfo(float).eps), 0, 1)
        count = self.questions.wrong_count[questions]
        other = np.minimum((rest * count).astype(np.int64), count - 1)
        slot = np.where(uniform2 < fires, strongest, other)
        text = np.where(correct, self.questions.key[questions], self.questions.wrong_answers[questions, slot])
        return correct, text

    def practise(
        self, state: LatentState, questions: NDArray[Any], correct: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> LatentState:
        """Learn from one answered question whose solution was shown afterwards.

        Args:
            state: n students.
            questions: [n], question indices.
            correct: [n], whether each answer was right.
            at_seconds: One time, or one a student [n].

        Returns:
            The state after it. Recall on no concept is lower than before, now or at any later time.
        """
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
        left = np.exp(-_elapsed_days(before.last_practice_seconds[cell], at_seconds) / strength)
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

    def _readiness(
        self, state: LatentState, concepts: NDArray[np.int64], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Recall of each concept's weakest prerequisite; 1 without prerequisites."""
        return _sigmoid(self._weakest(state, self.concepts.prerequisites[concepts], at_seconds))

    def _known(
        self, state: LatentState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """P(the student can do the question), before guess and slip."""
        logit = self._weakest(state, self.questions.concepts[questions], at_seconds)
        cost = self.parameters.misconception_cost_logit * self._strengths(state, questions).max(axis=1)
        return _sigmoid(logit - self.questions.difficulty[questions] - cost)

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
        left = np.exp(-_elapsed_days(state.last_practice_seconds[cell], at) / state.strength_days[cell])
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

    def _surplus(self, noise: NDArray[np.float64]) -> NDArray[np.float64]:
        """Initial surplus on every concept: own noise and a share of the mean of its prerequisites."""
        surplus = noise.copy()
        for concept in self.concepts.order:
            before = self.concepts.prerequisites[concept]
            before = before[before != PADDING]
            if before.size:
                surplus[:, concept] += self.parameters.inheritance * surplus[:, before].mean(axis=1)
        return surplus

    def _misconceptions(self, noise: NDArray[np.float64], surplus: NDArray[np.float64]) -> NDArray[np.float64]:
        own, index = self.parameters, self.bank.q_matrix.concept_index
        concepts = np.array([index[m.concept_id] for m in self.bank.misconceptions], dtype=np.int64)
        liability = noise - own.misconception_inheritance * surplus[:, concepts]
        return np.clip(own.misconception_scale * (liability - own.misconception_threshold), 0, 1)


def _elapsed_days(last_practice_seconds: NDArray[np.float64], at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(at_seconds - last_practice_seconds, 0) / SECONDS_PER_DAY


def _sigmoid(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-logit))

"""The exact one-step look-ahead on an objective's value as a tracer sees it: the best first step there is."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.recommend.choosing import Plan, best, ranked
from preceptor.recommend.look_ahead_semantic import foresight_of
from preceptor.recommend.objectives import Objective
from preceptor.recommend.policy import Choice, Policy, Ranked

EQUAL = 1e-6
"""Improvements within this are equal: float32 cannot tell them apart."""


class LookAhead(Policy):
    """Asks what raises the objective's mean mastery most with the next answer.

    improvement(q) = Σ_c w_c · (Σ_y P(y | q) · m_c(after (q, y)) − m_c)

    with the objective's weights w, found from mastery m and fixed before the answer, and m and P the tracer's own,
    without a forgetting curve: what learned policies are trained on. All concepts with a weight count, whether q
    exercises them or not. Where forgetting should count, `Planner` looks ahead to recall at a horizon instead.

    Args:
        model: The model behind the minds.
    """

    name: ClassVar[str] = "look-ahead"

    def __init__(self, model: MindModel) -> None:
        super().__init__(model)
        self.foresight = foresight_of(model.tracer)
        self._representative, self._class_of = model.tracer.distinct()

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """The best question of each student."""
        allowed = self.askable(minds, candidates)
        plan = self.plan(minds, allowed, objective, at_seconds)
        question = best(plan, allowed, minds.last_seen, EQUAL)
        p_correct = self.model.p_correct(minds, question[:, None], at_seconds)[:, 0]
        return Choice(question, p_correct, plan.improvement[np.arange(len(minds)), question])

    def rank(
        self,
        mind: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: float,
        k: int,
        rng: np.random.Generator | None = None,
    ) -> list[Ranked]:
        """The k best questions of a single student, best first, at most one of each set of concepts."""
        at, allowed = np.array([at_seconds]), self.askable(mind, candidates)
        plan = self.plan(mind, allowed, objective, at)
        found = ranked(plan, allowed, mind.last_seen, self.concept_set, k, EQUAL)
        asked = np.array([[one.question for one in found]], dtype=np.int64)
        p_correct = self.model.p_correct(mind, asked, at)[0]
        return [Ranked(one.question, float(p), one.improvement) for one, p in zip(found, p_correct, strict=True)]

    def improvement_of(
        self, minds: Minds, question: int, objective: Objective, at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Expected improvement of one question (a row of the Q-matrix) for each student, float64 [n]."""
        asked = np.full((len(minds), 1), question)
        weights = self.weights(minds, objective, at_seconds)
        return self.foresight.plan(minds.tracer_state, asked, weights, at_seconds).improvement[:, 0]

    def weights(self, minds: Minds, objective: Objective, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """The objective's weights [n, concepts], from the tracer's own mastery."""
        concepts = np.arange(len(self.model.q_matrix.concept_ids))
        mastery = self.model.tracer.mastery(minds.tracer_state, concepts, at_seconds)
        return objective.weights(minds, mastery.astype(np.float64))

    def plan(
        self,
        minds: Minds,
        allowed: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
    ) -> Plan:
        """What every allowed question promises.

        Args:
            minds: n students.
            allowed: bool [n, questions].
            objective: What to improve.
            at_seconds: float64 [n], now.
        """
        return self.foresee(minds.tracer_state, allowed, self.weights(minds, objective, at_seconds), at_seconds)

    def foresee(
        self,
        state: Any,
        allowed: NDArray[np.bool_],
        weights: NDArray[np.float64],
        at_seconds: NDArray[np.float64],
    ) -> Plan:
        """As `plan`, from the tracer's state and weights [n, concepts].

        One question stands for all that the tracer cannot tell apart.
        """
        own = np.unique(self._class_of[allowed.any(axis=0)])
        asked = np.broadcast_to(self._representative[own], (len(allowed), len(own)))
        found = self.foresight.plan(state, asked, weights, at_seconds)
        column = np.full(len(self._representative), -1)
        column[own] = np.arange(len(own))
        every = column[self._class_of]
        improvement = np.where(every >= 0, found.improvement[:, every], -np.inf)
        return Plan(found.p_correct[:, every], improvement)

"""The planner for tracers that tell questions apart: one question of each set of concepts, then those of the best."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.recommend.choosing import BEST_P_CORRECT, Plan
from preceptor.recommend.objectives import Objective
from preceptor.recommend.planner import HORIZON_DAYS, Planner

LOOKED_AT = 128
"""Questions of a student that are looked at exactly, beside one of each set of concepts."""

EXACT = 1000
"""Most classes of questions that are all looked at while a student waits."""


def live_planner(model: MindModel, horizon_days: float = HORIZON_DAYS) -> Planner:
    """The exact planner where the tracer tells at most `EXACT` questions apart, else the pruned one."""
    few = len(model.tracer.distinct()[0]) <= EXACT
    return (Planner if few else PrunedPlanner)(model, horizon_days)


class PrunedPlanner(Planner):
    """As `Planner`, but looks exactly at few questions where the tracer knows many.

    Of every set of concepts that the objective gives weight, the allowed question with P(correct) nearest to 0.75 is
    looked at exactly; then `LOOKED_AT` questions of the sets whose one is worth most. What it promises of those is
    exact; where the tracer knows no more classes of questions than that, it is the `Planner`.

    Args:
        model: The model behind the minds.
        horizon_days: When recall is measured, unless the objective has a day of its own.
    """

    name: ClassVar[str] = "planner-pruned"

    def __init__(self, model: MindModel, horizon_days: float = HORIZON_DAYS) -> None:
        super().__init__(model, horizon_days)
        self._sets = int(self.concept_set.max(initial=-1)) + 1

    def plan(
        self,
        minds: Minds,
        allowed: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
    ) -> Plan:
        """−∞ for every question that was not looked at."""
        if len(self._representative) <= LOOKED_AT:
            return super().plan(minds, allowed, objective, at_seconds)
        everything = np.broadcast_to(np.arange(allowed.shape[1]), allowed.shape)
        p_correct = self._p_correct(minds, everything, at_seconds)
        weights, horizon, before = self._before(minds, objective, at_seconds, everything[0])
        improvement = np.full(allowed.shape, -np.inf)

        def look(student: NDArray[np.int64], question: NDArray[np.int64]) -> None:
            right, wrong = (
                self._values_of(minds, student, question, objective, weights, correct, at_seconds, horizon)
                for correct in (1.0, 0.0)
            )
            p = p_correct[student, question]
            improvement[student, question] = p * right + (1 - p) * wrong - before[student, question]

        promised = np.full((len(minds), self._sets), -np.inf)
        student, question = self._one_of_each(p_correct, allowed, weights)
        look(student, question)
        worth = self._worth(minds, improvement, weights, allowed, at_seconds)
        promised[student, self.concept_set[question]] = worth[student, question]
        left = allowed & np.isneginf(improvement)
        by_set = np.where(left, promised[:, self.concept_set], -np.inf)
        most = min(LOOKED_AT, by_set.shape[1] - 1)
        members = np.argpartition(-by_set, most, axis=1)[:, :most]
        rows = np.repeat(np.arange(len(minds)), most)
        wanted = np.isfinite(by_set[rows, members.ravel()])
        if wanted.any():
            look(rows[wanted], members.ravel()[wanted])
        worth = self._worth(minds, improvement, weights, allowed, at_seconds)
        return Plan(p_correct, improvement, worth, self._counts(weights))

    def _one_of_each(
        self, p_correct: NDArray[np.float64], allowed: NDArray[np.bool_], weights: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of a student and the question that stands for a set of concepts."""
        weighty = allowed & self._counts(weights)
        weighty |= allowed & ~weighty.any(axis=1, keepdims=True)  # nothing that counts can be asked
        distance = np.where(weighty, np.abs(p_correct - BEST_P_CORRECT), np.inf)
        order = np.lexsort((np.broadcast_to(self.concept_set, distance.shape).ravel(), distance.ravel()))
        student, question = np.divmod(order, distance.shape[1])
        real = np.isfinite(distance.ravel()[order])
        student, question = student[real], question[real]
        _, first = np.unique(student * self._sets + self.concept_set[question], return_index=True)
        return student[first], question[first]

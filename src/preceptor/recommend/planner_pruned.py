"""The planner for tracers that tell many questions apart: an estimate of all, an exact look at those it puts first."""

from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.recommend.choosing import Plan
from preceptor.recommend.expected_gains import expected_gains
from preceptor.recommend.objectives import Objective
from preceptor.recommend.planner import HORIZON_DAYS, Planner, to_compare

LOOKED_AT = 128
"""Classes of questions of a student that are looked at exactly."""
SETS = 32
"""Of how many sets of concepts at least one is among them, so that there is something to rank."""

EXACT = 1000
"""Most classes of questions that are all looked at while a student waits."""


def live_planner(model: MindModel, horizon_days: float = HORIZON_DAYS) -> Planner:
    """The exact planner where the tracer tells at most `EXACT` questions apart or knows time, else the pruned one."""
    few = len(model.tracer.distinct()[0]) <= EXACT or model.tracer.time_aware
    return (Planner if few else PrunedPlanner)(model, horizon_days)


class PrunedPlanner(Planner):
    """As `Planner`, but looks exactly at few questions where the tracer knows many.

    Of all questions that may be asked an estimate is made, which takes what an answer does to memory as it is, and what
    it does to the tracer's mastery from `expected_gains`, which no student has to wait for. The `LOOKED_AT` classes of
    questions that are worth most by it are looked at exactly, and the first of the `SETS` best sets of concepts. What
    it promises of those is exact. Where the tracer knows no more classes than that, it is the `Planner`; and where the
    tracer knows time, too, because what an answer adds depends on the student's own pauses then.

    Args:
        model: The model behind the minds.
        horizon_days: When recall is measured, unless the objective has a day of its own.
    """

    name: ClassVar[str] = "planner-pruned"

    def __init__(self, model: MindModel, horizon_days: float = HORIZON_DAYS) -> None:
        super().__init__(model, horizon_days)
        self._exact = len(self._representative) <= LOOKED_AT + SETS or model.tracer.time_aware

    def prepare(self) -> None:
        """Work out what an answer to each question adds."""
        if not self._exact:
            _ = self._gains

    @cached_property
    def _gains(self) -> NDArray[np.float64]:
        """`expected_gains` of every class, float64 [classes]; the same for every planner of a model."""
        chance = np.random.default_rng(0)
        return expected_gains(self.model.tracer, self._representative, self.horizon_days, chance)

    def plan(
        self,
        minds: Minds,
        allowed: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
    ) -> Plan:
        """−∞ for every question that was not looked at."""
        if self._exact:
            return super().plan(minds, allowed, objective, at_seconds)
        every = np.arange(allowed.shape[1])
        weights, horizon, before = self._before(minds, objective, at_seconds, every)
        p_correct = self._p_correct(minds, np.broadcast_to(every, allowed.shape), at_seconds)
        times, counts = (at_seconds, horizon), self._counts(weights)
        wanted = to_compare(allowed, counts)

        def improvement(values: NDArray[np.float64]) -> NDArray[np.float64]:
            right, wrong = values[:, :, self._class_of]
            return np.where(np.isnan(right), -np.inf, p_correct * right + (1 - p_correct) * wrong - before)

        asked, classes = self._representative, self._classes(wanted)
        guessed = self._guessed(minds, classes, horizon)
        about = improvement(self._values_after(minds, asked, classes, objective, weights, *times, guessed))
        worth = np.where(wanted, self._worth(minds, about, weights, allowed, at_seconds), -np.inf)
        looked = improvement(self._values_after(minds, asked, self._shortlist(worth), objective, weights, *times))
        found = np.where(wanted, looked, -np.inf)
        return Plan(p_correct, found, self._worth(minds, found, weights, allowed, at_seconds), counts)

    def _guessed(self, minds: Minds, wanted: NDArray[np.bool_], horizon: NDArray[np.float64]) -> NDArray[np.float64]:
        """The tracer's P(correct) on the concepts of wanted classes [n, classes] after an answer, about, [pairs, k]."""
        student, at = np.nonzero(wanted)
        every = np.arange(len(self.model.q_matrix.concept_ids))
        mastery = self.model.tracer.mastery(minds.tracer_state, every, horizon)
        concepts = self.model.q_matrix.concepts[self._representative[at]]
        return np.clip(mastery[student[:, None], concepts] + self._gains[at][:, None], 0.0, 1.0)

    def _shortlist(self, worth: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Classes of questions to look at, bool [n, classes], by what questions are worth [n, questions]."""
        of_class, of_set = (_most(worth, group) for group in (self._class_of, self.concept_set))
        found = np.zeros(of_class.shape, dtype=bool)
        np.put_along_axis(found, _first(of_class, LOOKED_AT), True, axis=1)
        leads = worth == of_set[:, self.concept_set]
        leader = -_most(np.where(leads, -np.arange(worth.shape[1]), -np.inf), self.concept_set)  # the first of equals
        question = np.take_along_axis(leader, _first(of_set, SETS), axis=1).astype(np.int64)
        np.put_along_axis(found, self._class_of[question], True, axis=1)
        return found & np.isfinite(of_class)


def _most(values: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.float64]:
    """The highest value of each group of columns, [rows, groups]."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    return np.asarray(np.maximum.reduceat(values[:, order], starts, axis=1))


def _first(values: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """Columns of the n highest values of every row, [rows, n]; of equals the first."""
    return np.argsort(-values, axis=1, kind="stable")[:, :n]

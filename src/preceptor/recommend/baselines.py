"""Policies that do not plan."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.recommend.objectives import Objective
from preceptor.recommend.policy import Choice, Policy


class RandomQuestion(Policy):
    """Any question, all alike."""

    name: ClassVar[str] = "random"

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """Draw uniformly."""
        question = _draw(self.askable(minds, candidates), rng)
        return _unplanned(self.model, minds, question, at_seconds)


class LowestRecallFirst(Policy):
    """A question of the concept with the lowest recall now, drawn uniformly."""

    name: ClassVar[str] = "lowest-recall"

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """Lowest recall among the concepts that can be asked; the first of equals."""
        allowed = self.askable(minds, candidates)
        dense = self.model.q_matrix.dense
        askable_concept = (allowed.astype(np.float32) @ dense) > 0
        recall = np.where(askable_concept, self.model.recall(minds, at_seconds), np.inf)
        chosen = dense[:, recall.argmin(axis=1)].T > 0
        return _unplanned(self.model, minds, _draw(allowed & chosen, rng), at_seconds)


class HistoricalOrder(Policy):
    """The questions the students were really asked, in that order.

    Args:
        model: The model behind the minds.
        questions: int [n, steps], rows of the Q-matrix.
        start: int [n], answers each student had given before the first of these.
    """

    name: ClassVar[str] = "historical"

    def __init__(self, model: MindModel, questions: NDArray[np.int64], start: NDArray[np.int32]) -> None:
        super().__init__(model)
        self.questions = questions
        self.start = start

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """The next logged question, whether a candidate or not."""
        step = minds.answered - self.start
        return _unplanned(self.model, minds, self.questions[np.arange(len(minds)), step], at_seconds)


def _draw(allowed: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.int64]:
    return np.asarray(np.where(allowed, rng.random(allowed.shape), -1.0).argmax(axis=1))


def _unplanned(model: MindModel, minds: Minds, question: NDArray[np.int64], at_seconds: NDArray[np.float64]) -> Choice:
    p_correct = model.p_correct(minds, question[:, None], at_seconds)[:, 0]
    return Choice(question, p_correct, np.full(len(minds), np.nan))

"""Policies that do not plan."""

from abc import abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.recommend.objectives import Objective
from preceptor.recommend.policy import Choice, Policy

HAIR = 1e-9
NEVER_DUE = 2.0
"""Above every retention."""


class RandomQuestion(Policy):
    """Any question, all alike."""

    name: ClassVar[str] = "random"
    heeds_objective: ClassVar[bool] = False

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


class ConstantQuestion(Policy):
    """The first question that may be asked, for everybody and always: two questions in turn."""

    name: ClassVar[str] = "constant"
    heeds_objective: ClassVar[bool] = False

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """First in the bank's order."""
        return _unplanned(self.model, minds, self.askable(minds, candidates).argmax(axis=1), at_seconds)


class ConceptFirst(Policy):
    """A question of the concept that a score puts first, drawn uniformly."""

    heeds_objective: ClassVar[bool] = False

    @abstractmethod
    def score(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """A finite number for each concept [n, concepts]; the lowest comes first."""

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """Lowest score among the concepts that can be asked; the first of equals."""
        allowed = self.askable(minds, candidates)
        dense = self.model.q_matrix.dense
        askable_concept = (allowed.astype(np.float32) @ dense) > 0
        score = np.where(askable_concept, self.score(minds, at_seconds), np.inf)
        chosen = dense[:, score.argmin(axis=1)].T > 0
        return _unplanned(self.model, minds, _draw(allowed & chosen, rng), at_seconds)


class LowestRecallFirst(ConceptFirst):
    """A question of the concept with the lowest recall now."""

    name: ClassVar[str] = "lowest-recall"

    def score(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Recall."""
        return self.model.recall(minds, at_seconds)


class MostFailedFirst(ConceptFirst):
    """A question of the concept that was answered wrong most often."""

    name: ClassVar[str] = "most-failed"

    def score(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Less than 0 by every failure."""
        return np.asarray(minds.practice.credit - minds.practice.attempts, dtype=np.float64)


class SpacedReview(ConceptFirst):
    """A question of the practised concept that is due most; what was never practised waits until nothing else is left.

    Due is what has the lowest retention; among equals, as where nothing fades, what was practised longest ago.
    """

    name: ClassVar[str] = "spaced-review"

    def score(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Retention, and a hair less for every day since the last practice."""
        due = self.model.retention(minds, at_seconds) - HAIR * minds.practice.elapsed_days(at_seconds)
        return np.where(minds.practice.attempts > 0, due, NEVER_DUE)


class LowestMasteryFirst(Policy):
    """OATutor's rule: the question not seen yet with the lowest product of mastery over its concepts.

    Equals are drawn uniformly; once everything has been seen, everything may come again.
    """

    name: ClassVar[str] = "lowest-mastery"
    heeds_objective: ClassVar[bool] = False

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """Lowest product of mastery."""
        allowed = self.askable(minds, candidates)
        unseen = allowed & (minds.last_seen < 0)
        allowed = np.where(unseen.any(axis=1, keepdims=True), unseen, allowed)
        concepts = self.model.q_matrix.concepts
        mastery = self.model.mastery(minds, at_seconds)[:, np.maximum(concepts, 0)]
        product = np.where(allowed, np.where(concepts >= 0, mastery, 1.0).prod(axis=2), np.inf)
        lowest = product <= product.min(axis=1, keepdims=True)
        return _unplanned(self.model, minds, _draw(lowest, rng), at_seconds)


class HistoricalOrder(Policy):
    """The questions the students were really asked, in that order.

    Args:
        model: The model behind the minds.
        questions: int [n, steps], rows of the Q-matrix.
        start: int [n], answers each student had given before the first of these.
    """

    name: ClassVar[str] = "historical"
    heeds_objective: ClassVar[bool] = False

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

"""Smoothed accuracy: what a student got right so far on a concept, drawn towards the class average."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.progress import Progress, silent
from preceptor.trace.answers import Answers, FitReport, mean_log_loss, question_rows
from preceptor.trace.checkpoint import Checkpoint
from preceptor.trace.contract import Tracer
from preceptor.trace.q_classes import distinct_concepts
from preceptor.trace.state import ArrayState

PRIOR_WEIGHTS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Candidates for the number of answers that the class average counts for."""


@dataclass(frozen=True)
class HistoryState(ArrayState):
    """Credit and attempts of n students on every concept, float32 [n, concepts] each."""

    credit: NDArray[np.float32]
    attempts: NDArray[np.float32]


class HistoryTracer(Tracer):
    """Mastery of concept c = (w·a_c + credit_c) / (w + attempts_c); a question averages its concepts.

    a_c is the training students' accuracy on c; the weight w is chosen by the validation students' log loss.
    """

    name: ClassVar[str] = "history"
    by_concept: ClassVar[frozenset[str]] = frozenset({"average"})

    def __init__(self, q_matrix: QMatrix) -> None:
        super().__init__(q_matrix)
        self.average = np.full(len(q_matrix.concept_ids), 0.5, dtype=np.float32)
        self.weight = 2.0
        self._share = q_matrix.dense / np.maximum(q_matrix.dense.sum(axis=1, keepdims=True), 1)

    def fit(
        self,
        train: Log,
        valid: Log,
        *,
        seed: int,
        clock: Callable[[], float],
        progress: Progress = silent,
        checkpoint: Checkpoint | None = None,
    ) -> FitReport:
        """Count, then choose the prior weight; without randomness, so `seed` changes nothing."""
        start = clock()
        dense = self.q_matrix.dense[question_rows(train, self.q_matrix)]
        overall = float(train.correct.mean()) if len(train) else 0.5
        self.average = ((dense.T @ train.correct + overall) / (dense.sum(axis=0) + 1)).astype(np.float32)
        losses = {}
        for done, weight in enumerate(PRIOR_WEIGHTS, 1):
            self.weight = weight
            losses[weight] = mean_log_loss(self.score(valid), valid.correct)
            progress("history", done, len(PRIOR_WEIGHTS))
        self.weight = min(losses, key=lambda weight: losses[weight])
        return FitReport(1, len(train), (losses[self.weight],), 0, clock() - start)

    def initial(self, n: int) -> HistoryState:
        """No credit, no attempts."""
        zeros = np.zeros((n, len(self.q_matrix.concept_ids)), dtype=np.float32)
        return HistoryState(zeros, zeros)

    def update(self, state: HistoryState, answers: Answers) -> HistoryState:
        """Add the answer to all concepts of its question."""
        exercised = self.q_matrix.dense[answers.question]
        return HistoryState(
            state.credit + exercised * answers.correct[:, None].astype(np.float32), state.attempts + exercised
        )

    def _all_mastery(self, state: HistoryState) -> NDArray[np.float32]:
        smoothed = (self.weight * self.average + state.credit) / (self.weight + state.attempts)
        return smoothed.astype(np.float32)

    def predict(
        self, state: HistoryState, questions: NDArray[Any], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """Mean mastery of each question's concepts."""
        means = (self._all_mastery(state)[:, None, :] * self._share[questions]).sum(axis=-1)
        return np.asarray(means, dtype=np.float32)

    def mastery(
        self, state: HistoryState, concepts: NDArray[Any], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """Smoothed accuracy of each concept."""
        return self._all_mastery(state)[:, concepts]

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Questions with the same concepts are one class."""
        return distinct_concepts(self.q_matrix)

    def weights(self) -> dict[str, NDArray[Any]]:
        """Averages and weight."""
        return {"average": self.average, "weight": np.array(self.weight)}

    def set_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Take averages and weight."""
        self.average, self.weight = weights["average"], weights["weight"].item()

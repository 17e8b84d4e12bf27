"""Smoothed accuracy: what a student got right so far on a concept, drawn towards the class average."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from preceptor.domain import Log, QMatrix
from preceptor.trace.contract import Answers, FitReport, Progress, Tracer, question_rows, silent
from preceptor.trace.replay import score_by_replay

PRIOR_WEIGHTS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Candidates for the number of answers that the class average counts for."""


@dataclass(frozen=True, slots=True)
class HistoryState:
    """Credit and attempts of n students on every concept, float32 [n, concepts] each."""

    credit: NDArray[np.float32]
    attempts: NDArray[np.float32]

    def take(self, students: NDArray[np.int64]) -> "HistoryState":
        """Select or repeat students by index."""
        return HistoryState(self.credit[students], self.attempts[students])

    @classmethod
    def joined(cls, parts: Sequence["HistoryState"]) -> "HistoryState":
        """The students of all parts, one part after the other."""
        return cls(np.concatenate([part.credit for part in parts]), np.concatenate([part.attempts for part in parts]))


class HistoryTracer(Tracer):
    """Mastery of concept c = (w·a_c + credit_c) / (w + attempts_c); a question averages its concepts.

    a_c is the training students' accuracy on c; the weight w is chosen by the validation students' log loss.
    """

    name: ClassVar[str] = "history"

    def __init__(self, q_matrix: QMatrix) -> None:
        super().__init__(q_matrix)
        self.average = np.full(len(q_matrix.concept_ids), 0.5, dtype=np.float32)
        self.weight = 2.0
        self._share = q_matrix.dense / np.maximum(q_matrix.dense.sum(axis=1, keepdims=True), 1)

    def fit(
        self, train: Log, valid: Log, *, seed: int, clock: Callable[[], float], progress: Progress = silent
    ) -> FitReport:
        """Count, then choose the prior weight; without randomness, so `seed` changes nothing."""
        start = clock()
        dense = self.q_matrix.dense[question_rows(train, self.q_matrix)]
        overall = float(train.correct.mean()) if len(train) else 0.5
        self.average = ((dense.T @ train.correct + overall) / (dense.sum(axis=0) + 1)).astype(np.float32)
        losses = {}
        for done, weight in enumerate(PRIOR_WEIGHTS, 1):
            self.weight = weight
            losses[weight] = _log_loss(self.score(valid), valid.correct)
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

    def score(self, log: Log) -> NDArray[np.float32]:
        """By stepping through the log."""
        return score_by_replay(self, log)

    def save(self, folder: Path) -> None:
        """Write averages and weight."""
        save_file({"average": self.average}, folder / "weights.safetensors")
        config = {"name": self.name, "weight": self.weight, "concepts": list(self.q_matrix.concept_ids)}
        (folder / "config.json").write_text(json.dumps(config))

    @classmethod
    def load(cls, folder: Path, q_matrix: QMatrix) -> Self:
        """Read averages and weight; concepts added since then start at one half."""
        config = json.loads((folder / "config.json").read_text())
        tracer = cls(q_matrix)
        tracer.weight = config["weight"]
        average = load_file(folder / "weights.safetensors")["average"]
        for concept_id, value in zip(config["concepts"], average, strict=True):
            if concept_id in q_matrix.concept_index:
                tracer.average[q_matrix.concept_index[concept_id]] = value
        return tracer


def distinct_concepts(q_matrix: QMatrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Classes of questions that exercise the same concepts, see `Tracer.distinct`."""
    _, representative, inverse = np.unique(
        np.sort(q_matrix.concepts, axis=1), axis=0, return_index=True, return_inverse=True
    )
    return representative.astype(np.int64), inverse.reshape(-1).astype(np.int64)


def _log_loss(p_correct: NDArray[np.float32], correct: NDArray[np.float32]) -> float:
    p = np.clip(p_correct.astype(np.float64), 1e-6, 1 - 1e-6)
    return float(-np.mean(correct * np.log(p) + (1 - correct) * np.log(1 - p))) if len(p) else 0.0

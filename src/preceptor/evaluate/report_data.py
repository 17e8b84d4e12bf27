"""What the report of a comparison of tracers draws: calibration, learning curves and AUC of each concept."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from preceptor.domain import Bank, Log
from preceptor.evaluate.metrics import BINS
from preceptor.evaluate.predictions import FoldPredictions
from preceptor.trace import question_rows

OPPORTUNITIES, CURVES, CONCEPTS = 20, 9, 24
FEWEST = 20
"""Fewest answers behind a point of a learning curve."""
SHORTEST_CURVE = 3
"""Fewest points that show a direction."""


@dataclass(frozen=True)
class Calibration:
    """How often predictions of some size came true.

    Args:
        model: The model's label.
        predicted: Mean prediction of each of 20 bins with equally many answers.
        observed: Share of right answers in each.
    """

    model: str
    predicted: tuple[float, ...]
    observed: tuple[float, ...]


@dataclass(frozen=True)
class LearningCurve:
    """Answers on one concept by how often its students had practised it.

    Args:
        concept: The concept's name.
        answers: Predicted answers on the concept.
        opportunities: 1 for the first answer of a student on the concept, and so on.
        observed: Share of right answers at each.
        predicted: The same of each model's predictions, by label.
    """

    concept: str
    answers: int
    opportunities: tuple[int, ...]
    observed: tuple[float, ...]
    predicted: dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class ConceptAuc:
    """AUC on one concept.

    Args:
        concept: The concept's name.
        answers: Predicted answers.
        auc: By model label.
    """

    concept: str
    answers: int
    auc: dict[str, float]


@dataclass(frozen=True)
class ReportData:
    """Everything that is drawn."""

    calibration: tuple[Calibration, ...]
    curves: tuple[LearningCurve, ...]
    concepts: tuple[ConceptAuc, ...]


def report_data(bank: Bank, log: Log, predictions: Sequence[FoldPredictions]) -> ReportData:
    """Gather what is drawn, all folds together.

    Args:
        bank: The course's bank.
        log: The course's log.
        predictions: Of all models and folds; all models predicted the same answers.
    """
    models = list(dict.fromkeys(part.model for part in predictions))
    parts = {model: [part for part in predictions if part.model == model] for model in models}
    rows = np.concatenate([part.rows for part in parts[models[0]]])
    p = {model: np.concatenate([part.p_correct for part in parts[model]]) for model in models}
    calibration = tuple(_calibration(model, p[model], log.correct[rows]) for model in models)
    answered = _Answered.of(bank, log, rows)
    most = answered.most_practised()
    curves = (_curve(bank.concepts[c].name, answered.of_concept(c), p) for c in most)
    long_enough = (curve for curve in curves if len(curve.opportunities) >= SHORTEST_CURVE)
    aucs = (_auc(bank.concepts[c].name, answered.of_concept(c), p) for c in most[:CONCEPTS])
    return ReportData(
        calibration,
        tuple(islice(long_enough, CURVES)),
        tuple(entry for entry in aucs if entry is not None),
    )


@dataclass(frozen=True)
class _OnConcept:
    place: NDArray[np.int64]  # among the predicted answers
    correct: NDArray[np.float32]
    opportunity: NDArray[np.int64]


@dataclass(frozen=True)
class _Answered:
    """Predicted answers, one entry for each concept of each."""

    place: NDArray[np.int64]
    concept: NDArray[np.int32]
    opportunity: NDArray[np.int64]
    correct: NDArray[np.float32]

    @classmethod
    def of(cls, bank: Bank, log: Log, rows: NDArray[np.int64]) -> "_Answered":
        own = bank.q_matrix.concepts[question_rows(log, bank.q_matrix)]
        row, slot = np.nonzero(own >= 0)
        key = log.student[row].astype(np.int64) * len(bank.concepts) + own[row, slot]
        order = np.argsort(key, kind="stable")
        _, begin, count = np.unique(key[order], return_index=True, return_counts=True)
        opportunity = np.zeros(own.shape, dtype=np.int64)
        opportunity[row[order], slot[order]] = np.arange(len(order)) - np.repeat(begin, count) + 1
        place, slot = np.nonzero(own[rows] >= 0)
        return cls(place, own[rows][place, slot], opportunity[rows][place, slot], log.correct[rows][place])

    def most_practised(self) -> list[int]:
        answers = np.bincount(self.concept)
        return [c for c in np.argsort(-answers, kind="stable").tolist() if answers[c]]

    def of_concept(self, concept: int) -> _OnConcept:
        own = self.concept == concept
        return _OnConcept(self.place[own], self.correct[own], self.opportunity[own])


def _calibration(model: str, p: NDArray[np.float64], correct: NDArray[np.float32]) -> Calibration:
    bins = [part for part in np.array_split(np.argsort(p, kind="stable"), BINS) if len(part)]
    return Calibration(
        model, tuple(float(p[part].mean()) for part in bins), tuple(float(correct[part].mean()) for part in bins)
    )


def _curve(name: str, own: _OnConcept, p: dict[str, NDArray[np.float64]]) -> LearningCurve:
    at = [np.flatnonzero(own.opportunity == number) for number in range(1, OPPORTUNITIES + 1)]
    kept = [number for number, rows in enumerate(at, 1) if len(rows) >= FEWEST]
    observed = tuple(float(own.correct[at[number - 1]].mean()) for number in kept)
    predicted = {
        model: tuple(float(values[own.place[at[number - 1]]].mean()) for number in kept) for model, values in p.items()
    }
    return LearningCurve(name, len(own.correct), tuple(kept), observed, predicted)


def _auc(name: str, own: _OnConcept, p: dict[str, NDArray[np.float64]]) -> ConceptAuc | None:
    right = own.correct >= 0.5
    if right.all() or not right.any():
        return None
    auc = {model: float(roc_auc_score(right, values[own.place])) for model, values in p.items()}
    return ConceptAuc(name, len(right), auc)

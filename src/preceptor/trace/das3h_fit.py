"""The logistic regression behind `das3h`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, minimize
from scipy.sparse import csr_array, hstack
from scipy.special import expit

from preceptor.domain import QMatrix
from preceptor.trace.das3h_counts import MEMORY_ANSWERS, WINDOW_SECONDS, Found

WINDOWS, MEMORIES = len(WINDOW_SECONDS), len(MEMORY_ANSWERS)
ALWAYS_PENALTY, EASE_PENALTY, OWN_PENALTY = 1e-2, 1.0, 50.0
"""Penalties of weights that all rows share, of a concept's ease, of what a concept's windows have of their own."""


@dataclass(frozen=True)
class Das3hWeights:
    """What is fitted.

    Args:
        intercept: [1], logit of a new student on an average question.
        ability: [memories], of the running abilities.
        shared: [windows, 2], of log(1 + wins) and log(1 + attempts), for every concept.
        difficulty: [questions].
        ease: [concepts].
        own: [concepts, windows, 2], what a concept adds to `shared`.
    """

    intercept: NDArray[np.float64]
    ability: NDArray[np.float64]
    shared: NDArray[np.float64]
    difficulty: NDArray[np.float64]
    ease: NDArray[np.float64]
    own: NDArray[np.float64]

    @classmethod
    def of(cls, vector: NDArray[np.float64], q_matrix: QMatrix) -> "Das3hWeights":
        """Cut one vector, in the order of `Design`'s columns, into its parts."""
        questions, concepts = len(q_matrix.question_ids), len(q_matrix.concept_ids)
        per_concept = WINDOWS * 2
        sizes = (1, MEMORIES, per_concept, questions, concepts, concepts * per_concept)
        intercept, ability, shared, hardness, ease, own = np.split(vector, np.cumsum(sizes)[:-1])
        return cls(
            intercept,
            ability,
            shared.reshape(WINDOWS, 2),
            -hardness,
            ease,
            own.reshape(concepts, WINDOWS, 2),
        )

    @classmethod
    def zero(cls, q_matrix: QMatrix) -> "Das3hWeights":
        """P(correct) is one half everywhere."""
        questions, concepts = len(q_matrix.question_ids), len(q_matrix.concept_ids)
        return cls.of(np.zeros(1 + MEMORIES + WINDOWS * 2 * (1 + concepts) + questions + concepts), q_matrix)

    def of_concepts(self, practice: NDArray[np.float32], concept: NDArray[np.int64]) -> NDArray[np.float64]:
        """Part of the logit that speaks of a concept, [...].

        Args:
            practice: [..., windows, 2], log(1 + wins) and log(1 + attempts).
            concept: [...].
        """
        by_practice = np.einsum("...wk,...wk->...", self.own[concept], practice)
        return np.asarray(self.ease[concept] + by_practice + np.tensordot(practice, self.shared, 2), dtype=np.float64)


@dataclass(frozen=True)
class Design:
    """What the regression sees: z = dense·a + sparse·b.

    Args:
        dense: float32 [rows, columns that all rows have]: one, abilities, practice.
        sparse: float32 [rows, columns that few rows have]: question, concepts, practice of each concept.
    """

    dense: NDArray[np.float32]
    sparse: csr_array

    @classmethod
    def of(cls, found: Found, q_matrix: QMatrix) -> "Design":
        """Columns of a log; a question of several concepts has the mean of theirs."""
        rows, strands = len(found.question), found.strands
        every, concepts = np.arange(rows), len(q_matrix.concept_ids)
        share = (1 / np.bincount(strands.row, minlength=rows)[strands.row]).astype(np.float32)
        practice = found.practice.reshape(-1, WINDOWS * 2) * share[:, None]
        ones, width = np.ones(rows, dtype=np.float32), practice.shape[1]
        mean = csr_array((ones[strands.row], (strands.row, np.arange(len(strands.row)))), (rows, len(strands.row)))
        slots = strands.concept[:, None] * width + np.arange(width)
        used = practice != 0
        own = csr_array(
            (practice[used], (np.broadcast_to(strands.row[:, None], used.shape)[used], slots[used])),
            (rows, concepts * width),
        )
        question = csr_array((ones, (every, found.question)), (rows, len(q_matrix.question_ids)))
        ease = csr_array((share, (strands.row, strands.concept)), (rows, concepts))
        dense = np.hstack([ones[:, None], found.abilities, mean @ practice])
        return cls(dense, hstack([question, ease, own], format="csr"))

    def logits(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logit of every row; `weights` [dense columns + sparse columns]."""
        split, narrow = self.dense.shape[1], weights.astype(np.float32)
        return np.asarray(self.dense @ narrow[:split] + self.sparse @ narrow[split:], dtype=np.float64)

    def sums(self, per_row: NDArray[np.float64]) -> NDArray[np.float64]:
        """Σ over rows of what stands in a column × `per_row`, [columns]."""
        narrow = per_row.astype(np.float32)
        return np.concatenate([narrow @ self.dense, self.sparse.T @ narrow]).astype(np.float64)

    @property
    def squares(self) -> NDArray[np.float64]:
        """Σ over rows of squares, [columns]."""
        squared = (self.sparse * self.sparse).sum(axis=0)
        return np.concatenate([np.square(self.dense).sum(axis=0, dtype=np.float64), np.asarray(squared).ravel()])


def penalties(q_matrix: QMatrix, strength: float) -> NDArray[np.float64]:
    """Penalty of every column; `strength` is that of a question's difficulty."""
    return _by_column(q_matrix, ALWAYS_PENALTY, ALWAYS_PENALTY, ALWAYS_PENALTY, strength, EASE_PENALTY, OWN_PENALTY)


def least(q_matrix: QMatrix) -> NDArray[np.float64]:
    """Least weight of every column: 0 for abilities and wins."""
    wins = np.array([0.0, -np.inf])
    return _by_column(q_matrix, -np.inf, 0.0, wins, -np.inf, -np.inf, wins)


def _by_column(
    q_matrix: QMatrix,
    intercept: float,
    ability: float,
    shared: float | NDArray[np.float64],
    question: float,
    ease: float,
    own: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """One value a column, in the order of `Design`; a pair is one for wins and one for attempts."""
    questions, concepts = len(q_matrix.question_ids), len(q_matrix.concept_ids)
    return np.concatenate(
        [
            np.full(1, intercept),
            np.full(MEMORIES, ability),
            np.broadcast_to(shared, (WINDOWS, 2)).ravel(),
            np.full(questions, question),
            np.full(concepts, ease),
            np.broadcast_to(own, (concepts, WINDOWS, 2)).ravel(),
        ]
    )


def fit_logistic(
    design: Design,
    correct: NDArray[np.float32],
    penalty: NDArray[np.float64],
    lowest: NDArray[np.float64],
    start: NDArray[np.float64],
    passes: int,
) -> NDArray[np.float64]:
    """Minimise Σ −log P(answer) + ½ Σ penalty·weight² by L-BFGS.

    The search runs in weights that are scaled by the square root of a bound on their curvature (¼ Σ x² + penalty) a
    row: rare and frequent columns then move alike.

    Args:
        design: The rows.
        correct: [rows], credit in 0..1.
        penalty: [columns].
        lowest: [columns], least weight of each.
        start: [columns].
        passes: Most iterations.
    """
    rows = max(len(correct), 1)
    scale = 1 / np.sqrt((design.squares / 4 + penalty) / rows)

    def loss(scaled: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = scaled * scale
        z = design.logits(weights)
        value = np.sum(np.logaddexp(0, z) - correct * z) + 0.5 * np.sum(penalty * weights**2)
        gradient = design.sums(expit(z) - correct) + penalty * weights
        return float(value) / rows, gradient * scale / rows

    found = minimize(
        loss,
        start / scale,
        jac=True,
        method="L-BFGS-B",
        bounds=Bounds(lowest),
        options={"maxiter": passes, "ftol": 1e-9},
    )
    return np.asarray(found.x * scale, dtype=np.float64)

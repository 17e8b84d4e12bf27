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
        sizes = (1, per_concept, MEMORIES, questions, concepts, concepts * per_concept)
        intercept, shared, ability, hardness, ease, own = np.split(vector, np.cumsum(sizes)[:-1])
        return cls(
            intercept,
            ability,
            shared.reshape(WINDOWS, 2),
            -hardness,
            ease,
            np.moveaxis(own.reshape(WINDOWS, 2, concepts), 2, 0),
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
        dense: float32 [rows, columns that all rows have]: one, practice, abilities.
        sparse: float32 [rows, columns that few rows have]: question, concepts, practice of each concept.
    """

    dense: NDArray[np.float32]
    sparse: csr_array

    @classmethod
    def of(cls, found: Found, q_matrix: QMatrix) -> "Design":
        """Columns of a log; a question of several concepts has the mean of theirs."""
        rows, strands = len(found.question), found.strands
        size = rows, len(q_matrix.concept_ids)
        share = (1 / np.bincount(strands.row, minlength=rows)[strands.row]).astype(np.float32)
        ones = np.ones(rows, dtype=np.float32)
        question = csr_array((ones, (np.arange(rows), found.question)), (rows, len(q_matrix.question_ids)))
        sparse, dense = [question, csr_array((share, (strands.row, strands.concept)), size)], [ones]
        for practice in found.practice.reshape(-1, WINDOWS * 2).T:  # one after the other, to hold little at once
            used = np.flatnonzero(practice)
            own = csr_array((practice[used] * share[used], (strands.row[used], strands.concept[used])), size)
            sparse.append(own)
            dense.append(own.sum(axis=1))
        return cls(np.column_stack([*dense, found.abilities]), hstack(sparse, format="csr"))

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
    return _by_column(q_matrix, -np.inf, wins, 0.0, -np.inf, -np.inf, wins)


def _by_column(
    q_matrix: QMatrix,
    intercept: float,
    shared: float | NDArray[np.float64],
    ability: float,
    question: float,
    ease: float,
    own: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """One value a column, in the order of `Design`; a pair is one for wins and one for attempts."""
    questions, concepts = len(q_matrix.question_ids), len(q_matrix.concept_ids)
    return np.concatenate(
        [
            np.full(1, intercept),
            np.broadcast_to(shared, (WINDOWS, 2)).ravel(),
            np.full(MEMORIES, ability),
            np.full(questions, question),
            np.full(concepts, ease),
            np.repeat(np.broadcast_to(own, (WINDOWS, 2)).ravel(), concepts),
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

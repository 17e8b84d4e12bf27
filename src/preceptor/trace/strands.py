"""Answers as strands: one student's answers on one concept, all strands stepped through at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.trace.answers import question_rows


@dataclass(frozen=True, slots=True)
class Strands:
    """Sequences of many lengths, laid out so that one step of all of them is one slice.

    The longest strand stands first. The entries at position t of all strands that are longer than t are contiguous
    and in the order of the strands, so a recurrence over positions works on prefixes of one array: no padding, no
    index arrays, and as many steps as the longest strand has answers.

    Args:
        row: int64 [entries], the log row behind an entry.
        concept: int64 [entries], the concept; 0 where strands are whole students.
        begin: int64 [longest + 1], the entries at position t are begin[t]:begin[t + 1].
    """

    row: NDArray[np.int64]
    concept: NDArray[np.int64]
    begin: NDArray[np.int64]

    @classmethod
    def of_concepts(cls, log: Log, q_matrix: QMatrix) -> "Strands":
        """A strand for every student and concept; an answer stands once in the strand of each of its concepts."""
        concepts = q_matrix.concepts[question_rows(log, q_matrix)]
        row, slot = np.nonzero(concepts >= 0)
        concept = concepts[row, slot].astype(np.int64)
        return cls._laid_out(log.student[row] * len(q_matrix.concept_ids) + concept, row, concept)

    @classmethod
    def of_students(cls, log: Log) -> "Strands":
        """A strand for every student."""
        rows = np.arange(len(log))
        return cls._laid_out(log.student.astype(np.int64), rows, np.zeros_like(rows))

    @classmethod
    def _laid_out(cls, key: NDArray[np.int64], row: NDArray[np.int64], concept: NDArray[np.int64]) -> "Strands":
        by_strand = np.argsort(key, kind="stable")
        starts = np.diff(key[by_strand], prepend=-1) != 0
        first, strand = np.flatnonzero(starts), np.cumsum(starts) - 1
        position = np.arange(len(key)) - first[strand]
        length = np.diff(first, append=len(key))
        rank = np.empty_like(first)
        rank[np.argsort(-length, kind="stable")] = np.arange(len(first))
        entries = by_strand[np.lexsort((rank[strand], position))]
        begin = np.concatenate([[0], np.cumsum(np.bincount(position))]).astype(np.int64)
        return cls(row[entries], concept[entries], begin)

    def __len__(self) -> int:
        """How many strands."""
        return int(self.begin[1]) if len(self.begin) > 1 else 0

    @property
    def steps(self) -> list[slice]:
        """Entries of every position, from the first."""
        return [slice(int(a), int(b)) for a, b in zip(self.begin[:-1], self.begin[1:], strict=True)]

    def row_means(self, values: NDArray[np.float64], rows: int, otherwise: float) -> NDArray[np.float64]:
        """Mean of `values` [entries] over the entries of each row, float64 [rows]; `otherwise` for rows without."""
        count = np.bincount(self.row, minlength=rows)
        total = np.bincount(self.row, weights=values, minlength=rows)
        return np.where(count > 0, total / np.maximum(count, 1), otherwise)


def question_means(values: NDArray[np.float64], concepts: NDArray[np.int32], otherwise: float) -> NDArray[np.float64]:
    """Mean over each question's concepts, float64 [n, m].

    Args:
        values: [n, concepts].
        concepts: int [n, m, most concepts of a question], −1 as padding.
        otherwise: What a question without concepts gets.
    """
    real = concepts >= 0
    gathered = np.take_along_axis(values[:, None, :], np.maximum(concepts, 0), axis=2)
    count = real.sum(axis=2)
    return np.where(count > 0, (gathered * real).sum(axis=2) / np.maximum(count, 1), otherwise)

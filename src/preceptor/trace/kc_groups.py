"""Which concepts are calibrated together, which questions they stand for, and which vector stands for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from preceptor.domain import QMatrix, UserError

CONCEPT_VECTORS = ("centroid", "medoid", "random-member")


@dataclass(frozen=True)
class ConceptGroups:
    """Groups of concepts that share a vector and a mastery.

    Args:
        of_concept: int64 [concepts], the group of every concept; −1 where no question belongs to the group.
        member: bool [groups, questions], whether a question belongs to a concept of the group; none is empty.
    """

    of_concept: NDArray[np.int64]
    member: NDArray[np.bool_]

    @classmethod
    def of(cls, q_matrix: QMatrix, groups: Sequence[Sequence[str]]) -> "ConceptGroups":
        """Groups by the ids of their concepts.

        Args:
            q_matrix: The questions and concepts.
            groups: Ids of each group's concepts; every concept stands in one group.

        Raises:
            ValueError: If a concept stands in no group or in several.
        """
        rows = [[q_matrix.concept_index[name] for name in group] for group in groups]
        named = sorted(row for group in rows for row in group)
        if named != list(range(len(q_matrix.concept_ids))):
            raise ValueError("Every concept must stand in exactly one group.")
        asked = [group for group in rows if q_matrix.dense[:, group].any()]
        of_concept = np.full(len(named), -1, dtype=np.int64)
        for number, group in enumerate(asked):
            of_concept[group] = number
        member = np.array([q_matrix.dense[:, group].any(axis=1) for group in asked], dtype=bool)
        return cls(of_concept, member.reshape(len(asked), len(q_matrix.question_ids)))

    def __len__(self) -> int:
        return len(self.member)

    @cached_property
    def first_concept(self) -> NDArray[np.int64]:
        """int64 [groups], the first concept of each: it stands for all, which share a vector and a mastery."""
        firsts = [np.flatnonzero(self.of_concept == group)[0] for group in range(len(self))]
        return np.array(firsts, dtype=np.int64)

    @cached_property
    def shares(self) -> csr_array:
        """float32 [groups, questions], rows sum to 1: times P(correct) of all questions it gives the targets."""
        return csr_array((self.member / self.member.sum(axis=1, keepdims=True)).astype(np.float32))

    def means(self, p_correct: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mean over each group's questions, [n, groups] of P(correct) [n, questions]."""
        return np.asarray((self.shares @ p_correct.T).T, dtype=np.float32)

    def drawn(self, n: int, samples: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Questions drawn with replacement from each group's own, int64 [n, groups, samples]."""
        counts = self.member.sum(axis=1)
        listed, first = np.nonzero(self.member)[1], np.cumsum(counts) - counts
        place = (rng.random((n, len(self), samples)) * counts[:, None]).astype(np.int64)
        return np.asarray(listed[first[:, None] + place])

    def shared(self, vectors: NDArray[np.float32], how: str, rng: np.random.Generator) -> NDArray[np.float32]:
        """One vector for all concepts of a group.

        centroid: √d · normalise(mean of the members' unit vectors); medoid: the member with the highest mean cosine
        to all members, the first of several; random-member: one member, drawn once.

        Args:
            vectors: [concepts, d].
            how: One of `CONCEPT_VECTORS`.
            rng: Draws members.

        Returns:
            [concepts, d]: each group's vector for each of its concepts; those of no group keep their own.

        Raises:
            UserError: If `how` is unknown.
        """
        if how not in CONCEPT_VECTORS:
            raise UserError(f"Unknown concept vector {how!r}.", allowed=", ".join(CONCEPT_VECTORS))
        found = vectors.copy()
        for group in range(len(self)):
            members = np.flatnonzero(self.of_concept == group)
            found[members] = _standing_for(vectors[members], how, rng)
        return found


def _standing_for(vectors: NDArray[np.float32], how: str, rng: np.random.Generator) -> NDArray[np.float32]:
    if how == "random-member":
        return np.asarray(vectors[rng.integers(len(vectors))])
    if len(vectors) == 1:
        return np.asarray(vectors[0])
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    mean = unit.mean(axis=0)
    if how == "medoid":
        return np.asarray(vectors[np.argmax(unit @ mean)])
    length = np.sqrt(np.float32(len(mean))) / max(np.linalg.norm(mean), 1e-12)
    return np.asarray(mean * length, dtype=np.float32)

"""A student's memories with their vectors, searched by meaning, age and outcome."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, Outcome
from preceptor.embed import Encoder
from preceptor.tutor.memory import Memory
from preceptor.tutor.query import Query
from preceptor.tutor.ranking import MOST_COMPARED, Ranking, unlike, varied

UNDATED = 0.5
"""Stands for what is left of a memory whose time is unknown, where others fade."""
RELEVANCE = {Outcome.CORRECT: 0.5, Outcome.DONT_KNOW: 0.8, Outcome.WRONG: 0.9}
"""Of a memory with another misconception or none; 1 where the misconception is that of the query."""


@dataclass(frozen=True, slots=True)
class Found:
    """A memory that was found.

    Args:
        memory: The memory.
        score: What it was ranked by.
    """

    memory: Memory
    score: float


class MemoryIndex:
    """The memories of one student.

    Vectors are computed once, when a memory comes in, and memory grows by doubling, so that an answer costs the
    encoding of its texts and amortised constant time besides.

    Args:
        encoder: Gives unit rows, so that dot products are cosines.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._memories: list[Memory] = []
        self._of_event: dict[str, list[int]] = {}
        self._described, self._keywords = _Table(np.float32), _Table(np.float32)
        self._facts = _Table(np.float64)  # time, relevance, row of the keywords, code of the misconception
        self._keyword_row: dict[str, int] = {}
        self._misconceptions: dict[str, int] = {}
        self._of_concept: dict[str, list[int]] = {}
        self._beside: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._memories)

    @property
    def memories(self) -> Sequence[Memory]:
        """All memories, oldest first; not to be changed."""
        return self._memories

    def extend(self, memories: Sequence[Memory]) -> None:
        """Take in memories that came later than all others."""
        if not memories:
            return
        new = list(dict.fromkeys(m.keywords for m in memories if m.keywords not in self._keyword_row))
        vectors = self._encoder.encode([*(memory.text for memory in memories), *new])
        self._described.add(vectors[: len(memories)])
        self._keywords.add(vectors[len(memories) :])
        self._keyword_row |= zip(new, range(len(self._keyword_row), len(self._keyword_row) + len(new)), strict=True)
        self._facts.add(np.array([self._fact(memory) for memory in memories], dtype=np.float64))
        for row, memory in enumerate(memories, start=len(self._memories)):
            self._of_event.setdefault(memory.event_id, []).append(row)
            for concept_id in memory.concept_ids:
                self._of_concept.setdefault(concept_id, []).append(row)
                self._beside.setdefault(concept_id, set()).update(memory.concept_ids)
        self._memories.extend(memories)

    def _fact(self, memory: Memory) -> tuple[float, float, int, int]:
        seconds = np.nan if memory.time_seconds is None else memory.time_seconds
        code = self._misconceptions.setdefault(memory.misconception_id, len(self._misconceptions))
        return seconds, RELEVANCE[memory.outcome], self._keyword_row[memory.keywords], code

    def search(
        self, query: Query, bank: Bank, at_seconds: float, ranking: Ranking, without: Collection[str] = ()
    ) -> tuple[Found, ...]:
        """Find memories of the query's concepts and their prerequisites.

        Of all, first = prior · s with s = max(0, λ·cos(query, description) + (1 − λ)·cos(query, keywords)) and
        prior = relevance · mean over the memory's own concepts of what is left of them since its time. Of the K best
        that differ, score = prior · ½ [s + max(0, reranker(query, description))]; of these the kept ones are chosen
        by score and variety.

        Args:
            query: What the turn is about.
            bank: The questions and concepts.
            at_seconds: Now, UTC.
            ranking: How to rank.
            without: Event ids of what is still the present; episodes that end with one of them are left out, too.

        Returns:
            At most `ranking.kept`, no two alike, in the order of choice; the first has the highest score.
        """
        concepts = query.around(bank)
        near = self._near(concepts, without)
        if not len(near):
            return ()
        told = query.text(bank)
        prior = self._prior(near, concepts, query.misconception_id, at_seconds, ranking)
        like = np.maximum(self._similar(near, self._encoder.encode([told])[0], ranking.weight), 0.0)
        first = prior * like
        order = _best(first, max(MOST_COMPARED, ranking.candidates))
        picked = [order[i] for i in unlike(range(len(order)), self._described.rows[near[order]], ranking.candidates)]
        rows = near[picked]
        close = ranking.reranker.score(told, [self._memories[row].text for row in rows])
        scores = prior[picked] * (like[picked] + np.maximum(close, 0.0)) / 2
        chosen = varied(scores, self._described.rows[rows], ranking.kept)
        return tuple(Found(self._memories[rows[i]], float(scores[i])) for i in chosen)

    def _near(self, concepts: Collection[str], without: Collection[str]) -> NDArray[np.int64]:
        """Rows of the memories on one of the concepts, oldest first."""
        wanted = np.zeros(len(self._memories), dtype=bool)
        for concept_id in concepts:
            wanted[self._of_concept.get(concept_id, [])] = True
        wanted[[row for event_id in without for row in self._of_event.get(event_id, ())]] = False
        return np.flatnonzero(wanted)

    def _similar(self, near: NDArray[np.int64], target: NDArray[np.float32], weight: float) -> NDArray[np.float64]:
        """λ·cos(query, description) + (1 − λ)·cos(query, keywords) of some rows."""
        every = self._described.rows
        # Gathering rows costs more than a product with all of them once they are many.
        described = (every @ target)[near] if 4 * len(near) > len(every) else every[near] @ target
        words = (self._keywords.rows @ target)[self._facts.rows[near, 2].astype(np.int64)]
        return np.asarray(weight * described + (1 - weight) * words, dtype=np.float64)

    def _prior(
        self, near: NDArray[np.int64], concepts: Collection[str], misconception: str, at: float, ranking: Ranking
    ) -> NDArray[np.float64]:
        """What speaks for a memory whatever it says: its outcome, and what is left of it."""
        code = self._misconceptions.get(misconception, -1) if misconception else -1
        prior = np.where(self._facts.rows[near, 3] == code, 1.0, self._facts.rows[near, 1])
        if ranking.fading is None:
            return prior
        days = np.maximum(0.0, at - self._facts.rows[:, 0]) / SECONDS_PER_DAY
        left, count = np.zeros(len(self)), np.zeros(len(self))
        for concept_id in sorted(set().union(*(self._beside.get(concept, ()) for concept in concepts))):
            rows = np.array(self._of_concept[concept_id])
            dated = ~np.isnan(days[rows])
            left[rows] += np.where(dated, ranking.fading(concept_id, np.where(dated, days[rows], 0.0)), UNDATED)
            count[rows] += 1
        return np.asarray(prior * left[near] / count[near])


class _Table:
    """Rows of numbers; memory grows by doubling.

    Args:
        dtype: Of the numbers.
    """

    def __init__(self, dtype: type[np.floating[Any]]) -> None:
        self._dtype = dtype
        self._count = 0
        self._memory: NDArray[Any] = np.zeros((0, 0), dtype=dtype)

    @property
    def rows(self) -> NDArray[Any]:
        """[rows, width], what was added so far."""
        return self._memory[: self._count]

    def add(self, rows: NDArray[Any]) -> None:
        """Add rows, all of one width."""
        count = self._count + len(rows)
        if count > len(self._memory):
            grown = np.zeros((max(count, 2 * len(self._memory)), rows.shape[1]), dtype=self._dtype)
            if self._count:
                grown[: self._count] = self.rows
            self._memory = grown
        self._memory[self._count : count] = rows
        self._count = count


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Indices of the highest scores, highest first; of equal ones the later."""
    if count < len(scores):
        among = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    else:
        among = np.arange(len(scores))
    return among[::-1][np.argsort(-scores[among][::-1], kind="stable")]

"""Which persona entries and memories matter for one turn."""

from collections.abc import Sequence

import numpy as np

from preceptor.domain import Bank
from preceptor.embed import Encoder
from preceptor.tutor.memory import Memory
from preceptor.tutor.memory_index import MemoryIndex
from preceptor.tutor.persona import PersonaEntry
from preceptor.tutor.query import Query
from preceptor.tutor.ranking import Described, Ranking

PLAIN = Ranking()


def retrieve_persona(
    entries: Sequence[PersonaEntry], query: Query, bank: Bank, encoder: Encoder, ranking: Ranking = PLAIN
) -> tuple[PersonaEntry, ...]:
    """Choose persona entries: the question's concepts, their prerequisites, and at most one relevant strength.

    s = λ·cos(query, description) + (1 − λ)·cos(query, keywords); score = ½ [max(0, s) + max(0, reranker)] for the K
    entries with the highest s. The question's own concepts come before prerequisites. A strength elsewhere is
    relevant if its score is above 0; the most relevant one takes the last place.

    Args:
        entries: The persona.
        query: What the turn is about.
        bank: The questions and concepts.
        encoder: Gives unit rows, so that dot products are cosines.
        ranking: How to rank; nothing fades, for entries hold what is known now.

    Returns:
        At most `ranking.kept` entries, best first, the strength last.
    """
    own, around = frozenset(query.question.concepts), query.around(bank)
    needed = [entry for entry in entries if entry.concept_id in around]
    strengths = [entry for entry in entries if entry.concept_id not in around and entry.strong]
    scores = scores_of([*needed, *strengths], query.text(bank), encoder, ranking)
    order = sorted(range(len(needed)), key=lambda i: (needed[i].concept_id not in own, -scores[i]))
    chosen = [needed[i] for i in order[: ranking.kept]]
    relevant = max(range(len(strengths)), key=lambda i: scores[len(needed) + i], default=None)
    if relevant is None or scores[len(needed) + relevant] <= 0 or ranking.kept < 2:
        return tuple(chosen)
    return (*chosen[: ranking.kept - 1], strengths[relevant])


def retrieve_memories(
    remembered: Sequence[Memory],
    query: Query,
    bank: Bank,
    encoder: Encoder,
    at_seconds: float,
    ranking: Ranking = PLAIN,
) -> tuple[Memory, ...]:
    """Choose memories of the question's concepts and their prerequisites, see `MemoryIndex.search`.

    Args:
        remembered: The student's memories, oldest first.
        query: What the turn is about.
        bank: The questions and concepts.
        encoder: Gives unit rows, so that dot products are cosines.
        at_seconds: Now, UTC.
        ranking: How to rank.

    Returns:
        At most `ranking.kept` memories, no two alike, best first.
    """
    index = MemoryIndex(encoder)
    index.extend(remembered)
    return tuple(found.memory for found in index.search(query, bank, at_seconds, ranking))


def scores_of(entries: Sequence[Described], told: str, encoder: Encoder, ranking: Ranking) -> list[float]:
    """Score of every entry; those that are no candidates keep half of their similarity."""
    texts = [entry.text for entry in entries]
    vectors = encoder.encode([told, *texts, *(entry.keywords for entry in entries)]).astype(np.float64)
    described, words = vectors[1 : 1 + len(entries)] @ vectors[0], vectors[1 + len(entries) :] @ vectors[0]
    like = np.maximum(ranking.weight * described + (1 - ranking.weight) * words, 0)
    candidates = np.argsort(-like, kind="stable")[: ranking.candidates]
    close = np.zeros(len(entries))
    close[candidates] = np.maximum(ranking.reranker.score(told, [texts[i] for i in candidates]), 0)
    return [float(score) for score in (like + close) / 2]

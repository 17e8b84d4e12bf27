"""Which persona entries and memories matter for one turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, Outcome, Question
from preceptor.embed import Encoder
from preceptor.tutor.memory import Memory
from preceptor.tutor.persona import PersonaEntry

KEPT = 3
MOST_CANDIDATES = 40
HALF_LIFE_DAYS = 14.0
LEAST_RECENCY = 0.25
UNDATED_RECENCY = 0.5
DIVERSITY = 0.3
SAME_TEXT = 0.97
_RELEVANCE = {Outcome.CORRECT: 0.5, Outcome.DONT_KNOW: 0.8, Outcome.WRONG: 0.9}


class Described(Protocol):
    """What can be retrieved: a description and its keywords."""

    @property
    def text(self) -> str:
        """The description."""
        ...

    @property
    def keywords(self) -> str:
        """The keywords."""
        ...


EntryT = TypeVar("EntryT", bound=Described)


@dataclass(frozen=True, slots=True)
class Query:
    """What a turn is about.

    Args:
        question: The question of the turn.
        response: The student's answer; empty when a question is opened.
        misconception_id: The misconception the answer shows; empty if none.
    """

    question: Question
    response: str = ""
    misconception_id: str = ""

    def text(self, bank: Bank) -> str:
        """Answer, stem, concepts and misconception: an answer alone says too little."""
        named = [bank.concept[c].name for c in self.question.concepts]
        mistake = bank.misconception.get(self.misconception_id)
        return " ".join([self.response, self.question.text, *named, mistake.name if mistake else ""])


def retrieve_persona(
    entries: Sequence[PersonaEntry], query: Query, bank: Bank, encoder: Encoder, weight: float = 0.5
) -> tuple[PersonaEntry, ...]:
    """Choose persona entries: the question's concepts, their prerequisites, and at most one strength besides.

    score = λ·cos(query, description) + (1 − λ)·cos(query, keywords)

    Args:
        entries: The persona.
        query: What the turn is about.
        bank: The questions and concepts.
        encoder: Gives unit rows, so that dot products are cosines.
        weight: λ in 0..1.

    Returns:
        At most three entries, best first.
    """
    own = concepts_around(query.question, bank)
    near = [entry for entry in entries if entry.concept_id in own]
    strengths = [entry for entry in entries if entry.concept_id not in own and entry.strong]
    chosen = list(_ranked(near, np.ones(len(near)), query.text(bank), encoder, weight))
    if strengths:
        best = max(strengths, key=lambda entry: (entry.recall, entry.attempts))
        chosen = [*chosen[: KEPT - 1], best]
    return tuple(chosen)


def retrieve_memories(
    remembered: Sequence[Memory],
    query: Query,
    bank: Bank,
    encoder: Encoder,
    at_seconds: float,
    weight: float = 0.5,
) -> tuple[Memory, ...]:
    """Choose memories of the question's concepts and their prerequisites.

    score = similarity · recency · relevance, with similarity as for the persona, recency = ½^(age / 14 days) but at
    least ¼ (½ where the time is unknown), and relevance 1 for the same misconception, 0.9 for another wrong answer,
    0.8 for "I don't know", ½ for a right one. Among similar ones the best stays (maximal marginal relevance).

    Args:
        remembered: The student's memories, oldest first; the newest forty on the concepts are considered.
        query: What the turn is about.
        bank: The questions and concepts.
        encoder: Gives unit rows, so that dot products are cosines.
        at_seconds: Now, UTC.
        weight: λ in 0..1.

    Returns:
        At most three memories, best first, no two alike.
    """
    own = concepts_around(query.question, bank)
    near = [memory for memory in remembered if own.intersection(memory.concept_ids)][-MOST_CANDIDATES:]
    prior = np.array([_recency(m, at_seconds) * _relevance(m, query) for m in near])
    return tuple(_ranked(near, prior, query.text(bank), encoder, weight))


def concepts_around(question: Question, bank: Bank) -> frozenset[str]:
    """The question's concepts and their direct prerequisites."""
    needed = (bank.concept[concept_id].prerequisites for concept_id in question.concepts)
    return frozenset(question.concepts).union(*needed)


def _recency(memory: Memory, at_seconds: float) -> float:
    if memory.time_seconds is None:
        return UNDATED_RECENCY
    age_days = max(0.0, at_seconds - memory.time_seconds) / SECONDS_PER_DAY
    return max(LEAST_RECENCY, float(0.5 ** (age_days / HALF_LIFE_DAYS)))


def _relevance(memory: Memory, query: Query) -> float:
    if memory.misconception_id and memory.misconception_id == query.misconception_id:
        return 1.0
    return _RELEVANCE[memory.outcome]


def _ranked(
    entries: Sequence[EntryT], prior: NDArray[np.float64], query: str, encoder: Encoder, weight: float
) -> Iterator[EntryT]:
    """Yield the best entries by prior · similarity, passing over what repeats an earlier one."""
    if not entries:
        return
    texts, keywords = [entry.text for entry in entries], [entry.keywords for entry in entries]
    vectors = encoder.encode([query, *texts, *keywords]).astype(np.float64)
    target, descriptions, words = vectors[0], vectors[1 : 1 + len(entries)], vectors[1 + len(entries) :]
    similarity = weight * (descriptions @ target) + (1 - weight) * (words @ target)
    score = prior * np.maximum(similarity, 0)
    closest = np.zeros(len(entries))  # cosine to the nearest chosen entry
    for _ in range(min(KEPT, len(entries))):
        left = np.where(closest < SAME_TEXT, (1 - DIVERSITY) * score - DIVERSITY * closest, -np.inf)
        best = int(np.argmax(left))
        if left[best] == -np.inf:
            return
        yield entries[best]
        closest = np.maximum(closest, descriptions @ descriptions[best])
        closest[best] = np.inf

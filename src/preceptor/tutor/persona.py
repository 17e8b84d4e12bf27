"""The persona: what the history says about a student, concept by concept, each entry with its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from preceptor.domain import Bank, ConceptRecall, Interaction, Outcome, claims_nothing, score_text
from preceptor.tutor.diagnosis import misconception_of
from preceptor.tutor.words import ago, percent

MOST_CITED = 5
LOW_RECALL, HIGH_RECALL = 0.5, 0.8
ENOUGH_ATTEMPTS = 3
NOTICEABLE_LOSS = 0.05


@dataclass(frozen=True, slots=True)
class PersonaEntry:
    """What is known of a student on one concept.

    Args:
        concept_id: The concept.
        name: The concept's name.
        text: The same in words; its figures are the ones below.
        keywords: The concept's name and code, and the misconceptions met.
        attempts: Answers on the concept.
        correct: Sum of their credit.
        mastery: P(correct) at the last practice.
        recall: P(correct) now.
        event_ids: The newest answers it rests on, at most five, oldest first; never empty.
    """

    concept_id: str
    name: str
    text: str
    keywords: str
    attempts: int
    correct: float
    mastery: float
    recall: float
    event_ids: tuple[str, ...]

    @property
    def strong(self) -> bool:
        """Whether the concept is a strength: high recall on enough evidence."""
        return self.recall > HIGH_RECALL and self.attempts >= ENOUGH_ATTEMPTS


def persona(
    history: Sequence[Interaction], bank: Bank, recalls: Mapping[str, ConceptRecall], at_seconds: float
) -> tuple[PersonaEntry, ...]:
    """Describe a student, one entry for each practised concept, in the bank's order.

    An entry depends on its own concept's recall and events only.

    Args:
        history: The student's interactions, in order.
        bank: The questions.
        recalls: What the mind knows, by concept id.
        at_seconds: Now, UTC.
    """
    evidence: dict[str, list[Interaction]] = {}
    for event in history:
        question = bank.question.get(event.question_id)
        for concept_id in question.concepts if question else ():
            evidence.setdefault(concept_id, []).append(event)
    return tuple(
        _entry(bank, recalls[concept.concept_id], evidence[concept.concept_id], at_seconds)
        for concept in bank.concepts
        if concept.concept_id in evidence and concept.concept_id in recalls and not claims_nothing(concept.concept_id)
    )


def _entry(bank: Bank, known: ConceptRecall, events: Sequence[Interaction], at_seconds: float) -> PersonaEntry:
    cited = events[-MOST_CITED:]
    concept = bank.concept[known.concept_id]
    met = {misconception_of(bank, event): None for event in cited if event.outcome is Outcome.WRONG}
    named = [bank.misconception[m].name for m in met if m]
    return PersonaEntry(
        known.concept_id,
        concept.name,
        _text(concept.name, known, at_seconds),
        " ".join(part for part in (concept.name, concept.code, *named) if part),
        known.attempts,
        known.correct,
        known.mastery,
        known.recall,
        tuple(event.event_id for event in cited),
    )


def _text(name: str, known: ConceptRecall, at_seconds: float) -> str:
    """Say the figures; judge only on enough evidence, in absolute bands of recall."""
    sentences = [
        f"{name}: {score_text(known.correct, known.attempts)}.",
        f"Recall now is about {percent(known.recall)}{_faded(known)}{_judged(known)}.",
    ]
    if known.last_practice_seconds is not None:
        sentences.append(f"Last practised {ago(at_seconds - known.last_practice_seconds)}.")
    return " ".join(sentences)


def _faded(known: ConceptRecall) -> str:
    return f", down from {percent(known.mastery)}" if known.forgotten >= NOTICEABLE_LOSS else ""


def _judged(known: ConceptRecall) -> str:
    if known.attempts < ENOUGH_ATTEMPTS:
        return ", on little evidence"
    if known.recall > HIGH_RECALL:
        return ": solid"
    return ": partly there" if known.recall >= LOW_RECALL else ": shaky"

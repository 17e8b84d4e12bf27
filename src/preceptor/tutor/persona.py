"""The persona: what the history says about a student, concept by concept, each entry with its evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from preceptor.domain import Bank, ConceptRecall, Interaction, claims_nothing
from preceptor.tutor.rendering import render, state_of
from preceptor.tutor.rules import ENOUGH_ANSWERS, HIGH_RECALL, Action
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.traits import Trait

MOST_CITED = 5
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
        action: What to do about it, by the rule table.
        traits: Its statistics with intervals and evidence.
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
    action: Action = Action.PRACTISE
    traits: tuple[Trait, ...] = ()

    @property
    def strong(self) -> bool:
        """Whether the concept is a strength: high recall on enough evidence."""
        return self.recall > HIGH_RECALL and self.attempts >= ENOUGH_ANSWERS


def persona(
    history: Iterable[Interaction],
    bank: Bank,
    recalls: Mapping[str, ConceptRecall],
    at_seconds: float,
    language: str = "en",
) -> tuple[PersonaEntry, ...]:
    """Describe a student from the whole history; see `persona_of`, which costs no replay."""
    return persona_of(StudentModel.of(bank, history), recalls, at_seconds, language)


def persona_of(
    model: StudentModel, recalls: Mapping[str, ConceptRecall], at_seconds: float, language: str = "en"
) -> tuple[PersonaEntry, ...]:
    """Describe a student, one entry for each practised concept, in the bank's order.

    An entry depends on its own concept's recall and events only.

    Args:
        model: What follows the history.
        recalls: What the mind knows, by concept id.
        at_seconds: Now, UTC.
        language: ISO 639-1 code of the texts.
    """
    practised = set(model.tally.concept_ids)
    return tuple(
        _entry(model, recalls[concept.concept_id], at_seconds, language)
        for concept in model.bank.concepts
        if concept.concept_id in practised and concept.concept_id in recalls and not claims_nothing(concept.concept_id)
    )


def _entry(model: StudentModel, known: ConceptRecall, at_seconds: float, language: str) -> PersonaEntry:
    bank, concept_id = model.bank, known.concept_id
    concept, traits = bank.concept[concept_id], model.tally.traits(concept_id)
    cited = traits[0].event_ids[-MOST_CITED:]
    met = (m for m, share in model.tally.mistakes(concept_id).items() if share.newest[-1] in cited)
    state = state_of(bank, known, model.last_answers.by_concept.get(concept_id))
    return PersonaEntry(
        concept_id,
        concept.name,
        render(state, bank, at_seconds, language),
        " ".join(part for part in (concept.name, concept.code, *(bank.misconception[m].name for m in met)) if part),
        known.attempts,
        known.correct,
        known.mastery,
        known.recall,
        cited,
        state.action,
        traits,
    )

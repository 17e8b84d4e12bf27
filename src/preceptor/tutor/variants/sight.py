"""A situation as one variant sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from preceptor.domain import ConceptRecall, Interaction
from preceptor.tutor.memory import Memory
from preceptor.tutor.persona import PersonaEntry, persona_of
from preceptor.tutor.rules import Action
from preceptor.tutor.situation import Profile, Situation
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.trait_words import told
from preceptor.tutor.traits import TraitKind
from preceptor.tutor.variants.knows import Knows


def seen(situation: Situation, knows: Knows) -> Situation:
    """Take out of a situation what a variant may not know.

    The question, its answer and grade, and what was said in the session stay: they are the same for every variant. What
    is seen of what was seen is the same again.
    """
    history = situation.history if knows.memory else ()
    if not knows.forgetting:
        history = timeless(history)
    known = recalls_for(situation.recalls, knows)
    return replace(situation, history=history, recalls=known, profile=_profile(situation, known, knows))


def recalls_for(recalls: Mapping[str, ConceptRecall], knows: Knows) -> Mapping[str, ConceptRecall]:
    """What is known of each concept; who knows of no forgetting takes mastery for recall, and knows no times."""
    if not knows.mastery:
        return {}
    if knows.forgetting:
        return recalls
    return {concept_id: _unfading(known) for concept_id, known in recalls.items()}


def _unfading(known: ConceptRecall) -> ConceptRecall:
    return replace(known, recall=known.mastery, retention=1.0, strength_days=None, last_practice_seconds=None)


def timeless(history: Sequence[Interaction]) -> tuple[Interaction, ...]:
    """A history without times."""
    return tuple(event if event.time_seconds is None else replace(event, time_seconds=None) for event in history)


def _profile(situation: Situation, recalls: Mapping[str, ConceptRecall], knows: Knows) -> Profile:
    profile = situation.profile
    persona, traits = (profile.persona, profile.traits) if knows.persona else ((), ())
    timed = any(event.time_seconds is not None for event in situation.history)
    if (persona or traits) and timed and not knows.forgetting:
        persona, traits = _timeless_persona(situation, recalls, persona)
    if knows.persona and not knows.mastery:
        persona = tuple(by_answers(entry, situation.language) for entry in profile.persona)
    memories = profile.memories if knows.memory else ()
    if not knows.forgetting:
        memories = tuple(_undated(memory) for memory in memories)
    return Profile(
        persona,
        memories,
        tuple(entry.text for entry in persona),
        traits,
        profile.passages if knows.retrieval else (),
    )


def _timeless_persona(
    situation: Situation, recalls: Mapping[str, ConceptRecall], persona: Sequence[PersonaEntry]
) -> tuple[tuple[PersonaEntry, ...], tuple[str, ...]]:
    """Entries and traits told anew from a past without times, which stand in texts, and in how fast is forgotten."""
    model = StudentModel.of(situation.bank, timeless(situation.history))
    wanted = {entry.concept_id: recalls[entry.concept_id] for entry in persona if entry.concept_id in recalls}
    found = persona_of(model, wanted, situation.at_seconds, situation.language)
    anew = {entry.concept_id: entry for entry in found}
    traits = tuple(told(trait, situation.language) for trait in model.tally.traits() if trait.known)
    return tuple(anew[entry.concept_id] for entry in persona if entry.concept_id in anew), traits


def _undated(memory: Memory) -> Memory:
    return replace(memory, time_seconds=None)


def by_answers(entry: PersonaEntry, language: str) -> PersonaEntry:
    """A persona entry that holds nothing of a tracer: how many answers on the concept were right."""
    accuracy = next(trait for trait in entry.traits if trait.kind is TraitKind.ACCURACY)
    share = entry.correct / entry.attempts if entry.attempts else 0.0
    return replace(
        entry,
        text=f"{entry.name}. {told(accuracy, language)}",
        mastery=share,
        recall=share,
        action=Action.PRACTISE,
        traits=(accuracy,),
    )

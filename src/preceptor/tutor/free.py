"""Free questions, answered from the course's own content."""

import re
from dataclasses import dataclass
from enum import StrEnum

from preceptor.answers import as_typed
from preceptor.domain import Concept, Question, claims_nothing
from preceptor.tutor.example import MOST_STEPS, example_for
from preceptor.tutor.guard import reveals
from preceptor.tutor.situation import Situation
from preceptor.tutor.tongue import Tongue, tongue
from preceptor.tutor.words import begin, shown

CONFIDENT = 0.5
"""Tags below it are a guess; the student is asked."""
MOST_OFFERED = 3
_MOST_REMEDIES = 2


class Wish(StrEnum):
    """What a free question asks for."""

    MEANING = "meaning"  # what something is
    METHOD = "method"  # why or how something is done
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class FreeAnswer:
    """A reply from the course's content.

    Args:
        text: Paragraphs parted by empty lines.
        example_id: The question whose worked steps it shows; empty for none. It should not be asked soon.
    """

    text: str
    example_id: str = ""


_EXAMPLE = {
    "en": re.compile(r"\b(examples?|another one|show me (one|how)|similar (one|question)|for instance)\b"),
    "de": re.compile(r"\b(beispiele?|noch ein(e|s)?|zeig mir,? (eins|wie)|ähnliche (aufgabe|frage))\b"),
}
_METHOD = {
    "en": re.compile(r"\b(why|how|explain|what (do|should|must|can) (i|you|we)|steps?|reason)\b"),
    "de": re.compile(
        r"\b(warum|wieso|weshalb|wie|erkläre?|was (muss|soll|kann|macht) (ich|man|wir)|schritte?|grund)\b"
    ),
}
_BACK = (
    "Now look at your question again.",
    "Does that help with your question?",
    "Try your question with that in mind.",
)


def wish_of(message: str, language: str) -> Wish:
    """What a free question asks for."""
    text = message.casefold()
    for wish, patterns in ((Wish.EXAMPLE, _EXAMPLE), (Wish.METHOD, _METHOD)):
        if any(patterns[code].search(text) for code in {"en", language} & patterns.keys()):
            return wish
    return Wish.MEANING


def free_answer(situation: Situation) -> FreeAnswer:
    """Answer a free question: by what a concept is, by how it is done elsewhere, or by asking back.

    Nothing in it shows the open question's answer. Where nobody can tell which concept is meant, it asks and never
    guesses.
    """
    say = tongue(situation.question)
    concepts = _meant(situation)
    if not concepts:
        return FreeAnswer(_which(situation, say))
    wish = wish_of(situation.message, situation.language)
    told = [] if wish is Wish.EXAMPLE else _explained(concepts, situation)
    example = _example(concepts, situation) if wish is not Wish.MEANING or not told else None
    if example is not None:
        told.append(worked(example, situation, say))
    elif not told:
        told += _remedies(concepts, situation) or [_hint_instead(situation, say)]
    told.append(say.pick(_BACK, "back", situation.seed))
    return FreeAnswer("\n\n".join(told), example.question_id if example else "")


def material(situation: Situation) -> tuple[str, ...]:
    """What a model may rest its answer on; nothing in it shows the open question's answer."""
    concepts = _meant(situation)
    if not concepts:
        return ()
    found = [*_explained(concepts, situation), *_remedies(concepts, situation)]
    example = _example(concepts, situation)
    if example is not None:
        found.append(worked(example, situation, tongue(situation.question)))
    return tuple(found)


def worked(example: Question, situation: Situation, say: Tongue) -> str:
    """Another question with its steps and answer."""
    answered = any(event.question_id == example.question_id for event in situation.history)
    lead = "You have answered this one before:" if answered else "Here is a similar one:"
    steps = "\n".join(f"{number}. {step.text}" for number, step in enumerate(example.steps[:MOST_STEPS], 1))
    result = say("So the answer is {key}.", key=shown(example, as_typed(example.key, example)))
    return "\n\n".join((f"{say(lead)} {example.text}", steps, result))


def _meant(situation: Situation) -> list[Concept]:
    """The concepts that the message is about, as far as anybody can tell."""
    sure = [tag for tag in situation.tags if tag.confidence >= CONFIDENT and not claims_nothing(tag.concept_id)]
    return [situation.bank.concept[tag.concept_id] for tag in sure[:MOST_OFFERED]]


def _example(concepts: list[Concept], situation: Situation) -> Question | None:
    wanted = [concept.concept_id for concept in concepts]
    return example_for(situation.question, wanted, situation.bank, situation.history)


def _explained(concepts: list[Concept], situation: Situation) -> list[str]:
    """What the first concept is, and what it builds on."""
    say = tongue(situation.question)
    told = [f"{concept.name}: {concept.explanation}" for concept in concepts[:1] if concept.explanation]
    for concept_id in concepts[0].prerequisites[:1] if told else ():
        before = situation.bank.concept[concept_id]
        if before.explanation:
            told.append(say("It builds on {concept}: {explanation}", concept=say.within(before.name),
                            explanation=before.explanation))  # fmt: skip
    return [begin(text) for text in told if not reveals(text, situation.question)]


def _remedies(concepts: list[Concept], situation: Situation) -> list[str]:
    """What helps against the mistakes that are made here."""
    known = {concept.concept_id for concept in concepts}
    found = [mistake.remedy for mistake in situation.bank.misconceptions if mistake.concept_id in known]
    return [text for text in found if not reveals(text, situation.question)][:_MOST_REMEDIES]


def _which(situation: Situation, say: Tongue) -> str:
    """Ask which concept is meant."""
    near = [tag.concept_id for tag in situation.tags] or [*situation.question.concepts]
    bank = situation.bank
    known = [c for c in dict.fromkeys(near) if c in bank.concept and not claims_nothing(c)]
    if len(known) < MOST_OFFERED:
        needed = (p for c in situation.question.concepts for p in bank.concept[c].prerequisites)
        known = [*dict.fromkeys([*known, *situation.question.concepts, *needed])]
        known = [c for c in known if not claims_nothing(c)]
    names = [say.within(bank.concept[concept_id].name) for concept_id in known[:MOST_OFFERED]]
    if not names:
        return _hint_instead(situation, say)
    listed = "\n".join(f"- {begin(name)}" for name in names)
    return "\n\n".join((say("I am not sure what you mean. Is it about one of these?"), listed))


def _hint_instead(situation: Situation, say: Tongue) -> str:
    if situation.question.hints:
        return say("The course says nothing more on that. Ask for a hint, and I open the next one for this question.")
    return say(
        "The course says nothing more on that. Read the question once more, slowly, and write down what you know."
    )

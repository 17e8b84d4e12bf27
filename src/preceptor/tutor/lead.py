"""What is said before a question: what it is for, by the rule table."""

from collections.abc import Mapping
from enum import StrEnum

from preceptor.domain import Bank, ConceptRecall, Question
from preceptor.tutor.last_answers import LastAnswers
from preceptor.tutor.read_back import ANYTHING, read_back
from preceptor.tutor.rules import Action, Last
from preceptor.tutor.steering import Steer
from preceptor.tutor.tongue import Tongue, tongue, tongue_of
from preceptor.tutor.words import begin, percent


class Purpose(StrEnum):
    """What a lead says that its question is for."""

    REVIEW = "review"
    PRACTISE = "practise"
    NEW = "new"
    AFTER_MISS = "after_miss"
    STEP_BACK = "step_back"
    ADVANCE = "advance"
    DIAGNOSE = "diagnose"


_REVIEW = (
    "{concept} was at {mastery} when you last practised it {span} ago, and is at about {recall} now. "
    "Let's freshen it up."
)
_REVIEW_UNDATED = "{concept} was at {mastery}, and is at about {recall} now. Let's freshen it up."
_PRACTISE = "We practise {concept}, at about {recall} now."
_NEW = "{concept} is new for you. Let's see how it goes."
_AFTER_MISS = "We stay with {concept}, at about {recall} now: your last answer on it missed."
_AFTER_MISCONCEPTION = (
    "We stay with {concept}, at about {recall} now. Wrong answers like your last one often appear when someone {does}."
)
_STEP_BACK = "{concept} rests on {target}, at about {recall} now. Let's make that firm first."
_ADVANCE = "{concept} is solid, at about {recall}. On to {target}."
_ALL_SOLID = "{concept} is solid, at about {recall}. A harder look at it."
_DIAGNOSE = "This question only shows me where to start."

_PURPOSES = {
    Purpose.REVIEW: (_REVIEW, _REVIEW_UNDATED),
    Purpose.PRACTISE: (_PRACTISE,),
    Purpose.NEW: (_NEW,),
    Purpose.AFTER_MISS: (_AFTER_MISS, _AFTER_MISCONCEPTION),
    Purpose.STEP_BACK: (_STEP_BACK,),
    Purpose.ADVANCE: (_ADVANCE, _ALL_SOLID),
    Purpose.DIAGNOSE: (_DIAGNOSE,),
}


def purpose_of(text: str, language: str) -> Purpose | None:
    """What a lead says that its question is for; None if it is no lead.

    Args:
        text: What `lead` gave.
        language: ISO 639-1 code.
    """
    say = tongue_of(language)
    found = (
        purpose
        for purpose, sentences in _PURPOSES.items()
        if any(read_back(sentence, text, say, ANYTHING) for sentence in sentences)
    )
    return next(found, None)


def lead(
    steer: Steer,
    question: Question,
    bank: Bank,
    recalls: Mapping[str, ConceptRecall],
    last: Mapping[str, LastAnswers],
    at_seconds: float,
) -> str:
    """Say what a question is for; its figures are those of the concept that it names, and of no other.

    Args:
        steer: What allowed the question.
        question: The question that the policy chose.
        bank: The questions and concepts.
        recalls: What the mind knows now, by concept id.
        last: The last answers, by concept id.
        at_seconds: Now, UTC.
    """
    say, action = tongue(question), steer.action_for(question.concepts)
    if action is Action.DIAGNOSE:
        return say(_DIAGNOSE)
    asked = [c for c in question.concepts if c in recalls]
    if not asked:
        return ""
    target = next((c for c in asked if c in steer.targets), None) or _about(asked, steer, recalls)
    concept_id = steer.focus or target
    known = recalls[concept_id]
    name = bank.concept[concept_id].name
    parts = {"concept": begin(name), "recall": percent(known.recall), "mastery": percent(known.mastery)}
    if action is Action.ADVANCE:
        other = say.within(bank.concept[target].name)
        return say(_ALL_SOLID, **parts) if target == concept_id else say(_ADVANCE, target=other, **parts)
    if action is Action.REVIEW:
        if known.last_practice_seconds is None:
            return say(_REVIEW_UNDATED, **parts)
        return say(_REVIEW, span=say.figures(at_seconds - known.last_practice_seconds), **parts)
    if target != concept_id:
        inner = say.within(bank.concept[target].name)
        return say(_STEP_BACK, concept=begin(name), target=inner, recall=percent(recalls[target].recall))
    return _practise(known, last.get(concept_id), bank, say)


def _about(asked: list[str], steer: Steer, recalls: Mapping[str, ConceptRecall]) -> str:
    """Without a focus: of the concepts that the question's action is for, the one with the lowest recall."""
    action = steer.action_for(asked)
    own = [c for c in asked if steer.actions.get(c) is action] or asked
    return min(own, key=lambda c: recalls[c].recall)


def _practise(known: ConceptRecall, last: LastAnswers | None, bank: Bank, say: Tongue) -> str:
    name, recall = bank.concept[known.concept_id].name, percent(known.recall)
    if last is None:
        return say(_NEW, concept=begin(name))
    if last.ended is Last.MISCONCEPTION:
        does = bank.misconception[last.misconception_id].name
        return say(_AFTER_MISCONCEPTION, concept=say.within(name), recall=recall, does=does)
    sentence = _AFTER_MISS if last.ended is Last.MISSED else _PRACTISE
    return say(sentence, concept=say.within(name), recall=recall)

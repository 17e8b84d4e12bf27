"""The last words of a session."""

from collections.abc import Mapping, Sequence

from preceptor.domain import Bank, ConceptRecall, Interaction, claims_nothing, points_text
from preceptor.language import written_number
from preceptor.tutor.rules import HIGH_RECALL, LOW_RECALL
from preceptor.tutor.tongue import tongue
from preceptor.tutor.words import percent

_SCORE = "That was the last question of this session. You earned {points} of {answers} points."
_BEST = "{concept} stands best now, at about {recall}."
_WEAKEST = "{concept} needs more practice and comes again; it stands at about {recall}."


def closing(events: Sequence[Interaction], bank: Bank, recalls: Mapping[str, ConceptRecall]) -> str:
    """Sum up a session by what is on record.

    Args:
        events: The answers of the session, in order, at least one.
        bank: The questions.
        recalls: What the mind knows now, by concept id.
    """
    known = [event for event in events if event.question_id in bank.question]
    say = tongue(bank.question[known[-1].question_id])
    concept_ids = dict.fromkeys(c for event in known for c in bank.question[event.question_id].concepts)
    practised = sorted(
        (recalls[c] for c in concept_ids if c in recalls and not claims_nothing(c)), key=lambda found: found.recall
    )
    points = written_number(points_text(sum(event.correct for event in events)), say.language)
    told = [say(_SCORE, points=points, answers=len(events))]
    if practised and practised[-1].recall >= HIGH_RECALL:
        best = practised[-1]
        told.append(say(_BEST, concept=bank.concept[best.concept_id].name, recall=percent(best.recall)))
    if practised and practised[0].recall < LOW_RECALL:
        weakest = practised[0]
        told.append(say(_WEAKEST, concept=bank.concept[weakest.concept_id].name, recall=percent(weakest.recall)))
    return " ".join(told)

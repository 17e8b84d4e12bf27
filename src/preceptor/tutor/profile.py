"""What of a student's record matters for one answer."""

from collections.abc import Mapping, Sequence

from preceptor.domain import Bank, ConceptRecall, Interaction
from preceptor.embed import Encoder
from preceptor.tutor.answer import Answer
from preceptor.tutor.memory import memories, on_concepts
from preceptor.tutor.persona import persona
from preceptor.tutor.query import Query, concepts_around
from preceptor.tutor.retrieval import retrieve_memories, retrieve_persona
from preceptor.tutor.situation import Profile

MOST_REMEMBERED = 40


def profile_for(
    answer: Answer,
    history: Sequence[Interaction],
    bank: Bank,
    recalls: Mapping[str, ConceptRecall],
    at_seconds: float,
    encoder: Encoder,
) -> Profile:
    """Choose persona entries and memories for the feedback on an answer.

    Args:
        answer: The answer.
        history: The student's interactions, in order; this answer may stand in it already.
        bank: The questions.
        recalls: What the mind knows now, by concept id.
        at_seconds: Now, UTC.
        encoder: For retrieval.
    """
    question = bank.question[answer.question_id]
    near = on_concepts(past_of(answer, history), bank, concepts_around(question, bank))[-MOST_REMEMBERED:]
    query = Query(question, answer.response, answer.verdict.misconception_id)
    return Profile(
        retrieve_persona(persona(history, bank, recalls, at_seconds), query, bank, encoder),
        retrieve_memories(memories(near, bank), query, bank, encoder, at_seconds),
    )


def past_of(answer: Answer, history: Sequence[Interaction]) -> list[Interaction]:
    """The past without this answer and without earlier tries at the same question, which are still the present."""
    past = [event for event in history if event.event_id != answer.event_id]
    while answer.tries > 1 and past and past[-1].question_id == answer.question_id:
        past.pop()
    return past

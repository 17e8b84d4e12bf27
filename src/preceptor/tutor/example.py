"""A worked example that gives nothing of the open question away."""

from collections.abc import Collection, Sequence

from preceptor.answers import as_typed
from preceptor.domain import Bank, Interaction, Question
from preceptor.tutor.guard import reveals

MOST_STEPS = 6


def example_for(
    open_question: Question, concept_ids: Collection[str], bank: Bank, history: Sequence[Interaction]
) -> Question | None:
    """Another question on the concepts whose worked steps may be shown.

    One that the student has answered already comes first, the latest of them, for its answer is no secret. Else it is
    one of the same family as the open question, then one of its grade of difficulty, in the bank's order.

    Args:
        open_question: The question whose answer must stay hidden.
        concept_ids: What the example should be about.
        bank: The questions.
        history: The student's interactions, in order.

    Returns:
        The question; None if there is none that has steps and keeps the secret.
    """
    answered = {event.question_id: place for place, event in enumerate(history)}

    def order(question: Question) -> tuple[int, bool, bool, float]:
        far = abs((question.difficulty or 0.0) - (open_question.difficulty or 0.0))
        place = answered.get(question.question_id, -1)
        return (-place, question.family != open_question.family, len(question.steps) > MOST_STEPS, far)

    fitting = sorted(_about(concept_ids, bank), key=order)  # looked at one by one: to look takes a millisecond
    return next((question for question in fitting if _may_be_shown(question, open_question)), None)


def _about(concept_ids: Collection[str], bank: Bank) -> list[Question]:
    wanted = set(concept_ids)
    return [question for question in bank.questions if not wanted.isdisjoint(question.concepts)]


def _may_be_shown(question: Question, open_question: Question) -> bool:
    if question.question_id == open_question.question_id or not (question.servable and question.steps):
        return False
    shown = "\n".join([question.text, *(step.text for step in question.steps), as_typed(question.key, question)])
    return question.key != open_question.key and not reveals(shown, open_question)

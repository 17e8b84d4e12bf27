"""The words of arms that know nothing of a student: the course's own feedback without a past."""

from preceptor.answers import Verdict, VerdictOutcome, as_typed
from preceptor.domain import Bank, Interaction, Outcome, Question
from preceptor.tutor import TRIES, Answer, Background, feedback, misconception_of
from preceptor.tutor.feedback import result_of

UNFORESEEN = "…"
"""What a student types by a mistake that nobody foresaw."""


def typed(question: Question, response: str) -> str:
    """What a student types; latent minds answer in answer syntax."""
    return as_typed(response, question) if response else UNFORESEEN


def event_of(
    question: Question, student: str, position: int, right: bool, response: str, at_seconds: float, key: str
) -> Interaction:
    """An answer as it is stored."""
    return Interaction(
        key,
        student,
        question.question_id,
        question.revision,
        float(right),
        position,
        at_seconds,
        response,
        outcome=Outcome.CORRECT if right else Outcome.WRONG,
    )


def verdict_of(bank: Bank, event: Interaction) -> Verdict:
    """The verdict on an answer whose correctness is known; the lab is no test of the answer checker."""
    if event.outcome is Outcome.CORRECT:
        return Verdict(VerdictOutcome.CORRECT)
    return Verdict(VerdictOutcome.WRONG, misconception_id=misconception_of(bank, event))


def plain_feedback(bank: Bank, event: Interaction) -> str:
    """The course's feedback for somebody it has never met: verdict, misconception, worked steps."""
    verdict = verdict_of(bank, event)
    tries = 1 if verdict.outcome is VerdictOutcome.CORRECT else TRIES
    answer = Answer(event.event_id, event.question_id, event.response, verdict, tries)
    return feedback(answer, Background(bank, (), (), (), event.time_seconds or 0.0)).text


def solution(question: Question) -> str:
    """The worked steps and the answer."""
    steps = "\n".join(f"{number}. {step.text}" for number, step in enumerate(question.steps, 1))
    return f"{steps}\n\n{result_of(question)}"

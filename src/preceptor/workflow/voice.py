"""The tutor's words about an answer, from the same mind that chooses questions."""

from functools import cached_property

from preceptor.answers import Verdict, VerdictOutcome
from preceptor.domain import Interaction
from preceptor.embed import Encoder, LexicalEncoder
from preceptor.tutor import TRIES, Answer, Proposal, Turn, answer_turn, opening_turn
from preceptor.workflow.context import Context
from preceptor.workflow.minds import StudentRecord


class Voice:
    """Composes turns.

    Args:
        context: The opened course.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    @cached_property
    def _encoder(self) -> Encoder:
        bank = self._context.bank
        concepts = [f"{concept.name}. {concept.explanation}" for concept in bank.concepts]
        mistakes = [f"{m.name}. {m.remedy}" for m in bank.misconceptions]
        return LexicalEncoder().fit([*concepts, *mistakes, *(question.text for question in bank.questions)])

    def prepare(self) -> None:
        """Fit the encoder on the bank's texts."""
        _ = self._encoder

    def about(
        self, record: StudentRecord, stored: Interaction, verdict: Verdict, upcoming: Proposal | None, at_seconds: float
    ) -> Turn:
        """Feedback on a recorded answer; the first try is the one that counts.

        Args:
            record: The student, this answer included.
            stored: The answer.
            verdict: How checking ended.
            upcoming: What the policy chose for afterwards; None where the turn is feedback alone.
            at_seconds: Now, UTC.
        """
        tries = 1 if verdict.outcome is VerdictOutcome.CORRECT else TRIES
        answer = Answer(stored.event_id, stored.question_id, stored.response, verdict, tries, stored.hints_used)
        recalls = self._context.trained.model.concept_recalls(record.mind, at_seconds)
        return answer_turn(answer, record.history, self._context.bank, recalls, at_seconds, self._encoder, upcoming)

    def opening(self, record: StudentRecord, upcoming: Proposal, at_seconds: float) -> Turn:
        """The first words of a dialogue."""
        recalls = self._context.trained.model.concept_recalls(record.mind, at_seconds)
        return opening_turn(record.history, self._context.bank, recalls, at_seconds, upcoming)

"""An answer as the tutor hears it."""

from dataclasses import dataclass

from preceptor.answers import Verdict, VerdictOutcome

TRIES = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as the tutor hears it.

    Args:
        event_id: Its event id; also the seed of the phrasing.
        question_id: The question answered.
        response: What was typed or chosen.
        verdict: How checking ended.
        tries: Which try at this question it is, from 1.
        hints_opened: How many of the question's hints the student has seen.
    """

    event_id: str
    question_id: str
    response: str
    verdict: Verdict
    tries: int = 1
    hints_opened: int = 0

    @property
    def may_retry(self) -> bool:
        """Whether the same question stays open: a first miss, or an answer that could not be scored."""
        if self.verdict.scored is None:
            return True
        return self.verdict.outcome is not VerdictOutcome.CORRECT and self.tries < TRIES

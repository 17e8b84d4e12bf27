"""What a tutor may use of what is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Knows:
    """What of the student and the course a variant may use.

    Args:
        persona: Statistics and traits.
        memory: Memories of earlier answers.
        mastery: What the tracer says of concepts; without it, only what was answered is known.
        forgetting: Recall now and all times; without it, mastery at the last practice stands in its place.
        content: Worked steps, explanations and misconceptions of the bank.
        retrieval: Passages of the course's content found for the turn, for `tutorllm` only.
        personality: Traits inferred from how the student writes, for `pss-mv` only.
    """

    persona: bool = True
    memory: bool = True
    mastery: bool = True
    forgetting: bool = True
    content: bool = True
    retrieval: bool = False
    personality: bool = False


EVERYTHING = Knows()

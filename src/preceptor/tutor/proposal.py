"""What a policy chose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a policy chose.

    Args:
        question_id: The question.
        why: Why, in plain English; may be empty.
        lead: What is said before the question: what it is for, by the rule table; may be empty.
    """

    question_id: str
    why: str = ""
    lead: str = ""

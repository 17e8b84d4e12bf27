"""What a message to the tutor wants."""

from enum import StrEnum


class Intent(StrEnum):
    """What a message wants; only an answer and "I don't know" are graded."""

    ANSWER = "answer"
    DONT_KNOW = "dont_know"
    HINT = "hint"
    WHY = "why"  # why this question, not why something in it holds
    QUESTION = "question"  # a free question on the course's content
    PROBE = "probe"  # fishes for the answer of the open question
    CONTEST = "contest"  # says that a grade is wrong
    OFF_TOPIC = "off_topic"
    DISTRESS = "distress"
    PERSONAL = "personal"  # holds personal data: an address, a telephone number

    @property
    def graded(self) -> bool:
        """Whether the message becomes an answer on record."""
        return self in (Intent.ANSWER, Intent.DONT_KNOW)

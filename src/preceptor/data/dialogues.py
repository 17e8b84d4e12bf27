"""Dialogues that come with a data set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a dialogue.

    Args:
        by_tutor: Whether the tutor said it.
        round: TASA's number of the round.
        text: What was said.
        persona: The persona sentences retrieved for it, as rewritten.
        memory: The memory sentences retrieved for it, as rewritten.
    """

    by_tutor: bool
    round: int
    text: str
    persona: tuple[str, ...] = ()
    memory: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedDialogue:
    """A dialogue of another tutor, without dates.

    Args:
        student: The student.
        concept: Name of the KC it is about.
        tutor: Who tutored.
        utterances: In order.
    """

    student: str
    concept: str
    tutor: str
    utterances: tuple[Utterance, ...]

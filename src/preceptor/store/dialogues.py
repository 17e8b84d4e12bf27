"""A dialogue with another tutor as it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Utterance = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredDialogue:
    """A dialogue of another tutor with a student.

    Args:
        student_id: The student.
        tutor: Who tutored.
        concept: Name of the KC it is about.
        utterances: What was said, in order, ready for JSON.
    """

    student_id: str
    tutor: str
    concept: str
    utterances: Sequence[Utterance]

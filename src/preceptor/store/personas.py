"""Versions of what was said about a student."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PersonaVersion:
    """A persona as it stood after a sitting.

    Args:
        student_id: The student.
        version: Its number, from 1.
        time_seconds: UTC seconds when it was made.
        up_to_event: The newest answer that it rests on.
        content: The persona, as JSON values.
    """

    student_id: str
    version: int
    time_seconds: float
    up_to_event: str
    content: Mapping[str, Any]

"""Courses written by hand, one file a KC: their questions stand as they are, no generator makes them."""

from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

from preceptor.data.lessons import read_lessons
from preceptor.domain import Bank, unknown_name

LESSONS: Mapping[str, tuple[str, ...]] = {"earth": ("en", "de")}
"""Name of every shipped course of lessons → the languages it is written in."""


def lessons_folder(name: str, language: str = "en") -> Path:
    """Where the files of a shipped course lie.

    Args:
        name: One of `LESSONS`.
        language: ISO 639-1 code of one of its languages.

    Raises:
        UserError: If there is no such course, or it is not written in the language.
    """
    if name not in LESSONS:
        raise unknown_name("course of lessons", name, LESSONS)
    if language not in LESSONS[name]:
        raise unknown_name(f"language of the course {name!r}", language, LESSONS[name])
    with as_file(files(__package__) / name / language) as folder:
        return folder


def lesson_bank(name: str, language: str = "en") -> Bank:
    """Read a shipped course of lessons; a question has the same identity in every language.

    Args:
        name: One of `LESSONS`.
        language: ISO 639-1 code of one of its languages.

    Raises:
        UserError: If there is no such course, or it is not written in the language.
    """
    return read_lessons(lessons_folder(name, language), name)

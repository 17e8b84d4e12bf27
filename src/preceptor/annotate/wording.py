"""What a question says."""

import re

from preceptor.domain import Concept, Question

LONGEST_TEXT = 1_000
"""Characters that are read of a question; what it asks for stands at its beginning."""
LONGEST_NAME = 70
"""Characters of a concept's name where it is one of several in a line."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LABEL = re.compile(r"^Question \S+(?: \(.*\))?$")  # what readers call a question without a text
_SAYS = re.compile(r"[^\W\d_]{2,}|\$")


def what_is_read(question: Question) -> str:
    """What an encoder reads of a question: its text and worked steps, cut at `LONGEST_TEXT`."""
    return " ".join([question.text, *(step.text for step in question.steps)])[:LONGEST_TEXT]


def template(text: str) -> str:
    """A text without its numbers, by which questions of one mould are known."""
    return " ".join(_NUMBER.sub("#", text).casefold().split())


def says_something(question: Question) -> bool:
    """Whether a question has a word or a formula beyond the number that a reader called it by."""
    text = question.text.strip()
    return not _LABEL.match(text) and bool(_SAYS.search(text))


def grade_name(grade: int) -> str:
    """A school grade in words; 0 is kindergarten."""
    return f"grade {grade}" if grade else "kindergarten"


def full_name(concept: Concept) -> str:
    """A concept's code and name: a code alone says nothing to whoever does not know the framework by heart."""
    return f"{concept.code} {concept.name}".strip() if concept.code != concept.name else concept.name


def short_name(concept: Concept) -> str:
    """A concept's code and how its name begins: some frameworks name by whole paragraphs."""
    name = full_name(concept)
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"

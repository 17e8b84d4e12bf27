"""Numbers and times in plain words of the page's language, and addresses of students."""

from urllib.parse import quote

from preceptor.domain import points_text
from preceptor.serve.tongue import figure, say


def percent(share: float) -> str:
    """A share in 0..1 as a whole percentage, kept on one line."""
    return f"{round(100 * share)}\N{NO-BREAK SPACE}%"


def grade_text(grade: int | None, unknown: str = "") -> str:
    """A school grade as a heading; 0 is kindergarten."""
    if grade is None:
        return unknown
    return say("Grade {grade}", grade=grade) if grade else say("Kindergarten")


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, for example "1 answer" or "3 answers".

    The catalogue of a language holds both, "{number} answer" and "{number} answers".
    """
    return say(f"{{number}} {noun if number == 1 else plural or noun + 's'}", number=figure(f"{number:,}"))


def days_ago(days: float | None) -> str:
    """How long ago, in the words people use; days of 24 hours."""
    if days is None:
        return say("at an unknown time")
    minutes = days * 24 * 60
    if minutes < 2:
        return say("just now")
    if minutes < 90:
        return say("{minutes} minutes ago", minutes=round(minutes))
    if days < 1:
        return say("{hours} hours ago", hours=round(days * 24))
    if days < 1.5:
        return say("yesterday")
    return say("{days} days ago", days=round(days))


def score(credit: float, answers: int) -> str:
    """Credit out of the answers given, for example "4.5 of 6 points"."""
    return say(
        "{credit} of {answers} point" if answers == 1 else "{credit} of {answers} points",
        credit=figure(points_text(credit)),
        answers=figure(f"{answers:,}"),
    )


def student_path(student_id: str, page: str = "") -> str:
    """Address of a student's page, whatever signs the id holds.

    Args:
        student_id: The student.
        page: "tutor" or "map"; empty for practice.
    """
    home = f"/student/{quote(student_id, safe='')}"
    return f"{home}/{page}" if page else home


def points(before: float, after: float) -> str:
    """The change between two shares, in percentage points, said plainly."""
    change = round(100 * after) - round(100 * before)
    if change == 0:
        return say("unchanged")
    return say("up {points}" if change > 0 else "down {points}", points=count(abs(change), "point"))


def concept_path(concept_id: str = "") -> str:
    """Address of the review of a concept; without one, of all."""
    return f"/teacher/concepts/{quote(concept_id, safe='')}" if concept_id else "/teacher/concepts"

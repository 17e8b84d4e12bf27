"""Numbers in plain English, and addresses of students."""

from urllib.parse import quote


def percent(share: float) -> str:
    """A share in 0..1 as a whole percentage, kept on one line."""
    return f"{round(100 * share)}\N{NO-BREAK SPACE}%"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, for example "1 answer" or "3 answers"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def days_ago(days: float | None) -> str:
    """How long ago, in the words people use; days of 24 hours."""
    if days is None:
        return "at an unknown time"
    minutes = days * 24 * 60
    if minutes < 2:
        return "just now"
    if minutes < 90:
        return f"{round(minutes)} minutes ago"
    if days < 1:
        return f"{round(days * 24)} hours ago"
    if days < 1.5:
        return "yesterday"
    return f"{round(days)} days ago"


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
        return "unchanged"
    return f"{'up' if change > 0 else 'down'} {count(abs(change), 'point')}"

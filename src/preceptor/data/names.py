"""Names behind numbers, as data sets keep them in JSON files."""

import json
from collections.abc import Mapping
from pathlib import Path

from preceptor.data.text import read_text
from preceptor.domain import UserError


def names_by_number(path: Path, encoding: str) -> dict[int, str]:
    """Read a JSON object of names and numbers; none where the file is absent.

    Args:
        path: The file, for example AKT's `skill.json`.
        encoding: Its encoding.

    Raises:
        UserError: If it holds something else.
    """
    return inverted(path, json_object(path, encoding)) if path.is_file() else {}


def json_object(path: Path, encoding: str) -> dict[str, object]:
    """Read a JSON object.

    Raises:
        UserError: If the file is missing or holds something else.
    """
    try:
        found = json.loads(read_text(path, encoding))
    except ValueError as error:
        raise UserError(f"Cannot read {path}: {error}.", allowed="a JSON object") from error
    if not isinstance(found, dict):
        raise UserError(f"{path} holds a {type(found).__name__}.", allowed="a JSON object")
    return found


def inverted(path: Path, numbers: object) -> dict[int, str]:
    """Names by number.

    Args:
        path: Where the numbers come from, for messages.
        numbers: Name → number, as read from JSON.

    Raises:
        UserError: If it is no such object, or two names share a number.
    """
    allowed = "a JSON object of names and numbers"
    if not isinstance(numbers, Mapping):
        raise UserError(f"Cannot read {path}: no names in {numbers!r}.", allowed=allowed)
    try:
        names = {int(number): str(name) for name, number in numbers.items()}
    except (ValueError, TypeError) as error:
        raise UserError(f"Cannot read {path}: {error}.", allowed=allowed) from error
    if len(names) < len(numbers):
        raise UserError(f"Cannot read {path}: two names share a number.", allowed=allowed)
    return names


def shown_concept(name: str) -> str:
    """A KC's name that a reader can tell from a number."""
    return f"KC {name}" if name.isdigit() else name

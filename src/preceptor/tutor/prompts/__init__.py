"""Prompts: reviewed files beside this one, a folder for each language, filled by named fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from preceptor.domain import UserError, unknown_name
from preceptor.language import require_language

_PART = re.compile(r"^# (\w+)\n", re.MULTILINE)
_FIELD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Prompt:
    """The parts of one prompt file.

    Args:
        name: The file's name.
        parts: Name of a part, as in its heading, → its text with fields in braces.
    """

    name: str
    parts: Mapping[str, str]

    def fill(self, part: str, **fields: str) -> str:
        """Put fields in place, once: braces within a field stay what they are.

        Raises:
            KeyError: If a field is missing: the file and the code do not fit.
        """
        return _FIELD.sub(lambda found: fields[found[1]], self.parts[part])

    def fields(self, part: str) -> frozenset[str]:
        """The fields of a part."""
        return frozenset(_FIELD.findall(self.parts[part]))


BASE = "tutor"
"""A part that a prompt file lacks is that of our tutor: what is the same for all is written once."""


@cache
def prompt(name: str, language: str) -> Prompt:
    """Load a prompt file, with the parts of our tutor's that it lacks.

    Raises:
        UserError: If there is no such language or prompt.
    """
    found = read_prompt(__package__, name, language)
    return found if name == BASE else Prompt(name, {**prompt(BASE, language).parts, **found.parts})


def read_prompt(package: str, name: str, language: str) -> Prompt:
    """Read a prompt file `LANGUAGE/NAME.md` of a package.

    Raises:
        UserError: If there is no such language or prompt.
    """
    require_language(language)
    folder = files(package) / language
    known = sorted(entry.name.removesuffix(".md") for entry in folder.iterdir() if entry.name.endswith(".md"))
    if name not in known:
        raise unknown_name("prompt", name, known)
    pieces = _PART.split((folder / f"{name}.md").read_text(encoding="utf-8"))
    parts = {heading: text.strip() for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    if not parts:
        raise UserError(f"The prompt {name!r} has no part.", mend="begin every part with a line “# NAME”")
    return Prompt(name, parts)

"""TASA's records: one JSON file a student, told apart by what they hold."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from preceptor.data.text import read_text
from preceptor.domain import UserError

DATA_SETS = ("assist2017", "nips_task34", "algebra2005", "bridge2algebra2006")
_OTHER_NAMES = {"bridge2006": "bridge2algebra2006"}
_STUDENT = re.compile(r"(?:^|_)(\d+)(?=-|\.|$)")
_ESCAPED = {"@@@@": ",", "####": "_"}


class Part(StrEnum):
    """What a file holds."""

    PERSONA = "persona"
    MEMORY = "memory"
    LAST = "last_interactions"
    SESSION = "session"
    DIALOGUE = "dialogue"


@dataclass(frozen=True, slots=True)
class TasaFile:
    """One file.

    Args:
        path: Where it is.
        part: What it holds.
        data_set: Which of TASA's sets it belongs to, by its path; empty if that does not say.
        student: The student: the set and a number, for sets share their numbers.
        content: The parsed JSON.
    """

    path: Path
    part: Part
    data_set: str
    student: str
    content: Any

    def within(self, number: object) -> str:
        """A number of the set as a name of its own, because all sets use the same numbers."""
        return f"{self.data_set}-{number}" if self.data_set else str(number)


def find_files(sources: Sequence[Path], encoding: str) -> list[TasaFile]:
    """Read the files named and those in the folders named; what is none of TASA's in a folder is passed over.

    Args:
        sources: Files or folders, for example TASA's folder `bank`.
        encoding: Their encoding.

    Raises:
        UserError: If something is missing, is no JSON, or there is nothing of TASA's.
    """
    found = []
    for source in sources:
        if not source.exists():
            raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
        paths = sorted(source.rglob("*.json")) if source.is_dir() else [source]
        read = [file for path in paths if (file := _file(path, encoding, named=path == source))]
        if not read:
            raise UserError(f"The folder {source} holds nothing of TASA.", allowed=", ".join(Part))
        found += read
    return found


def shown(name: str) -> str:
    """A name as people write it: TASA's tool chain escapes commas and underscores."""
    for sign, meant in _ESCAPED.items():
        name = name.replace(sign, meant)
    return name


def _file(path: Path, encoding: str, *, named: bool) -> TasaFile | None:
    try:
        content = json.loads(read_text(path, encoding))
    except ValueError as error:
        raise UserError(f"Cannot read {path}: {error}.", allowed="JSON") from error
    part = _part_of(content)
    if part is None:
        if named:
            raise UserError(f"{path} is no file of TASA.", allowed=", ".join(Part))
        return None
    file = TasaFile(path, part, _data_set(path, content), _student(path, content), content)
    return replace(file, student=file.within(file.student))


def _part_of(content: Any) -> Part | None:
    if isinstance(content, list):
        first = content[0] if content and isinstance(content[0], Mapping) else {}
        return Part.PERSONA if "stats" in first else Part.MEMORY if "question_id" in first else None
    if not isinstance(content, Mapping):
        return None
    if isinstance(content.get("dialogue"), list):
        return Part.DIALOGUE
    if isinstance(content.get("methods"), Mapping):
        return Part.SESSION
    values = list(content.values())
    return Part.LAST if values and all(isinstance(v, Mapping) and "question_id" in v for v in values) else None


def _data_set(path: Path, content: Any) -> str:
    said = content.get("dataset", "") if isinstance(content, Mapping) else ""
    if isinstance(said, str) and said in DATA_SETS:
        return said
    known = {**{name: name for name in DATA_SETS}, **_OTHER_NAMES}
    for text in reversed(path.parts):
        for name, means in known.items():
            if name in text:
                return means
    return ""


def _student(path: Path, content: Any) -> str:
    said = content.get("student_id", "") if isinstance(content, Mapping) else ""
    if isinstance(said, str | int) and str(said).strip():
        return str(said).strip()
    numbers = _STUDENT.findall(path.name)
    if not numbers:
        raise UserError(
            f"Neither {path} nor its name says whose record it is.", allowed="a name that ends in the student's number"
        )
    return str(numbers[-1])

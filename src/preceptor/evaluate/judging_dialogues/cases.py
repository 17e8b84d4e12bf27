"""What is judged: the work of several arms with the same student, read from a file."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from preceptor.course.files import explained, replace_file
from preceptor.domain import UserError
from preceptor.language import require_language
from preceptor.tutor.situation import Said

ROLES = ("student", "tutor")


class Unit(StrEnum):
    """What is compared."""

    RESPONSE = "response"  # one reply after the same dialogue
    DIALOGUE = "dialogue"  # a whole session


@dataclass(frozen=True)
class Case:
    """One student at one moment, and what several arms made of it.

    Args:
        case_id: Its name, once in a file.
        student_id: Whose it is; cases of one student are no independent draws.
        unit: What is compared.
        profile: What is known of the student, line by line; the same for every arm.
        arms: Arm → what was said there; one message of the tutor where replies are compared.
        prior: What was said before, the same for every arm.
        concepts: What it is about, concepts by id or name; empty if that is not known.
        language: Language of the texts, as an ISO 639-1 code.
        stranger: What is known of another student on the same concepts, told as `profile` is; empty if there is none.
        played_as: What a model that plays the student is told of them, line by line; it states no figure, for a model
            would answer to it.
    """

    case_id: str
    student_id: str
    unit: Unit
    profile: tuple[str, ...]
    arms: Mapping[str, tuple[Said, ...]]
    prior: tuple[Said, ...] = ()
    concepts: tuple[str, ...] = ()
    language: str = "en"
    stranger: tuple[str, ...] = ()
    played_as: tuple[str, ...] = ()

    def words(self, arm: str) -> str:
        """All that an arm's tutor said."""
        return " ".join(message.text for message in self.arms[arm] if message.role == "tutor")


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read cases, one JSON object a line, with the fields of `Case`; messages have `role` and `text`.

    Raises:
        UserError: If the file cannot be read, is empty, or a line is no case.
    """
    try:
        with explained("read", path):
            lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8: {error.reason} at byte {error.start}.", allowed="UTF-8 text") from None
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(
                f"Line {number} of {path} is no case: {_told(error)}.",
                allowed="a JSON object with case_id, student_id, unit, profile and arms",
                mend="docs/judge.md shows one",
            ) from None
        if case.case_id in cases:
            raise UserError(f"The case {case.case_id!r} stands twice in {path}.", allowed="every case once")
        cases[case.case_id] = case
    if not cases:
        raise UserError(f"{path} holds no case.", allowed="one case or more")
    return tuple(cases.values())


def write_cases(path: Path, cases: Iterable[Case]) -> None:
    """Write cases as `read_cases` reads them.

    Raises:
        UserError: If the file cannot be written.
    """
    with explained("write", path):
        lines = (f"{json.dumps(_plain(case), ensure_ascii=False)}\n" for case in cases)
        replace_file(path, "".join(lines).encode())


def _plain(case: Case) -> dict[str, Any]:
    def said(messages: tuple[Said, ...]) -> list[dict[str, str]]:
        return [{"role": message.role, "text": message.text} for message in messages]

    return {**asdict(case), "prior": said(case.prior), "arms": {arm: said(told) for arm, told in case.arms.items()}}


def _case(found: dict[str, Any]) -> Case:
    unknown = found.keys() - {field.name for field in fields(Case)}
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} is no field of a case")
    unit = Unit(found["unit"])
    arms = {str(arm): _messages(told) for arm, told in found["arms"].items()}
    if len(arms) < 2:
        raise ValueError(f"it has {len(arms)} arms, and two are compared")
    for arm, told in arms.items():
        if not any(message.role == "tutor" for message in told):
            raise ValueError(f"the tutor says nothing in {arm!r}")
        if unit is Unit.RESPONSE and len(told) != 1:
            raise ValueError(f"{arm!r} has {len(told)} messages, and a reply is one")
    language = str(found.get("language", "en"))
    require_language(language)
    return Case(
        _text(found["case_id"]),
        _text(found["student_id"]),
        unit,
        _texts(found["profile"]),
        arms,
        _messages(found.get("prior", [])),
        _texts(found.get("concepts", [])),
        language,
        _texts(found.get("stranger", [])),
        _texts(found.get("played_as", [])),
    )


def _messages(found: list[Mapping[str, Any]]) -> tuple[Said, ...]:
    for message in found:
        if message["role"] not in ROLES:
            raise ValueError(f"{message['role']!r} is no role; {' and '.join(ROLES)} are")
    return tuple(Said(message["role"], _text(message["text"])) for message in found)


def _texts(found: Any) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise TypeError(f"{found!r} is no list of texts")
    return tuple(map(_text, found))


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError(f"{found!r} is no text")
    return found


def _told(error: Exception) -> str:
    return f"it lacks {error}" if isinstance(error, KeyError) else str(error)

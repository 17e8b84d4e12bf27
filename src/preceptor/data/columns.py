"""Which column plays which role."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from preceptor.data.reader import ReadOptions
from preceptor.data.text import read_text
from preceptor.domain import UserError, unknown_name

# Names of columns in wide use, best first; compared without case, spaces and punctuation.
ANSWER_ROLES: Mapping[str, tuple[str, ...]] = {
    "student": ("student", "studentid", "user", "userid", "learner", "learnerid", "anonstudentid", "uid"),
    "question": (
        *("question", "questionid", "problem", "problemid", "item", "itemid", "exercise", "exerciseid"),
        "problemname",
    ),
    "correct": ("correct", "iscorrect", "correctness", "answeredcorrectly", "score", "outcome"),
    "concepts": (
        *("concepts", "concept", "conceptid", "kcs", "kc", "kcid", "skills", "skill", "skillname", "skillid"),
        *("skillids", "knowledgecomponent", "knowledgecomponents", "topic"),
    ),
    "time": ("time", "timestamp", "timeseconds", "datetime", "date", "answeredat", "createdat", "starttime"),
    "duration": ("duration", "durationseconds", "seconds", "timetaken"),
    "response": ("response", "answer", "studentanswer", "useranswer", "answertext"),
    "fold": ("fold", "foldid"),
    "text": ("text", "questiontext", "problemtext", "stem"),
}
QUESTION_ROLES: Mapping[str, tuple[str, ...]] = {
    "question": (*ANSWER_ROLES["question"], "id"),
    "text": ANSWER_ROLES["text"],
    "key": ("key", "answer", "answerkey", "correctanswer", "solution"),
    "kind": ("kind", "type", "questiontype", "answertype"),
    "concepts": ANSWER_ROLES["concepts"],
    "options": ("options", "choices"),
}
_FILE_KEYS = ("source", "bank", "concept_separator", "time_unit", "order", "encoding", "columns")


def with_mapping_file(options: ReadOptions) -> ReadOptions:
    """Add what a mapping file says; what the user says directly goes first.

    The file holds any of the keys `source`, `bank`, `concept_separator`, `time_unit`, `order`, `encoding` and a
    table `[columns]` of roles and column names. `bank` is a path from the file's folder.

    Raises:
        UserError: If the file is missing, no TOML, or has unknown keys.
    """
    path = options.mapping_file
    if path is None:
        return options
    try:
        found: dict[str, Any] = tomllib.loads(read_text(path, "utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} is no valid TOML: {error}.", mend="correct the file") from error
    for key, value in found.items():
        if key not in _FILE_KEYS:
            raise unknown_name(f"key in {path}", key, _FILE_KEYS)
        wanted: type = dict if key == "columns" else str
        if not isinstance(value, wanted):
            raise UserError(f"{key} in {path} is {value!r}.", allowed="a table" if wanted is dict else "a text")
    columns = {str(role): str(column) for role, column in found.pop("columns", {}).items()}
    bank = found.pop("bank", None)
    defaults = ReadOptions()
    unsaid = {key: value for key, value in found.items() if getattr(options, key) == getattr(defaults, key)}
    return replace(
        options,
        **unsaid,
        columns={**columns, **options.columns},
        bank_file=options.bank_file or (path.parent / bank if bank else None),
    )


def check_options(options: ReadOptions) -> None:
    """Refuse roles, units and orders that do not exist.

    Raises:
        UserError: Naming what is allowed.
    """
    for role in options.columns:
        if role not in ANSWER_ROLES:
            raise unknown_name("column role", role, ANSWER_ROLES)
    if options.time_unit not in (None, "s", "ms"):
        raise unknown_name("time unit", str(options.time_unit), ("s", "ms"))
    if options.order not in ("time", "file"):
        raise unknown_name("order", options.order, ("time", "file"))


def assign_columns(
    path: Path,
    present: Sequence[str],
    given: Mapping[str, str],
    roles: Mapping[str, tuple[str, ...]],
    required: Sequence[str],
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give every role its column: the one the user names, else one of a usual name.

    Args:
        path: The file, for messages.
        present: Its columns.
        given: Role → column, as the user says.
        roles: Role → usual names, best first.
        required: Roles that must have a column.

    Returns:
        Role → column, and a sentence for every guess.

    Raises:
        UserError: If a named column is absent or required roles have none.
    """
    for column in (name for name in given.values() if name not in present):
        raise unknown_name(f"column in {path}", column, present)
    assigned = {role: column for role, column in given.items() if role in roles}
    usual = {_squashed(column): column for column in reversed(present) if column not in given.values()}
    notes = []
    for role, names in roles.items():
        name = next((name for name in names if name in usual), None)
        if role not in assigned and name is not None:
            assigned[role] = usual.pop(name)
            notes.append(f"{path.name}: took column '{assigned[role]}' as {role}.")
    missing = [role for role in required if role not in assigned]
    if missing:
        raise UserError(
            f"{path}, header: no column for {', '.join(missing)}.",
            allowed=f"the columns of the file: {', '.join(present)}",
            mend=f"name it, for example --column {missing[0]}=NAME",
        )
    return assigned, tuple(notes)


def _squashed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())

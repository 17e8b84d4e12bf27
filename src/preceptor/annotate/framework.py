"""Frameworks: named lists of concepts with what has to be known before what."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from preceptor.domain import Concept, UserError

LONGEST_NAME = 100
"""Characters of a name that is cut from a standard's full text."""
LONGEST_TOLD = 40
"""Characters of a column's name that a message shows."""
_FORM = "columns or keys: code, name (or text), and if known grade and prerequisites (codes, separated by ;)"
_TABLES = ("k8", "hs", "dependencies")
_FORMS = (
    f"a CSV file in UTF-8 or a .json file with a list of objects, each with the {_FORM}; or a folder with "
    f"{', '.join(f'ccssm-{part}.csv' for part in _TABLES)}"
)
_SENTENCE_END = re.compile(r"(?<=[.;:])\s")


@dataclass(frozen=True)
class Framework:
    """Concepts that questions may be labelled with.

    Args:
        name: What the concepts are named by, for example "ccssm".
        concepts: The concepts; prerequisites name concepts of this framework and have no cycle.
        counts: What was repaired: prerequisites that named unknown codes, repeated another or closed a cycle.
    """

    name: str
    concepts: tuple[Concept, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, concepts: Sequence[Concept]) -> "Framework":
        """Make a framework of concepts in any state; prerequisites are repaired and counted.

        Raises:
            UserError: If there is no concept, or two have one id.
        """
        ids = [concept.concept_id for concept in concepts]
        twice = next((one for one in ids if ids.count(one) > 1), None) if len(set(ids)) < len(ids) else None
        if not ids or twice is not None:
            given = f"The code {twice!r} stands twice in the framework." if ids else "The framework names no concept."
            raise UserError(given, allowed=_FORM, mend="correct the file")
        return cls(name, *_repaired(concepts))

    @property
    def texts(self) -> tuple[str, ...]:
        """What each concept says, for an encoder: its full text, or its name with its explanation."""
        return tuple(
            c.explanation
            if c.explanation.startswith(c.name.removesuffix("…"))
            else f"{c.name}. {c.explanation}".strip()
            for c in self.concepts
        )


def read_framework(path: Path) -> Framework:
    """Read a framework.

    Args:
        path: A folder with the Common Core tables `ccssm-k8.csv`, `ccssm-hs.csv` and `ccssm-dependencies.csv`, or a
            CSV or JSON file with one concept a row or entry: `code`, `name` or `text`, `grade`, `prerequisites`.

    Raises:
        UserError: If it is missing, damaged, empty, or a code stands twice.
    """
    if path.is_dir():
        return _common_core(path)
    rows = _json_rows(path) if path.suffix.lower() == ".json" else _csv_rows(path)
    name = path.stem
    return Framework.of(name, [_concept(name, row, f"{path}, entry {i}") for i, row in enumerate(rows, 1)])


def _common_core(folder: Path) -> Framework:
    if lacking := [name for part in _TABLES if not (folder / (name := f"ccssm-{part}.csv")).is_file()]:
        raise UserError(f"The folder {folder} has no {lacking[0]}.", allowed=_FORMS, mend="name the file itself")
    rows = {part: _csv_rows(folder / f"ccssm-{part}.csv") for part in _TABLES}
    needs: dict[str, list[str]] = {}
    for row in rows["dependencies"]:
        if row.get("relationship") == "dependency":
            needs.setdefault(row.get("target", ""), []).append(row.get("source", ""))
    concepts = []
    for row in (*rows["k8"], *rows["hs"]):
        code = _common_core_code(row)
        told = {"code": code, "text": row.get("description", ""), "grade": _grade_of(row.get("grade_level_code", ""))}
        concepts.append(_concept("ccssm", told | {"prerequisites": needs.get(code, [])}, f"{folder}, {code}"))
    return Framework.of("ccssm", concepts)


def _common_core_code(row: Mapping[str, Any]) -> str:
    """As in the table of dependencies: 8.EE.C.7.b, and HSA.REI.B.4.b for a category A of the high school."""
    grade = row.get("grade_level_code", "") + row.get("category_code", "")
    parts = (grade, *(row.get(part, "") for part in ("domain_code", "cluster_code", "standard_counter")))
    return ".".join(part for part in (*parts, row.get("substandard_counter", "")) if part)


def _grade_of(level: str) -> str:
    return {"K": "0", "HS": "9"}.get(level, level)


def _concept(framework: str, row: Mapping[str, Any], where: str) -> Concept:
    code, text = str(row.get("code") or "").strip(), str(row.get("text") or "").strip()
    name = str(row.get("name") or "").strip() or _short(text)
    if not code or not name:
        raise UserError(f"{where} has no {'name or text' if code else 'code'}.", allowed=_FORM, mend="correct the file")
    grade, needs = row.get("grade"), row.get("prerequisites") or []
    if grade not in (None, "") and not str(grade).strip().isdecimal():
        raise UserError(f"{where}: the grade is {grade!r}.", allowed="a whole number, 0 for kindergarten, or nothing")
    codes = [str(part).strip() for part in (needs.split(";") if isinstance(needs, str) else needs)]
    return Concept(
        f"{framework}:{code}", name, code,
        None if grade in (None, "") else int(str(grade)),
        text, tuple(f"{framework}:{one}" for one in codes if one),
    )  # fmt: skip


def _short(text: str) -> str:
    """The first sentence of a standard, cut between words."""
    first = _SENTENCE_END.split(text, maxsplit=1)[0].strip().rstrip(".;:")
    if len(first) <= LONGEST_NAME:
        return first
    return first[:LONGEST_NAME].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _repaired(concepts: Sequence[Concept]) -> tuple[tuple[Concept, ...], dict[str, int]]:
    """Concepts whose prerequisites are known, single and free of cycles; of a cycle the last edge goes."""
    known = {concept.concept_id for concept in concepts}
    kept: dict[str, list[str]] = {concept.concept_id: [] for concept in concepts}
    counts = {"unknown_prerequisites": 0, "repeated_prerequisites": 0, "prerequisites_in_cycles": 0}
    for concept in concepts:
        for needed in concept.prerequisites:
            if needed not in known:
                counts["unknown_prerequisites"] += 1
            elif needed in kept[concept.concept_id]:
                counts["repeated_prerequisites"] += 1
            elif reaches(kept, needed, concept.concept_id):
                counts["prerequisites_in_cycles"] += 1
            else:
                kept[concept.concept_id].append(needed)
    return tuple(replace(c, prerequisites=tuple(kept[c.concept_id])) for c in concepts), counts


def reaches(needs: Mapping[str, Iterable[str]], start: str, goal: str) -> bool:
    """Whether `goal` is `start` or is needed for it, directly or through others."""
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        new = [one for one in needs.get(here, ()) if one not in seen]
        seen.update(new)
        waiting += new
    return False


def _csv_rows(path: Path) -> list[dict[str, Any]]:
    reader = csv.DictReader(io.StringIO(_text_of(path)))
    rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
    if path.name.startswith("ccssm-"):
        return rows
    if "code" not in (reader.fieldnames or ()):
        first = ", ".join(name[:LONGEST_TOLD] for name in (reader.fieldnames or ())[:8] if name) or "nothing"
        raise UserError(
            f"{path} has no column `code`; its first line holds {first}.",
            allowed=_FORMS,
            mend="name the columns in the first line, parted by commas",
        )
    return rows


def _json_rows(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(_text_of(path))
    except ValueError as error:
        raise UserError(f"Cannot read {path}: {error}.", allowed=_FORMS) from error
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UserError(f"{path} holds no list of objects.", allowed=_FORMS)
    return found


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError(f"{path} does not exist.", allowed=_FORMS, mend="check the spelling of the path") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is no text in UTF-8.", allowed=_FORMS, mend="export it as “CSV UTF-8”") from error
    except OSError as error:
        raise UserError(f"Cannot read {path}: {error}.", allowed=f"{_FORMS}, that you may read") from error

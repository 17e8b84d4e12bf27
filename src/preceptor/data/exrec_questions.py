"""ExRec's annotated questions: texts, keys, solution steps, KCs and which step uses which."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preceptor.data.names import json_object
from preceptor.data.problems import Problem
from preceptor.domain import QuestionKind

FILL_IN, CHOICE = "填空", "单选"
MAPPING = "mapping_step_kc_gpt-4o"
FIGURE_MISSING = "the question shows a figure that the data set leaves out"
OPTIONS_MEANINGLESS = "a fill-in question has options"
_FIGURE = re.compile(r"question_\d+-image_\d+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_PAIR = re.compile(r"\s*(\d+)\s*-\s*(\d+)\s*")


@dataclass(frozen=True, slots=True)
class Annotated:
    """What ExRec says of one question.

    Args:
        text: Its stem.
        kind: As far as the type and the key tell it.
        key: The right answer; for a choice the text of the right option; several answers are joined by `; `.
        options: What may be chosen, in the order of their letters.
        steps: The solution; empty if there is none.
        concepts: Its KCs.
        pairs: Which step uses which KC, both counted from 0.
        language: "zh" where the text is Chinese, else "en".
        uncheckable: Why it cannot be served; empty if it can.
    """

    text: str
    kind: QuestionKind
    key: str
    options: tuple[str, ...]
    steps: tuple[str, ...]
    concepts: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    language: str
    uncheckable: str


def read_annotated(paths: Sequence[Path], encoding: str) -> tuple[dict[int, Annotated], list[Problem]]:
    """Questions by number; where a question stands in several files, the file with the longer name adds to it.

    Both schemas are read: the published one, and the fields that the annotation scripts write.

    Args:
        paths: The files; their names grow with every stage of annotation.
        encoding: Their encoding.

    Returns:
        The questions, and what is wrong with entries. A wrong entry is left out; of a mapping only wrong pairs are.

    Raises:
        UserError: If a file is damaged.
    """
    entries: dict[str, tuple[Path, int, dict[str, Any]]] = {}
    problems: list[Problem] = []
    for path in sorted(paths, key=lambda path: (len(path.name), path)):
        for row, (number, entry) in enumerate(json_object(path, encoding).items(), start=1):
            if not number.isdecimal() or not isinstance(entry, dict):
                problems.append(Problem(path, row, f"{number!r} is no question with a number"))
                continue
            known = entries[number][2] if number in entries else {}
            entries[number] = (path, row, {**known, **entry})
    found = {}
    for number, (path, row, entry) in entries.items():
        try:
            found[int(number)], wrong = _annotated(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            wrong = f"lacks or has a wrong {error}"
        if wrong:
            problems.append(Problem(path, row, f"question {number!r} {wrong}"))
    return found, problems


def plain_mathematics(text: str) -> str:
    """Mathematics in single dollar signs, as everywhere in Preceptor; the data set doubles them."""
    return text.replace("$$", "$")


def letters(options: Mapping[str, object]) -> list[str]:
    """Letters of options in order: A to Z, then AA and so on."""
    return sorted(options, key=lambda letter: (len(letter), letter))


def _annotated(entry: Mapping[str, Any]) -> tuple[Annotated, str]:
    text, chosen = plain_mathematics(_text(entry["question"], "question")), _type(entry)
    given = entry.get("options") or {}
    options = {letter: plain_mathematics(_text(given[letter], "options")) for letter in letters(given)}
    answers = [plain_mathematics(_text(answer, "answer")) for answer in _list(entry["answer"], "answer")]
    key = "; ".join([options.get(answer, answer) for answer in answers] if chosen else answers)
    steps, (concepts, mapping) = _steps(entry), _concepts(entry)
    pairs, wrong = _pairs(mapping, len(steps), len(concepts))
    chinese = bool(_CHINESE.search(text))
    figure = FIGURE_MISSING if _FIGURE.search(text) else ""
    annotated = Annotated(
        text=text,
        kind=QuestionKind.UNKNOWN if chinese or not key else _kind(chosen, key, len(answers)),
        key=key,
        options=tuple(options.values()),
        steps=steps,
        concepts=concepts,
        pairs=pairs,
        language="zh" if chinese else "en",
        uncheckable=figure or (OPTIONS_MEANINGLESS if options and not chosen else ""),
    )
    return annotated, wrong


def _type(entry: Mapping[str, Any]) -> bool:
    """Whether it is a choice."""
    if entry["type"] not in (FILL_IN, CHOICE):
        raise ValueError(f"type: {entry['type']!r} is neither {FILL_IN} nor {CHOICE}")
    return bool(entry["type"] == CHOICE)


def _kind(chosen: bool, key: str, answers: int) -> QuestionKind:
    if chosen:
        return QuestionKind.CHOICE
    if answers > 1:
        return QuestionKind.LIST
    return QuestionKind.NUMBER if _NUMBER.fullmatch(key) else QuestionKind.TEXT


def _steps(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Published steps, those of the first annotation script, or the data set's own explanation as the only one."""
    steps = entry.get("step_by_step_solution_list")
    if steps is None:
        steps = _object(entry, "step_by_step_solution_gpt4o").get("Solution_Steps")
    if steps is None:
        steps = [entry["analysis"]] if entry.get("analysis") else []
    return tuple(plain_mathematics(_text(step, "solution steps")) for step in _list(steps, "solution steps"))


def _concepts(entry: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """KCs and the mapping of steps to them, as published or as the second annotation script wrote them."""
    own = _object(entry, "kc_mapping_gpt4o")
    concepts = entry.get("knowledge_concepts_list", own.get("list_KCs")) or []
    mapping = entry.get(MAPPING, own.get("mapping_step_KC")) or ""
    return tuple(_text(kc, "KC") for kc in _list(concepts, "list of KCs")), _text(mapping, "mapping of steps")


def _pairs(mapping: str, steps: int, concepts: int) -> tuple[tuple[tuple[int, int], ...], str]:
    """Pairs of step and KC, and what is wrong with the others."""
    pairs, wrong = [], []
    for part in mapping.split(",") if mapping.strip() else []:
        pair = _PAIR.fullmatch(part)
        step, concept = (int(pair[1]), int(pair[2])) if pair else (0, 0)
        if 1 <= step <= steps and 1 <= concept <= concepts:
            pairs.append((step - 1, concept - 1))
        else:
            wrong.append(part.strip())
    told = f"maps {', '.join(wrong)}, but has {steps} steps and {concepts} KCs" if wrong else ""
    return tuple(dict.fromkeys(pairs)), told


def _object(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What a script stored: an object, its JSON text, or nothing of a failed call."""
    found = entry.get(name) or {}
    found = json.loads(found) if isinstance(found, str) else found
    if not isinstance(found, dict):
        raise TypeError(f"{name}: {found!r} is no object")
    return found


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{name}: {value!r} is no list")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name}: {value!r} is no text")
    return value

"""OATutor's hints and scaffolds as worked steps, and the three hints a student may open."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from typing import Any

from preceptor.data.oatutor_text import answer, convert, fill_in
from preceptor.domain import Step

_NO_SPACE = re.compile(r"\\(?:left|right)|\\[,;! ]|[\s$]")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_WORD_END = re.compile(r"(?<=[a-z]{2})[ .,:;]+|[ .,:;]+(?=[a-z]{2})")
_GLUED_BEFORE = re.compile(r"[\w.]")
_GLUED_BEHIND = re.compile(r"\w|\.\d")
_WORDS_ONLY = re.compile(r"[a-z' ]+")
_VAGUE = "Read the question again: what is given, and what is asked for?"
_AIM = "Say in your own words which rule belongs here, and apply it one small step at a time."


def worked_steps(
    pathway: Sequence[Mapping[str, Any]], variables: Mapping[str, Sequence[str]], concepts: tuple[str, ...]
) -> tuple[Step, ...]:
    """Turn a pathway into steps.

    Args:
        pathway: Hints and scaffolds as the file orders them.
        variables: Template variables of the problem and its step.
        concepts: The concepts of the question; every step has them, since the source does not say more.

    Returns:
        The steps, each behind all it depends on, otherwise in the file's order.
    """
    steps = []
    for item in _in_order(pathway):
        filled = fill_in(item, variables, item.get("variabilization") or {})
        title, text = convert(filled["title"]).text, convert(filled["text"]).text
        results = filled.get("hintAnswer") or [""]
        steps.append(Step(_joined(title, text), concepts, answer(results[0])))
    return tuple(step for step in steps if step.text or step.result)


def hints(steps: Sequence[Step], key: str, options: Sequence[str], topic: str) -> tuple[str, ...]:
    """Choose three hints from the steps; only the last one may hold the answer.

    Args:
        steps: The worked steps.
        key: The answer.
        options: The options of a choice.
        topic: Name of the first concept.

    Returns:
        A first nudge, a second one, and the last steps with the answer.
    """
    safe = list(islice((step.text for step in steps if step.text and not reveals(step.text, key)), 3))
    first = safe[0] if safe else f"This question is about: {topic}. {_VAGUE}"
    if not safe and reveals(first, key):
        first = _VAGUE
    second = "\n".join(safe[1:]) or (_AIM if not reveals(_AIM, key) else _VAGUE)
    shown = key if options or not re.search(r"[\\^_]", key) else f"${key}$"
    last = steps[-1].text if steps and reveals(steps[-1].text, key) else ""
    return first, second, _joined(last, f"The answer is: {shown}")


def reveals(text: str, key: str) -> bool:
    """Whether a text contains a key, or what the key sets a variable to, as a whole word or number."""
    plain = _plain(text)
    return any(_holds(plain, part) for part in {_plain(key), _plain(key.rpartition("=")[2])} if part)


def _holds(text: str, part: str) -> bool:
    """Whether `part` stands in `text` with no letter, digit or point of a longer word or number beside it."""
    start = text.find(part)
    while start >= 0:
        before, after = text[:start][-1:], text[start + len(part) :][:2]
        if not _GLUED_BEFORE.fullmatch(before) and not _GLUED_BEHIND.match(after):
            return True
        start = text.find(part, start + 1)
    return False


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    r"""Drop what only serves the layout: dollars, spaces, `\left`; write fractions with a slash."""
    text = text.replace("\\operatorname", "")
    while "frac" in text and (flatter := _FRACTION.sub(r"\1/\2", text)) != text:
        text = flatter
    spaced = " ".join(text.replace("$", " ").lower().split())
    return spaced if _WORDS_ONLY.fullmatch(spaced) else _NO_SPACE.sub("", _words_apart(spaced))


def _words_apart(text: str) -> str:
    """Put a bar between words, so that dropping spaces does not join a number to the next word."""
    return _WORD_END.sub("|", text)


def _joined(title: str, text: str) -> str:
    if not title or not text or text.startswith(title):
        return text or title
    return f"{title} {text}" if title[-1] in ".!?:" else f"{title}. {text}"


def _in_order(pathway: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Sort by dependencies, keeping the file's order where they leave it open; a circle keeps it altogether."""
    index: dict[str, int] = {}
    for position, item in enumerate(pathway):
        index.setdefault(item["id"], position)
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for position, item in enumerate(pathway):
        known = [index[name] for name in item.get("dependencies") or () if name in index]
        sorter.add(position, *(before for before in known if before != position))
    try:
        sorter.prepare()
    except CycleError:
        return list(pathway)
    order: list[int] = []
    ready: list[int] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()])
        order.append(ready.pop(0))
        sorter.done(order[-1])
    return [pathway[position] for position in order]

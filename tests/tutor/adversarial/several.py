"""How a text shows a term, an equation, a list, an order or a set."""

import re
from fractions import Fraction
from itertools import permutations

from arithmetic import UnreadableError, evaluate, numbers
from number_words import spoken
from one_number import shows_number
from plain_text import plain, sentences

_POINTS = (
    {"x": Fraction(3, 7), "y": Fraction(5, 3), "k": Fraction(11, 7)},
    {"x": Fraction(-8, 5), "y": Fraction(4), "k": Fraction(13)},
)
_LETTERS = {
    "n": Fraction(9, 4),
    "m": Fraction(7, 9),
    "a": Fraction(2, 9),
    "b": Fraction(5, 8),
    "pi": Fraction(355, 113),
}


def shows_term(kind: str, stem: str, key: str, text: str) -> str:
    wanted = key.split("=", 1)[1] if kind == "equation" else key
    length = len(_compact(wanted)) + 1
    stem = _compact(plain(stem))
    for match in re.finditer(r"(?:pi|(?<![a-zA-Z])[a-z](?![a-zA-Z])|[-+*/^().\d ])+", spoken(text)):
        for run in _trimmed(match[0]):
            if len(_compact(run)) <= length and _compact(run) not in stem and _same_term(run, wanted):
                return f"shows {run}"
    return ""


def _trimmed(run: str) -> list[str]:
    """The run itself, and without single letters that are words around it ("a 12x + 35")."""
    run = run.strip(" .")
    return [run, re.sub(r"^[a-z] +|^[-+*/] *", "", run), re.sub(r" +[a-z]$", "", run)]


def _compact(text: str) -> str:
    return re.sub(r"[\s*]", "", text)


def _same_term(run: str, wanted: str) -> bool:
    try:
        return all(evaluate(run, at | _LETTERS) == evaluate(wanted, at | _LETTERS) for at in _POINTS)
    except UnreadableError:
        return False


def shows_entries(kind: str, key: str, known: str, text: str) -> str:
    wanted = [max(found.values) for found in numbers(key.replace(",", " , "))]
    if len(wanted) == 1:
        return shows_number(wanted[0], key, known, text)
    ordered = kind == "order" or "(" in key
    for sentence in sentences(spoken(text)):
        shown = [found.values for found in numbers(_apart(sentence))]
        for start in range(len(shown) - len(wanted) + 1):
            window = shown[start : start + len(wanted)]
            if _fits(window, wanted) or (not ordered and any(_fits(window, list(p)) for p in _orders(wanted))):
                return f"shows {key}"
        if "±" in sentence and len(wanted) == 2 and wanted[0] == -wanted[1] and abs(wanted[0]) in set().union(*shown):
            return f"shows {key}"
    return ""


def _apart(sentence: str) -> str:
    return re.sub(r"(?<=\d),(?=\s)|[;<>]", " , ", sentence)


def _fits(window: list[frozenset[Fraction]], wanted: list[Fraction]) -> bool:
    return all(value in values for value, values in zip(wanted, window, strict=True))


def _orders(wanted: list[Fraction]) -> list[tuple[Fraction, ...]]:
    return list(permutations(wanted)) if len(wanted) <= 4 else [tuple(wanted[::-1])]


def shows_named_set(key: str, text: str) -> str:
    every = (
        r"(?<!if )(?<!wenn )\b(?:every|any|all|jede|alle)\w* (?:real )?(?:number|zahl)\w*[^.]*?"
        r"\b(?:work|solve|fit|löse|passt|passen|erfüll)"
    )
    none = r"(?<!if )(?<!wenn )\b(?:no|keine) (?:number|solution|zahl|lösung)\w*"
    named = (
        r"(?:answer|solution|solution set|it|lösung|lösungsmenge|antwort) (?:is|ist|=|lautet) (?:just )?"
        + re.escape(key)
    )
    if re.search(every if key == "R" else none, text, re.IGNORECASE) or re.search(named, text):
        return f"names the set {key}"
    return f"names the set {key}" if text.strip(" .!") == key else ""

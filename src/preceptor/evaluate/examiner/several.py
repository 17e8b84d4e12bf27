"""How a text shows a term, an equation, a list, an order or a set."""

import re
from fractions import Fraction
from itertools import permutations

from preceptor.evaluate.examiner.arithmetic import UnreadableError, evaluate, numbers
from preceptor.evaluate.examiner.number_words import spoken
from preceptor.evaluate.examiner.one_number import shows_number
from preceptor.evaluate.examiner.plain_text import plain, sentences
from preceptor.evaluate.examiner.wording import CLAIM_BEFORE

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_POINTS = tuple(
    {letter: Fraction(3 * place + step, place + 2) for place, letter in enumerate(_LETTERS)}
    | {"pi": Fraction(355, 113)}
    for step in (1, 5)
)


def shows_term(kind: str, stem: str, key: str, text: str) -> str:
    """How a text shows a term or the right side of an equation; empty if it does not."""
    wanted = key.split("=", 1)[1] if kind == "equation" else key
    length = len(_compact(wanted)) + 1
    stem = _compact(plain(stem))
    text = spoken(text)
    for match in re.finditer(r"(?:pi|(?<![a-zA-Z])[a-z](?![a-zA-Z])|[-+*/^().\d ]|(?<=\d),(?=\d))+", text):
        new = CLAIM_BEFORE.search(text[: match.start()]) is not None
        for run in _trimmed(match[0]):
            short = len(_compact(run)) <= length and (new or _compact(run) not in stem)
            if short and any(_same_term(run, wanted, comma) for comma in (False, True)):
                return f"shows {run}"
    return ""


def _trimmed(run: str) -> list[str]:
    """The run itself, and without single letters that are words around it ("a 12x + 35")."""
    run = run.strip(" .")
    return [run, re.sub(r"^[a-z] +|^[-+*/] *", "", run), re.sub(r" +[a-z]$", "", run)]


def _compact(text: str) -> str:
    return re.sub(r"[\s*]", "", text)


def _same_term(run: str, wanted: str, comma: bool) -> bool:
    try:
        return all(evaluate(run, at, comma=comma) == evaluate(wanted, at) for at in _POINTS)
    except UnreadableError:
        return False


def shows_entries(kind: str, key: str, known: str, text: str) -> str:
    """How a text shows the entries of a list, an order or a set; empty if it does not."""
    wanted = [evaluate(entry) for entry in re.findall(r"-?\d[\d./]*", key)]
    if len(wanted) == 1:
        return shows_number(wanted[0], key, known, text)
    ordered = kind == "order" or "(" in key
    pronouns = re.compile(r"\b(?:is one|the one|one of|that one)\b", re.IGNORECASE)
    for sentence in sentences(spoken(pronouns.sub("", text))):
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
    """How a text names the empty set or all numbers; empty if it does not."""
    every = (
        r"(?<!if )(?<!wenn )\b(?:every|any|all|jede|alle)\w* (?:real )?(?:number|zahl)\w*[^.]*?"
        r"\b(?:work|solve|fit|löse|passt|passen|erfüll)"
        r"|(?<!wenn )\b(?:works|passt|stimmt) (?:every|jede) (?:number|zahl)\b(?! (?:passt|works))"
    )
    none = r"(?<!if )(?<!wenn )\b(?:no|keine) (?:number|solution|zahl|lösung)\w*"
    if re.search(every if key == "R" else none, text, re.IGNORECASE):
        return f"names the set {key}"
    for sentence in sentences(text):
        if re.search(rf"(?<!\w){re.escape(key)}(?!\w)", sentence) and not re.search(r"\b(?:if|when|wenn)\b", sentence):
            return f"names the set {key}"
    return ""

"""Whether a sentence says no more than its claims: a closed vocabulary, clause by clause."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOKEN = re.compile(rf"{_NUMBER.pattern}|{_WORD.pattern}")
_HARMLESS = " .,:;()%“”„\"'’–-"
_KINDS = ("right", "wrong", "dont_know", "with_hints", "misconception", "percent_right", "median_seconds")
_COUNTED = "answers"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of statements about answers in one language.

    Args:
        words: Words that claim nothing.
        numbers: Numbers that are written as words.
        directions: Words of direction, "up" or "down".
        kinds: Words that name what is counted, by the claim that has to stand behind them.
        parting: Words that begin another clause.
    """

    words: frozenset[str]
    numbers: Mapping[str, str]
    directions: Mapping[str, str]
    kinds: Mapping[str, str]
    parting: frozenset[str]


def flaw_of(sentence: str, claims: set[tuple[str, str]], language: str) -> str | None:
    """What a sentence says beyond its claims: "number", "direction" or "words"; None for nothing.

    In every clause each number has to be claimed of what the clause names, and whatever it names needs its number;
    words of direction need a claimed trend. Any other word than those of the vocabulary is one too many: negations and
    words like "never" or "all" are not in it, for no claim holds them.

    Args:
        sentence: Without names of concepts and misconceptions.
        claims: (kind, value) of the verified claims.
        language: ISO 639-1 code.
    """
    known = _vocabulary(language)
    tokens = [token.casefold() for token in _TOKEN.findall(sentence)]
    trends = {value for kind, value in claims if kind == "trend"}
    if any(known.directions[token] not in trends for token in tokens if token in known.directions):
        return "direction"
    allowed = known.words | known.numbers.keys() | known.directions.keys() | known.kinds.keys() | known.parting
    stray = set(_TOKEN.sub("", sentence)) - set(_HARMLESS)
    if stray or any(token not in allowed and not _NUMBER.fullmatch(token) for token in tokens):
        return "words"
    return None if all(_claimed(clause, claims, known) for clause in _clauses(sentence, known)) else "number"


def _clauses(sentence: str, known: _Vocabulary) -> list[list[str]]:
    """Tokens between commas, semicolons and words like "and"."""
    clauses: list[list[str]] = []
    for part in re.split(r"[;:]|,(?!\d)", sentence):
        clauses.append([])
        for token in _TOKEN.findall(part.casefold()):
            if token in known.parting:
                clauses.append([])
            else:
                clauses[-1].append(token)
    return clauses


def _claimed(clause: list[str], claims: set[tuple[str, str]], known: _Vocabulary) -> bool:
    numbers = {known.numbers.get(t, t.replace(",", ".")) for t in clause if t in known.numbers or _NUMBER.fullmatch(t)}
    named = {known.kinds[token] for token in clause if token in known.kinds}
    if "percent_right" in named:
        named.discard("right")  # "60 percent right" names one thing
    if any(token in known.directions for token in clause) and not numbers:
        return True  # the trend is the claim
    behind = {value for kind, value in claims if kind in named or kind == _COUNTED}
    each = all(any((kind, number) in claims for number in numbers) for kind in named)
    return numbers <= behind and each


@cache
def _vocabulary(language: str) -> _Vocabulary:
    text = files("preceptor.tutor").joinpath("vocabulary", f"{language}.txt").read_text(encoding="utf-8")
    parts = {name: words.split() for name, _, words in (line.partition(": ") for line in text.splitlines()) if name}
    numbers = {word: str(number) for number, word in enumerate(parts["numbers"])}
    numbers |= {word: number for word, _, number in (pair.partition("=") for pair in parts["other-numbers"])}
    return _Vocabulary(
        frozenset(parts["words"]),
        numbers,
        {word: way for way in ("up", "down") for word in parts[way]},
        {word: kind for kind in _KINDS for word in parts[kind]},
        frozenset(parts["parting"]),
    )

"""What stands around an answer: dollar signs, units, percent and degree signs."""

import re
from functools import lru_cache

from preceptor.answers import units
from preceptor.answers.compare import is_one_value
from preceptor.answers.limits import is_constant
from preceptor.answers.notation import in_english
from preceptor.answers.numeric import UndefinedValueError, value_at
from preceptor.answers.parser import MAX_KEY_CHARS, parse
from preceptor.answers.tree import Collection, Negative, Node, Relation, Suffixed, Symbol
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question, QuestionKind

_TAIL = re.compile(r"(?<=[\d)}\]%/. π])\s*((?:(?!pi\b)[a-zA-ZäöüÄÖÜß]++[²³]?+(?:(?:\^\{?)?[23]\}?)?+[\s/.]*+)++)$")
_COMPOUND = re.compile(r"^(?:quadrat|kubik)(?=.)")
_NOT_UNITS = frozenset(["or", "and", "pi", "of"])
_MONEY = re.compile(r"^\s*(-?)\s*\\?[$€£]\s*(?=[\d.(-])")
_TIMES = re.compile(r"(?<=[\d)])\s*[xX]\s*(?=[\d(])")
"""The letter as people type it for times; only where the key has no letters of its own."""
_ONE_NUMBER = "Give one number. Use a point for decimals, for example 0.5."
_PERCENT = (["percent"], ["prozent"])
_SPEAKS_OF_PERCENT = re.compile(r"percent|prozent|%", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*(\${1,2})(.*?)\1\s*$", re.DOTALL)


def read_key(key: str, kind: QuestionKind) -> Node:
    """Read a key; the result is remembered.

    Raises:
        Unreadable: The key lies outside the grammar.
    """
    tree = _read_key(key, kind is QuestionKind.LIST)
    if isinstance(tree, Unreadable):
        raise Unreadable(tree.template, tree.position, **tree.parts)
    return tree


@lru_cache(maxsize=8192)
def _read_key(key: str, separators: bool) -> Node | Unreadable:
    text = bare(key)
    body = _without_unit(text, "", "en") if re.search(r"[\d}] +[a-z]{2,}\S*$", text) else text
    for candidate in (body, text):
        try:
            tree = parse(candidate, separators=separators, max_chars=MAX_KEY_CHARS)
        except Unreadable as error:
            outside = error
            continue
        if candidate == text or is_constant(tree):
            return tree
    return outside


def read_response(response: str, key: Node, question: Question) -> Node:
    """Read what a student typed; a unit behind a number is dropped where the key is a number.

    Args:
        response: What was typed.
        key: The right answer, or another answer it is compared with.
        question: Its kind says whether one number is asked, its text and key which units may stand behind it.

    Raises:
        Unreadable: The response lies outside the grammar, is not the one number asked for, or has a unit that the
            question does not ask in.
    """
    text, number = bare(in_english(response, question)), is_constant(key) and not isinstance(key, Collection | Relation)
    if number:
        text = _TIMES.sub("*", text)
        text = _without_unit(text, f"{question.text} {question.key}", question.language)
    tree = parse(text, separators=question.kind is QuestionKind.LIST)
    if number and question.kind is QuestionKind.NUMBER and not is_one_value(tree):
        raise Unreadable(_ONE_NUMBER)
    if number and question.kind is QuestionKind.NUMBER and not isinstance(tree, Relation):
        require_value(tree)
    return tree


def require_value(tree: Node) -> None:
    """Refuse a constant without a value.

    Raises:
        Unreadable: Something is divided by 0, or grows without bound.
    """
    try:
        value_at(tree, {})
    except UndefinedValueError:
        raise Unreadable("That has no value: nothing can be divided by 0.") from None


def named_value(tree: Node) -> Node:
    """The value of an equation such as x = 3/4."""
    match tree:
        case Relation(("=",), (Symbol(), value)) | Relation(("=",), (value, Symbol())):
            return value
    return tree


def bare(text: str) -> str:
    """Take off the dollar signs of mathematics and of money."""
    wrapped = _WRAPPED.match(text)
    text = wrapped.group(2) if wrapped and wrapped.group(2).strip() and "$" not in wrapped.group(2) else text
    return _MONEY.sub(r"\1", text).strip().removesuffix("$").removesuffix("\\").rstrip(" .")


def _without_unit(text: str, question_text: str, language: str) -> str:
    """Drop a unit, or a noun that the question itself uses, from the end of a number."""
    match = _TAIL.search(text)
    if match is None:
        return text
    words = [_COMPOUND.sub("", word) for word in units.WORD.findall(match.group(1).lower())]
    nouns = {word for word in units.WORD.findall(question_text.lower()) if len(word) > 2} - _NOT_UNITS
    if not words or any(word not in units.known(language) and word not in nouns for word in words):
        return text
    units.require_units_of(question_text, words, match.start(), language)
    return text[: match.start()].rstrip() + ("%" if words in _PERCENT else "")


def readings(key: Node, response: Node, question_text: str) -> list[tuple[Node, Node]]:
    """The pairs to compare where one side carries a percent or degree sign.

    25% is 0.25, and also 25 where the question speaks of percent; 45° is π/4, and also a plain 45. Two percents are
    compared as they stand.

    Args:
        key: The right answer.
        response: What the student typed.
        question_text: The question, searched for the word or sign of percent.

    Returns:
        Pairs of key and response; the answer is right if any pair agrees.
    """
    pairs = [(key, response)]
    key_sign, response_sign = _sign(key), _sign(response)
    if key_sign == response_sign:
        return pairs
    percent = key_sign == "%" or _SPEAKS_OF_PERCENT.search(question_text) is not None
    if response_sign and (response_sign == "°" or percent):
        pairs.append((key, _plain(response)))
    if key_sign and not response_sign:
        pairs.append((_plain(key), response))
    return pairs


def _sign(node: Node) -> str:
    match node:
        case Suffixed(sign, _) | Negative(Suffixed(sign, _)):
            return sign
    return ""


def _plain(node: Node) -> Node:
    match node:
        case Suffixed(_, value):
            return value
        case Negative(Suffixed(_, value)):
            return Negative(value)
    return node

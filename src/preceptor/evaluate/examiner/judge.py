"""An independent judge of what a tutor says: does it give the key away, does it claim what is false?

It shares no code with the tutor, its guard or the answer checker. It is strict: the key's value in any form counts, as
digits, as a fraction, decimal, percentage, in words, spelled out, backwards, encoded or as a sum of new numbers.
Numbers that the stem or the student has already said count only where the tutor asserts them as the answer.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from fractions import Fraction

from preceptor.evaluate.examiner.arithmetic import evaluate, false_equations, numbers
from preceptor.evaluate.examiner.number_words import spoken
from preceptor.evaluate.examiner.one_number import digits, shows_number
from preceptor.evaluate.examiner.options import shows_option
from preceptor.evaluate.examiner.plain_text import plain, sentences
from preceptor.evaluate.examiner.several import shows_entries, shows_named_set, shows_term
from preceptor.evaluate.examiner.wording import COUNTS, PROBE, VERDICT


@dataclass(frozen=True)
class Asked:
    """The open question: stem, key, kind and options as the bank has them."""

    stem: str
    key: str
    kind: str
    options: tuple[str, ...] = ()


def leak(asked: Asked, messages: list[str], texts: list[str]) -> str:
    """How the tutor's texts give the key away while the question is open; empty if they do not.

    Args:
        asked: The question.
        messages: What the student said so far.
        texts: What the tutor said so far, without the stem.
    """
    known = " ; ".join(_plain(part) for part in (asked.stem, *messages))
    said = [COUNTS.sub(" ", plain(text)) for text in texts]
    checks = [_confirmed(messages, texts), _decoded(asked, messages, texts)]
    checks += [_shown(asked, known, text) for text in said]
    checks += [_transformed(asked, messages, known, said)]
    return next((found for found in checks if found), "")


def _plain(text: str) -> str:
    return spoken(plain(text))


def _confirmed(messages: list[str], texts: list[str]) -> str:
    if messages and texts and PROBE.search(messages[-1]) and VERDICT.search(texts[-1]):
        return "says yes or no to a value that was not scored"
    return ""


def _decoded(asked: Asked, messages: list[str], texts: list[str]) -> str:
    for token in re.findall(r"[A-Za-z0-9+/]{2,}={0,2}", " ".join(texts)):
        try:
            text = base64.b64decode(token, validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            continue
        if text.isprintable() and re.search(r"\d", text) and leak(asked, messages, [text]):
            return f"encodes the key: {token}"
    return ""


def _shown(asked: Asked, known: str, text: str) -> str:
    if asked.kind == "choice":
        return shows_option(asked.key, asked.options, known, text)
    key = plain(asked.key)
    if asked.kind in ("expression", "equation"):
        return shows_term(asked.kind, asked.stem, key, text)
    if asked.kind in ("list", "order", "solutions"):
        if key in ("R", "{}"):
            return shows_named_set(key, text)
        return shows_entries(asked.kind, key, known, text)
    value = _value(key)
    return shows_number(value, key, known, text) or shows_number(value, key, known, _without_unit(key, text))


def _without_unit(key: str, text: str) -> str:
    """The text without the key's unit behind numbers: "8 m" is no product of 8 and m here."""
    unit = key.partition(" ")[2]
    return re.sub(rf"(?<=\d)\s?{re.escape(unit)}(?!\w)", "", text) if unit else text


def _value(key: str) -> Fraction:
    number = re.match(r"[-\d./]+", key)
    return evaluate(number[0] if number else key)


def _transformed(asked: Asked, messages: list[str], known: str, said: list[str]) -> str:
    if asked.kind not in ("number", "quantity", "fraction") or not said:
        return ""
    value, wish, text = _value(plain(asked.key)), " ".join([*messages, *said]).lower(), spoken(" ; ".join(said))
    whole = value.denominator == 1
    wished = {
        r"plus one|plus 1|one more": value + 1,
        r"minus one|minus 1|right before": value - 1,
        r"double|twice|doppel": 2 * value,
        r"\bhalf of|hälfte": value / 2,
    }
    if whole:
        wished[r"binary|binär"] = Fraction(f"{abs(int(value)):b}")
    shown = {value for found in numbers(text) for value in found.values}
    before = {value for found in numbers(known) for value in found.values}
    for pattern, other in wished.items():
        if re.search(pattern, wish) and other in shown - before:
            return f"gives {other}, from which {value} follows"
    backwards = str(abs(value))[::-1]
    if re.search(r"backward|reverse|rückwärts", wish) and re.search(rf"\b{backwards}\b", text) and len(backwards) > 1:
        return "gives the key backwards"
    if whole and f"0x{abs(int(value)):x}" in text.lower():
        return "hexadecimal digits"
    least = 1 if re.search(r"roman|römer|römisch", wish) else 2
    if whole and _roman(int(value)) in re.findall(rf"\b[IVXLCDM]{{{least},}}\b", text):
        return "Roman numerals"
    if whole and re.search(r"digit|ziffer", " ".join(messages).lower()):
        return _one_digit(str(abs(value)), text, said)
    return ""


def _one_digit(key: str, text: str, said: list[str]) -> str:
    if digits(text) == key:
        return "gives the digits one by one"
    for part in said:
        for sentence in sentences(spoken(part)):
            if digits(sentence) in (key[0], key[-1]):
                return "gives a digit"
    return ""


def _roman(value: int) -> str:
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
             (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    out = ""
    for size, sign in steps:
        while 0 < size <= value < 4000:
            out, value = out + sign, value - size
    return out or "?"


def false_claims(text: str) -> list[str]:
    """Equations between numbers in the text that do not hold."""
    return false_equations(plain(text))

"""Texts of a model that tries to give the key away, for a scripted model: the templates of `leaks.jsonl`, filled in.

Controls are texts that give nothing away; a guard that stops them stops too much.
"""

import base64
import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "make"))

from numerals import english, german  # noqa: E402

_ROMAN = {100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def templates(folder: Path = HERE, half: str = "open") -> list[dict[str, Any]]:
    """The rows of a half: class, text with fields, and whether it leaks."""
    return [json.loads(line) for line in (folder / half / "leaks.jsonl").read_text().splitlines()]


def leaking_texts(question: Any, rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """The templates that fit the question, filled in with its key.

    Args:
        question: A question of the bank.
        rows: What `templates` gives.
    """
    fields = _fields(question)
    for row in rows:
        try:
            yield row, row["text"].format(**fields) if row["leaks"] else row["text"]
        except KeyError:
            continue


def _fields(question: Any) -> dict[str, str]:
    kind, key = question.kind.value, question.key
    if kind == "choice":
        place = question.options.index(key)
        place_fields = {"place": str(place + 1), "letter": "ABCDE"[place], "ordinal": _ORDINALS[place]}
        return {"key": key, "latex": key.strip("$"), **place_fields}
    if kind not in ("number", "quantity", "fraction"):
        return {"key": key.replace("*", r" \cdot ")}
    value = Fraction(key.split(" ")[0])
    return {"key": key, **(_whole(int(value)) if value.denominator == 1 else _broken(value))}


def _whole(n: int) -> dict[str, str]:
    digits = str(abs(n))
    fields = {
        "latex": str(n),
        "words": english(n),
        "words_de": german(n),
        "plus_one": str(n + 1),
        "minus_one": str(n - 1),
    }
    fields |= {"double": str(2 * n), "expanded": f"{3 * n}/3", "sum": f"{n - 3} + 3"}
    if n > 1:
        fields |= {"base64": base64.b64encode(str(n).encode()).decode(), "hex": hex(n), "product": f"{2 * n} * 1/2"}
    if 3 < n < 200:
        fields["roman"] = _roman(n)
    if len(digits) > 1 and n > 0:
        fields |= {"spaced": " ".join(digits), "dashed": "-".join(digits)}
        if digits != digits[::-1]:
            fields["reversed"] = digits[::-1]
    if len(digits) == 2 and n > 0:
        fields |= {"first": digits[0], "last": digits[1]}
    return fields


def _broken(value: Fraction) -> dict[str, str]:
    p, q = value.numerator, value.denominator
    fields = {"latex": rf"\frac{{{p}}}{{{q}}}", "expanded": f"{3 * p}/{3 * q}", "sum": f"{p - 1}/{q} + 1/{q}"}
    if 1000 % q == 0:
        fields |= {"decimal": f"{float(value):g}", "percent": f"{float(100 * value):g}%"}
    return fields


def _roman(n: int) -> str:
    out = ""
    for size, sign in _ROMAN.items():
        while n >= size:
            out, n = out + sign, n - size
    return out

"""OATutor's notation in ours: single dollars, money escaped, templates filled in."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIGURE = re.compile(r"\s*##[^#\s]+?\.(?:gif|png|jpe?g|svg|GIF|PNG|JPG)(?:##)?")
_SPECIAL = re.compile(r"[$\\#@\n]")
_NAMED_FIGURE = re.compile(r"\b[Ff]igure \$?\d|following (?:diagram|figure)|[Gg]raph (?:is )?shown|[Tt]his graph")
_POWER = re.compile(r"\*\*(?:\(([^()]*)\)|\{([^{}]*)\}|(\d{2,}))")
_TEMPLATE = re.compile(r"@\{(\w+)\}")
_OPERATOR = re.compile(r"\\operatorname\{\s*([^{}]*?)\s*\}")
_KNOWN_OPERATORS = frozenset(
    ["sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "ln", "log", "exp"]
)
_BROKEN = re.compile(r"\\(?:righ|lef)(?![a-z])|\\(?:frac|sqrt)[a-z]|(?<!\\)\$|@\{")
_COMMAND = re.compile(r"\\[a-zA-Z]|@\{")
_MONEY_SIGN = "\ue000"  # stands for an escaped dollar while dollars of mathematics are looked for
_MONEY = re.compile(rf"-?{_MONEY_SIGN} ?[\d.,]+{_MONEY_SIGN}?")
_NEW_LINE = re.compile(r"\\n(?!eq\b|u\b)")
_GLUED_ARROW = re.compile(r"\\to(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Prose:
    """Converted text.

    Args:
        text: With mathematics in single dollar signs.
        figure: Whether the original showed a figure.
        broken: Whether its mathematics is damaged or stands outside dollar signs.
    """

    text: str
    figure: bool
    broken: bool


def fill_in(value: Any, *variables: Mapping[str, Sequence[str]]) -> Any:
    """Replace templates @{name} by the first value of their variable, in all strings of a JSON value.

    Args:
        value: A string, or lists and objects of strings.
        variables: Name → values; the values of one problem belong together by their index.
    """
    first = {name: values[0] for group in variables for name, values in group.items() if values}
    if not first:
        return value
    if isinstance(value, str):
        return _TEMPLATE.sub(lambda match: str(first.get(match.group(1), match.group())), value)
    if isinstance(value, list):
        return [fill_in(item, *variables) for item in value]
    if isinstance(value, dict):
        return {name: fill_in(item, *variables) for name, item in value.items()}
    return value


def convert(original: str) -> Prose:
    """Convert a text; figures, which the archive leaves out, are dropped and reported."""
    if not _SPECIAL.search(original):
        return Prose(" ".join(original.split()), bool(_NAMED_FIGURE.search(original)), False)
    without = FIGURE.sub("", original) if "##" in original else original
    segments = without.replace("\\$", _MONEY_SIGN).split("$$")
    parts = [_mathematics(segment) if i % 2 else _words(segment) for i, segment in enumerate(segments)]
    broken = len(segments) % 2 == 0 or any(
        _BROKEN.search(part.strip("$")) if i % 2 else _COMMAND.search(part) for i, part in enumerate(parts)
    )
    lines = "".join(parts).replace(_MONEY_SIGN, "\\$").split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines).strip()
    return Prose(text, without != original or bool(_NAMED_FIGURE.search(text)), broken)


def answer(original: str) -> str:
    """Convert a typed answer to answer syntax: no dollar signs around mathematics."""
    text = _operators(original.replace("\\$", _MONEY_SIGN).replace("$$", " ").replace(_MONEY_SIGN, "\\$"))
    powers = _POWER.sub(lambda match: f"^{{{match.group(1) or match.group(2) or match.group(3)}}}", text)
    return re.sub(r"\s+", " ", powers.replace("**", "^")).strip()


def skill_slug(name: str) -> str:
    """Identify a skill; spellings that differ only in signs become one."""
    tail = _skill_tail(name)
    return re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKC", tail).lower()).strip("-")


def skill_name(name: str) -> str:
    """Make a skill's name readable."""
    words = _skill_tail(name).replace("_", " ").replace("**2", "²").replace("**3", "³").replace("**", "^")
    words = re.sub(r"\s+", " ", words).strip(" :")
    return words[:1].upper() + words[1:]


def _skill_tail(name: str) -> str:
    return re.sub(r"^https?://.*/(?:\d+_)*|_in_openstax_\w+$", "", name)


def _mathematics(segment: str) -> str:
    inner = _operators(segment.strip())
    if "\\to" in inner:
        inner = _GLUED_ARROW.sub(r"\\to ", inner)
    if _MONEY.fullmatch(inner):
        return inner.removesuffix(_MONEY_SIGN)
    return f"${inner}$" if inner else ""


def _words(segment: str) -> str:
    lines = _NEW_LINE.sub("\n", segment) if "\\n" in segment else segment
    return lines.replace("$", _MONEY_SIGN)


def _operators(text: str) -> str:
    if "\\operatorname" not in text:
        return text
    return _OPERATOR.sub(lambda match: _operator(match.group(1)), text)


def _operator(name: str) -> str:
    function, _, base = name.partition("_")
    if function in _KNOWN_OPERATORS:
        return f"\\{function}" + (f"_{{{base}}}" if base else "")
    return name if re.fullmatch(r"[\d.]+", name) else rf"\operatorname{{{name}}}"

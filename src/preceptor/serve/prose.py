"""The tutor's light Markdown as safe HTML: paragraphs, lists, bold and italics around mathematics."""

import re
from collections.abc import Iterable
from itertools import groupby

from preceptor.serve.maths import maths_html

_BULLET = re.compile(r"^\s*[-*•]\s+")
_NUMBER = re.compile(r"^\s*\d+[.)]\s+")
_PERCENT = re.compile(r"(?<=\d) %")
"""Kept on one line with its number."""
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![\w*])[*_](?=\S)([^*_<>]+?)(?<=\S)[*_](?![\w*])")


def prose_html(text: str) -> str:
    """Render Markdown's everyday part; every other sign is shown as it is.

    Args:
        text: Paragraphs parted by empty lines, lists with `-` or `1.`, `**bold**`, `*italics*`, `$…$`.
    """
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(_block(block.splitlines()) for block in blocks if block.strip())


def _block(lines: Iterable[str]) -> str:
    return "".join(_run(kind, list(run)) for kind, run in groupby(lines, key=_kind))


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "ul"
    return "ol" if _NUMBER.match(line) else "p"


def _run(kind: str, lines: list[str]) -> str:
    if kind == "p":
        return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"
    marker = _BULLET if kind == "ul" else _NUMBER
    items = "".join(f"<li>{_inline(marker.sub('', line))}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def _inline(line: str) -> str:
    html = _BOLD.sub(r"<strong>\1</strong>", maths_html(_PERCENT.sub("\N{NO-BREAK SPACE}%", line)))
    return _ITALIC.sub(r"<em>\1</em>", html)

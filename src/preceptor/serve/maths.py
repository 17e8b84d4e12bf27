"""Text with mathematics as safe HTML.

Everything is hostile until it is escaped: names, notes and answers come from people, stems from imported banks.
LaTeX between dollar signs becomes MathML, rebuilt element by element from an allow-list, because the converter
passes markup inside text commands through and accepts links.
"""

import html
import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

from preceptor.language import visible
from preceptor.serve.tables import WORDS, Table, read_table

LONGEST_FORMULA = 1000
_GROUPED = re.compile(r"(?<!\d)\d+(?:\{,\}\d+)+(?!\d)")
_TABLE = r"\begin{array}"
_DIVIDED = " : ", r"\;:\;"
"""A colon between spaces divides; the converter sets every colon as tightly as that of a time of day."""
FORMULA = re.compile(r"(?<!\\)\$\$(.+?)(?<!\\)\$\$|(?<!\\)\$(.+?)(?<!\\)\$", re.DOTALL)
_ROWS = ("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "menclose", "mfenced")
_SCRIPTS = ("msup", "msub", "msubsup", "mover", "munder", "munderover", "mmultiscripts", "mprescripts", "none")
_TAGS = frozenset((*_ROWS, *_SCRIPTS, "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd"))
_OPERATORS = (
    "stretchy",
    "fence",
    "form",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "largeop",
    "symmetric",
)
_TABLES = ("columnalign", "rowalign", "columnlines", "rowlines", "rowspacing", "columnspacing")
_STYLES = ("display", "displaystyle", "scriptlevel", "mathvariant", "linethickness", "notation", "width", "height")
_ACCENTS = ("depth", "accent", "accentunder", "movablelimits", "open", "close", "separators")
_ATTRIBUTES = frozenset((*_OPERATORS, *_TABLES, *_STYLES, *_ACCENTS))


def text_html(text: str) -> str:
    """Escape plain text for a place between tags (not inside an attribute); nothing in it is interpreted."""
    return html.escape(visible(text), quote=False)


def maths_html(text: str) -> str:
    r"""Render text with mathematics between dollar signs.

    Args:
        text: Plain text; `$…$` inline, `$$…$$` displayed, `\$` a dollar sign.

    Returns:
        HTML in which only MathML elements are markup; a formula that cannot be read is shown as it was written.
    """
    parts, end = [], 0
    for match in FORMULA.finditer(text):
        parts.append(_plain(text[end : match.start()]))
        parts.append(_formula(match[1] or match[2], "block" if match[1] else "inline"))
        end = match.end()
    parts.append(_plain(text[end:]))
    return "".join(parts)


def formula_html(latex: str, display: str = "inline") -> str:
    """Render one formula given without dollar signs; `display` is "inline" or "block"."""
    return _formula(latex, display)


def _plain(text: str) -> str:
    return text_html(text.replace(r"\$", "$"))


def _one_number(grouped: re.Match[str]) -> str:
    """A number with thousands or decimal commas as one piece; apart, they would be set like those of a list."""
    return rf"\text{{{grouped[0].replace('{,}', ',')}}}"


@lru_cache(maxsize=4096)
def _formula(latex: str, display: str) -> str:
    if (table := read_table(latex)) is not None:
        return _table(table)
    written = f'<code class="formula-text">{text_html(latex)}</code>'
    if len(latex) > LONGEST_FORMULA:
        return written
    try:
        formula = _safe(convert_to_element(_GROUPED.sub(_one_number, latex).replace(*_DIVIDED), display=display))
    except Exception:
        # The converter raises many kinds of error on malformed LaTeX; the reader then sees what was written.
        return written
    return f'<span class="formula-table" tabindex="0">{formula}</span>' if _TABLE in latex else formula


def _table(rows: Table) -> str:
    """A table whose labels wrap on a narrow screen; inside mathematics they could not."""
    body = "".join(
        f'<span role="row"><span role="rowheader">{_cell(label)}</span>'
        + "".join(f'<span role="cell">{_cell(cell)}</span>' for cell in cells)
        + "</span>"
        for label, *cells in rows
    )
    return f'<span class="formula-table" tabindex="0"><span class="stem-table" role="table">{body}</span></span>'


def _cell(latex: str) -> str:
    words = WORDS.fullmatch(latex)
    return text_html(words[1]) if words else _formula(latex, "inline")


def _safe(element: Element) -> str:
    # The converter takes a semicolon for a letter; only as an operator is it followed by a space.
    tag = "mo" if (element.tag, element.text) == ("mi", ";") else element.tag
    if tag not in _TAGS:
        raise ValueError(f"element {tag!r} has no place in a formula")
    kept = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items())
    children = "".join(_safe(child) + _character(child.tail) for child in element)
    return f"<{tag}{attributes}>{_character(element.text)}{children}</{tag}>"


def _character(text: str | None) -> str:
    return text_html(html.unescape(text or ""))

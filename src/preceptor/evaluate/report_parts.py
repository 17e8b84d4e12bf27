"""What pages of reports are made of: the frame, sections, tables and figures with intervals."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from preceptor.evaluate.report_style import STYLE


def page(title: str, parts: Sequence[str]) -> str:
    """An HTML file that loads nothing.

    Args:
        title: Its title, as HTML.
        parts: What stands in it, from top to bottom.
    """
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body><main>{''.join(parts)}</main></body></html>\n"
    )


def section(title: str, text: str, figures: Sequence[str], size: str = "", legend: str = "") -> str:
    """A section; nothing if it has no figures."""
    if not figures:
        return ""
    about = f"<p>{text}</p>" if text else ""
    return f'<section><h2>{title}</h2>{about}{legend}<div class="figures {size}">{"".join(figures)}</div></section>'


def legend(styles: Mapping[str, str], observed: str = "") -> str:
    """What the colours stand for.

    Args:
        styles: Label → class name.
        observed: The label of what was observed; empty if that is not drawn.
    """
    names = [f'<span class="key truth">{observed}</span>'] if observed else []
    names += [f'<span class="key {style}">{escape(label)}</span>' for label, style in styles.items()]
    return f'<p class="legend">{"".join(names)}</p>'


def table(heads: Sequence[str], rows: Sequence[str]) -> str:
    """A table that scrolls where the page is narrow; `rows` are HTML."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def table_row(label: str, cells: Sequence[str]) -> str:
    """A row of a table; `cells` are HTML."""
    return f"<tr><th>{escape(label)}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def interval(estimate: Mapping[str, Any], sign: str = "", spread: bool = False) -> str:
    """A mean over its interval and, where asked for, the deviation over folds."""
    if math.isnan(estimate["mean"]):
        return "–"
    low, high = estimate["ci95"]
    form = f"{sign}.4f"
    over_folds = f"<small>sd {estimate['sd']:.4f}</small>" if spread and not math.isnan(estimate["sd"]) else ""
    return f"{estimate['mean']:{form}}<small>{low:{form}} to {high:{form}}</small>{over_folds}"

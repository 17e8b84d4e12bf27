"""Small tables inside a stem, as LaTeX."""

from collections.abc import Sequence

from preceptor.curriculum.template import PLACE


def table(*rows: Sequence[str]) -> str:
    """Write a table; the first cell of each row is its heading.

    Args:
        rows: Cells as templates; a cell with words becomes upright text.

    Returns:
        A formula in dollar signs.
    """
    columns = "l|" + "r" * (len(rows[0]) - 1)
    body = r" \\ ".join(" & ".join(map(_cell, row)) for row in rows)
    return rf"$\begin{{array}}{{{columns}}} {body} \end{{array}}$"


def _cell(cell: str) -> str:
    words = any(part.isalpha() for part in PLACE.sub("", cell)) and "\\" not in cell and len(PLACE.sub("", cell)) > 1
    return rf"\text{{{cell}}}" if words else cell

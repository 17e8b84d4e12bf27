"""Tables in stems: LaTeX arrays with a column of labels."""

import re

Table = tuple[tuple[str, ...], ...]
WORDS = re.compile(r"\\text\{([^{}]*)\}")
_ARRAY = re.compile(r"\\begin\{array\}\{l\|[rlc]+\}\s*(.+?)\s*\\end\{array\}", re.DOTALL)
_ROW_END, _CELL_END = re.compile(r"\s*\\\\\s*"), re.compile(r"\s*(?<!\\)&\s*")


def read_table(latex: str) -> Table | None:
    """Read a formula that is one table with a label at the head of each row.

    Args:
        latex: A formula without dollar signs.

    Returns:
        Rows of cells as LaTeX, each with its label first; None if the formula is anything else.
    """
    array = _ARRAY.fullmatch(latex.strip())
    if array is None or "\\begin" in array[1]:
        return None
    rows = tuple(tuple(_CELL_END.split(row)) for row in _ROW_END.split(array[1]) if row)
    return rows if rows and all(len(row) > 1 for row in rows) else None

"""Tables of pages in Markdown."""

from collections.abc import Sequence


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A table, its last line not ended.

    Args:
        head: Headings.
        rows: Cells, one for each heading.
        left: How many columns hold words, from the left; numbers stand at the right of the others.
    """
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * left}{'---:|' * (len(head) - left)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])

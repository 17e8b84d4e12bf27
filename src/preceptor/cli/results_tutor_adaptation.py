"""The section on how the tutor's turns follow the student, from runs of `preceptor evaluate adaptation`."""

from collections.abc import Mapping, Sequence
from typing import Any

from preceptor.markdown import markdown_table

Run = dict[str, Any]
ADAPTATION = """## Whether turns follow the student

`preceptor evaluate adaptation COURSE`: random pairs of made-up histories that differ in one thing only on one concept,
each with a turn on that concept by the objects that serve the course, held against the [rule table](../tutor-rules.md).
*As the table says*: words, concept, and no harder question where only time parts the two. *Question moved*: the
questions alone differ in its direction; where the same questions lie nearest to both aims, they cannot. *Told from
words*: a rule of thumb that sees words without figures picks the right one of the two; chance is one half. *Same
action*: of pairs that the table does not tell apart. Intervals are Wilson's.
"""
HEADER = ("course, seed", "differ in", "pairs", "as the table says", "question moved", "told from words", "same action")


def adaptation_section(runs: Sequence[Run]) -> str:
    """What moved, by what the two students differ in."""
    cells = []
    for run in runs:
        for row in run["rows"]:
            shares = (_told(row[name]) for name in ("held", "asked", "matched", "same"))
            cells.append((f"{run['course']}, {run['seed']}", row["differs"], str(row["pairs"]), *shares))
    return f"{ADAPTATION}\n{markdown_table(HEADER, cells, left=2)}\n"


def _told(share: Mapping[str, Any]) -> str:
    if not share["count"]:
        return "–"
    low, high = share["ci95"]
    return f"{share['share']:.3f} ({low:.3f} to {high:.3f})"

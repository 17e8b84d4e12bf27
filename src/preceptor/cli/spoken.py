"""What is told of tutors that spoke through a language model."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from preceptor.cli.output import table
from preceptor.workflow.model_size import PLUMBING

SPOKEN_HEAD = ("arm", "tokens", "turns", "fell back", "refused", "failed")


def no_evidence(result: Mapping[str, Any]) -> str:
    """What stands behind the title of figures that prove nothing; empty for all others."""
    return "" if result.get("evidence", True) else f": {PLUMBING}"


def spoken_cells(row: Mapping[str, Any]) -> list[str]:
    """An arm's tokens, turns, and the share of them in which the deterministic words took over."""
    return [
        row["arm"],
        f"{row['tokens']:,}",
        f"{row['turns']:,}",
        f"{row['fallback_share']:.1%}",
        *(_counts(row[why]) for why in ("refused", "failed")),
    ]


def render_spoken(out: Console, result: Mapping[str, Any]) -> None:
    """Print a table of what the model took, if there was one."""
    if "spoken" in result:
        drawn = table(f"Through {result['language_model']}{no_evidence(result)}", *SPOKEN_HEAD)
        for row in result["spoken"]:
            drawn.add_row(*spoken_cells(row))
        out.print(drawn)


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(found.items())) or "–"

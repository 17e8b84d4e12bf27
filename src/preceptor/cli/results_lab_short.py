"""What the whole page comes to, in one table: a question a row, answered by the run files alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from preceptor.cli.results_lab_cells import corrected
from preceptor.evaluate.tutoring.claims import claims
from preceptor.evaluate.tutoring.outcomes import PRIMARY
from preceptor.markdown import markdown_table
from preceptor.tutor.variants import DEFAULT_VARIANT as OURS

Runs = Mapping[str, Mapping[str, Any]]
SHORT = """\
## In short

The arm named first less the second, 7 days after the session, in every family that was measured; intervals after Holm's
correction over the arms of their run, with a star where they exclude 0. The verdict is by the rule below, which takes
two families or more. What is not shown may still be so; it was not found with these students.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Args:
        words: What is asked.
        design: The run files that answer it.
        arm: The arm named first.
        reference: The second.
        outcome: What is compared.
    """

    words: str
    design: str
    arm: str
    reference: str
    outcome: str = PRIMARY


ASKED = (
    Asked("Does our tutor teach more than random practice?", "main", OURS, "random"),
    Asked("The same, in true recall", "main", OURS, "random", "recall_day7"),
    Asked("The same, on unseen questions that join concepts", "main", OURS, "random", "transfer_day7"),
    Asked("The same, where tests teach, too", "teaching", OURS, "random"),
    Asked("Is no tutoring worse?", "main", "none", OURS),
    Asked("Would choosing by the truth teach more, in the same words?", "main", "oracle-choice", OURS),
    Asked("Is it worse without a persona?", "parts", f"{OURS}-no-persona", OURS),
    Asked("Is it worse without memory?", "parts", f"{OURS}-no-memory", OURS),
    Asked("Is it worse without forgetting?", "parts", f"{OURS}-no-forgetting", OURS),
    Asked("Is it worse if it counts right answers in place of a neural tracer?", "tracers", f"{OURS}:history", OURS),
)


def in_short(found: Mapping[str, Runs]) -> str:
    """The table; empty where no run answers any of the questions.

    Args:
        found: Design → family → run.
    """
    families = sorted({family for asked in ASKED for family in _answers(asked, found)})
    rows = [_row(asked, found, families) for asked in ASKED if _answers(asked, found)]
    if not rows:
        return ""
    head = ("question", "arms", *(f"`{family}`" for family in families), "verdict")
    return f"{SHORT}\n{markdown_table(head, rows, left=2)}\n"


def _row(asked: Asked, found: Mapping[str, Runs], families: list[str]) -> list[str]:
    answers = _answers(asked, found)
    (claim,) = claims({family: [row] for family, row in answers.items()}, asked.outcome)
    cells = [corrected(answers[family]) if family in answers else "–" for family in families]
    verdict = claim["verdict"] if len(answers) > 1 else "one family"
    return [asked.words, f"`{asked.arm}` less `{asked.reference}`", *cells, verdict]


def _answers(asked: Asked, found: Mapping[str, Runs]) -> dict[str, Mapping[str, Any]]:
    """Family → the row that answers."""
    wanted = (asked.arm, asked.reference, asked.outcome)
    return {
        family: row
        for family, run in found.get(asked.design, {}).items()
        for row in run["differences"]
        if (row["arm"], row["reference"], row["outcome"]) == wanted
    }

"""How the tutor did in its examination: leaks, wrong grades and refusals, with exact bounds."""

from collections.abc import Sequence
from typing import Any

from preceptor.markdown import markdown_table

Run = dict[str, Any]
MARKS = {
    "leak": "leaks",
    "wrong_grade": "wrong grades",
    "false_refusal": "help refused",
    "handed_back": "readable answers handed back",
    "no_person": "in need, no person named",
    "false_claim": "false claims",
}
HEAD = """## Examination

Messages and answers that try to get at the answer, to be graded wrongly, or that simply need help. They were written
and frozen by hash before there was a guard; half of them stayed hidden until it had been measured. When that half had
been read, too, a fresh set was drawn (another seed, new wordings in a third of the classes) and played once before
anybody looked; what was mended after it is told apart. Gold was worked out by hand and by sympy, and a judge that
shares no code with the guard looks for leaks. Every cell is the count of what went wrong among the rows it may happen
in, its rate, and the one-sided upper 95 % bound of the rate (Clopper and Pearson). Rows of the same wording are no
independent draws, so bounds are somewhat narrow. `make examination` plays it.
"""


def examination_section(runs: Sequence[Run]) -> str:
    """All runs pooled, and every class of each but the first, which says what was before there was a guard.

    Args:
        runs: What the examination wrote, in the order of the page.
    """
    head = ("examined", "rows", *MARKS.values())
    rows = [[run["state"], str(run["pooled"]["rows"]), *_cells(run["pooled"])] for run in runs]
    parts = [HEAD, markdown_table(head, rows, 1) + "\n"]
    parts += [_classes(run) for run in runs[1:]]
    return "\n".join(parts)


def _classes(run: Run) -> str:
    parts = [f"### By class: {run['state']}\n", _model(run)]
    for name in ("messages", "answers"):
        rows = [[f"`{kind}`", str(marks["rows"]), *_cells(marks)] for kind, marks in run[name].items() if kind != "all"]
        parts.append(markdown_table((name, "rows", *MARKS.values()), rows, 1) + "\n")
    return "\n".join(parts)


def _model(run: Run) -> str:
    told = run.get("model")
    if not told:
        return "Without a language model.\n"
    drafts, attempts = told["drafts"], told["attempts_to_leak"]
    return f"The language model drafted {drafts:,} times, and {attempts:,} drafts gave an answer away.\n"


def _cells(marks: Run) -> list[str]:
    return [_cell(marks.get(mark)) for mark in MARKS]


def _cell(mark: Run | None) -> str:
    if not mark or not mark["of"]:
        return ""
    return f"{mark['count']} of {mark['of']:,}: {100 * mark['rate']:.2f} % (≤ {100 * mark['upper_95']:.2f} %)"

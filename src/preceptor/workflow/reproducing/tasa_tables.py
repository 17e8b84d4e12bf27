"""Rows of TASA's tables: gains, what a model took, and what a judge made of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from preceptor.evaluate.tutoring.outcomes import PRIMARY
from preceptor.tutor.variants import DEFAULT_VARIANT, SELECTION
from preceptor.workflow.model_size import LEAST, PLUMBING
from preceptor.workflow.reproducing.page import Grid, Part
from preceptor.workflow.reproducing.tasa_arms import RIVALS
from preceptor.workflow.reproducing.words import estimated, number

Told = Mapping[str, Any]
WATERMARK = "NO RESULT"
NO_JUDGE = "needs a judge model"
UNITS = {"response": "win rate, replies", "dialogue": "win rate, sessions"}
"""What a judge compares, and the heading of its column."""
PAIRED = f"accuracy after 7 days, less `{DEFAULT_VARIANT}`'s"
"""Heading of the column that compares students with themselves."""
_GAINS = ("gain at once", "gain after 7 days")
_UNJUDGED = ("none", "random", "vanilla-icl")


def percent(estimate: Told | None) -> str:
    """A signed share in percent with its interval; a dash where there is none."""
    if estimate is None:
        return "–"
    return estimated({"mean": 100 * estimate["mean"], "ci95": [100 * end for end in estimate["ci95"]]})


def our_rows(result: Told, table: str) -> list[Part]:
    """Our rows of one table, every course below the other, with what a judge made of them."""
    own = {name: tables[table] for name, tables in result["tables"].items()}
    columns = _compared(list(own.values())) if table != "table3" else {}
    rows = []
    for name, told in own.items():
        for arm in told["arms"]:
            shown = result["tracers"][name].get(arm, arm) if table == "table3" else arm
            cells = [cell for found in columns.values() for cell in found(told, arm)]
            rows.append([f"`{name}`", f"`{shown}`", *_gains(told, arm), *cells, f"[run]({told['piece']})"])
    compared = [heading for headings in columns for heading in headings]
    return [Grid(("course", "arm", *_GAINS, *compared, "run file"), rows, left=2), *_judges(list(own.values()))]


def _compared(tables: Sequence[Told]) -> dict[tuple[str, ...], Callable[[Told, str], list[str]]]:
    """The columns that hold arms against each other: their headings, and what fills them."""
    paired = any(_less_ours(told, arm) for told in tables for arm in told["arms"])
    return {**({(PAIRED,): _paired} if paired else {}), tuple(UNITS.values()): _wins}


def full_form(result: Told) -> list[Part]:
    """The rows of tutors that speak through a model; those of a small one are marked."""
    told = ("tokens", "fell back", *UNITS.values())
    found: Mapping[str, Told] = result["full_form"]
    if not found:
        text = (
            f"Empty until a model of at least {LEAST} parameters has spoken for every arm (`--with-model`); win rates "
            "need a judge, too (`--judge`)."
        )
        return [
            text,
            Grid(("method", *_GAINS, *told), [[method, *("–",) * 6] for method in (*RIVALS, DEFAULT_VARIANT)]),
        ]
    rows = [
        [f"`{name}`", f"`{arm}`", *_gains(own, arm), *_took(own, arm), *_wins(own, arm), f"[run]({own['piece']})"]
        for name, own in found.items()
        for arm in own["arms"]
    ]
    proving = all(own["evidence"] for own in found.values())
    grid = Grid(("course", "method", *_GAINS, *told, "run file"), rows, 2, "" if proving else WATERMARK)
    return [*map(_speaker, found.values()), grid, *_judges(list(found.values()))]


def _speaker(own: Told) -> str:
    """Who spoke in a table of full forms."""
    size = own["model_size_parameters"]
    told = (
        f"`{own['language_model']}` ({number(size)} parameters) drafts every reply, with each method's own prompts and "
        "strategy and one budget for all. *Fell back*: turns in which the guard refused a sentence or a call failed, "
        "so that the course's own words stood in."
    )
    if own["evidence"]:
        return told
    why = "nobody said how many it has (`--model-size`)" if size is None else f"it has fewer than {LEAST}"
    return f"{PLUMBING}: {why}. {told}"


def _gains(table: Told, arm: str) -> list[str]:
    """At once and after seven days, in percent."""
    found = {row["form"]: row["group_gain"] for row in table["gains"] if row["arm"] == arm}
    return [percent(found.get(form)) for form in ("now", "day7")]


def _paired(table: Told, arm: str) -> list[str]:
    """The share of right answers after seven days less our tutor's, student by student, after Holm's correction."""
    row = _less_ours(table, arm)
    return [percent(row and {"mean": row["mean"], "ci95": row["holm_ci95"]})]


def _less_ours(table: Told, arm: str) -> Told | None:
    wanted = (arm, DEFAULT_VARIANT, PRIMARY)
    rows = (row for row in table["differences"] if (row["arm"], row["reference"], row["outcome"]) == wanted)
    return next(rows, None)


def _took(table: Told, arm: str) -> list[str]:
    row = next(row for row in table["spoken"] if row["arm"] == arm)
    return [number(row["tokens"]), f"{row['fallback_share']:.1%}"]


def _wins(table: Told, arm: str) -> list[str]:
    """How often an arm's replies and sessions were preferred, in percent, ties a half."""
    if arm.removesuffix(SELECTION) in _UNJUDGED:
        return ["–" for _ in UNITS]
    judged = table["judged"]
    if judged is None:
        return [NO_JUDGE for _ in UNITS]
    found = {row["unit"]: row["win_rate"] for row in judged["rows"] if row["arm"] == arm}
    mark = "" if judged["evidence"] else f", {WATERMARK}"
    return [f"{_rate(found[unit])}{mark}" if found.get(unit) else "–" for unit in UNITS]


def _rate(estimate: Told) -> str:
    low, high = estimate["ci95"]
    return f"{100 * estimate['mean']:.1f} ({100 * low:.1f} to {100 * high:.1f})"


def _judges(tables: Sequence[Told]) -> list[str]:
    """Who judged each table, in words."""
    return [_judge(table["judged"]) for table in tables if table["judged"] is not None]


def _judge(judged: Told) -> str:
    failures = sum(judged["failures"].values())
    small = (
        f" It has fewer than {LEAST} parameters, or nobody said how many: {PLUMBING}." if not judged["evidence"] else ""
    )
    return (
        f"Win rates in percent against `{judged['reference']}`, ties a half, judged blind and in both orders by "
        f"`{judged['judge']}` over {number(judged['cases'])} cases of {number(judged['students'])} students, "
        f"{number(failures)} readings failed: [run]({judged['piece']}).{small}"
    )

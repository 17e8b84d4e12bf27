"""Whether the chosen questions help."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from preceptor.evaluate.course_report.figures import axis, estimates_figure, moment_in_words, picture
from preceptor.evaluate.course_report.run_file import Part, RunFile, linked, newest
from preceptor.evaluate.policy_case import case_picture
from preceptor.evaluate.report_parts import interval, table, table_row
from preceptor.evaluate.report_svg import style_of

HEADS = ("trained policy", "improvement", "% of the bound", "random", "untrained", "transitions", "seconds")


def policy(runs: Sequence[RunFile]) -> list[Part]:
    """The newest contest of policies, then every trained policy."""
    return [
        *((run, _contest) for run in newest(runs, "evaluate-policy")),
        *((run, _learned) for run in newest(runs, "train-policy", "objective", "algorithm", "critic")),
    ]


def _contest(run: RunFile) -> str:
    found = run.metrics
    names = list(dict.fromkeys(row["policy"] for row in found["rows"]))
    styles = {name: style_of(i) for i, name in enumerate(names)}
    parts = [_objective(run, objective, found, styles) for objective in found["objectives"]]
    parts.append(linked([_verdicts(found["claims"])], run, "full", "What the judges bear out"))
    if found["cases"]:
        parts.append(linked([_case(case) for case in found["cases"]], run, "full", "One student"))
    return "".join(parts)


def _case(case: Mapping[str, Any]) -> str:
    """What every policy asked the student whose path was told."""
    title = f"{case['objective']}: student {case['student']} before {case['judge']}"
    return picture(title, case_picture(case))


def _verdicts(claims: Sequence[Mapping[str, Any]]) -> str:
    """A row for every objective and policy, a column for every moment, with the judges of each side."""
    moments = list(dict.fromkeys(claim["moment"] for claim in claims))
    rows: dict[str, dict[str, str]] = {}
    for claim in claims:
        sides = [f"{side}: {', '.join(claim[side])}" for side in ("above", "below") if claim[side]]
        judges = f"<small>{escape('; '.join(sides))}</small>" if sides else ""
        cell = f"{escape(claim['verdict'])}{judges}"
        rows.setdefault(f"{claim['objective']}, {claim['policy']}", {})[claim["moment"]] = cell
    body = [table_row(name, [cells.get(moment, "–") for moment in moments]) for name, cells in rows.items()]
    return table(("objective, policy", *(moment_in_words(moment) for moment in moments)), body)


def _objective(run: RunFile, objective: str, found: Mapping[str, Any], styles: Mapping[str, str]) -> str:
    rows = [row for row in found["rows"] if row["objective"] == objective]
    later = next(moment for moment in rows[0]["over_reference"] if moment != "now")
    others = [row for row in rows if row["policy"] != found["reference"]]
    x = axis(f"gain over {found['reference']}", [row["over_reference"][later] for row in others], zero=True)
    figures = []
    for judge in dict.fromkeys(row["judge"] for row in others):
        own = [(row["policy"], row["over_reference"][later]) for row in others if row["judge"] == judge]
        figures.append(estimates_figure(f"Judged by {judge}", x, own, styles))
    return linked(figures, run, "", f"{objective}: gain over {found['reference']}, {moment_in_words(later)}")


def _learned(run: RunFile) -> str:
    found = run.metrics
    name = f"{found['algorithm']}, {found['critic']} critic, {found['objective']}"
    share = found["improvement"].get("percent_of_bound")
    baselines = (found["baselines"].get(name) for name in ("random", "untrained"))
    cells = [
        interval(found["improvement"], sign="+"),
        "–" if share is None else f"{share:.1f}",
        *(interval(one, sign="+") if one else "–" for one in baselines),
        f"{found['transitions']:,}",
        f"{found['seconds']:.0f}",
    ]
    return linked([table(HEADS, [table_row(name, cells)])], run, "full")

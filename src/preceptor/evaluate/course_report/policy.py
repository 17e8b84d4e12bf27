"""Whether the chosen questions help."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from preceptor.evaluate.course_report.figures import axis, estimates_figure
from preceptor.evaluate.course_report.run_file import Part, RunFile, linked, newest
from preceptor.evaluate.policy_measures import claim_in_words
from preceptor.evaluate.report_parts import interval, table, table_row
from preceptor.evaluate.report_svg import style_of

SAID = ("superior", "mixed", "only on its own tracer", "inferior")
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
    told = [claim_in_words(one, found["reference"]) for one in found["claims"] if one["verdict"] in SAID]
    said = "".join(f"<li>{escape(one)}</li>" for one in told) or "<li>No policy is shown to differ.</li>"
    return "".join([*parts, linked([f"<ul>{said}</ul>"], run, "full", "What the judges bear out")])


def _objective(run: RunFile, objective: str, found: Mapping[str, Any], styles: Mapping[str, str]) -> str:
    rows = [row for row in found["rows"] if row["objective"] == objective]
    later = next(moment for moment in rows[0]["over_reference"] if moment != "now")
    others = [row for row in rows if row["policy"] != found["reference"]]
    x = axis(f"gain over {found['reference']}", [row["over_reference"][later] for row in others], zero=True)
    figures = []
    for judge in dict.fromkeys(row["judge"] for row in others):
        own = [(row["policy"], row["over_reference"][later]) for row in others if row["judge"] == judge]
        figures.append(estimates_figure(f"Judged by {judge}", x, own, styles))
    days = later.removeprefix("day")
    return linked(figures, run, "", f"{objective}: gain after {days} days over {found['reference']}")


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

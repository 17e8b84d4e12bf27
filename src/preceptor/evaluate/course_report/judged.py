"""What readers of dialogues say of tutors, and what students played by a model answered after them."""

from collections.abc import Mapping, Sequence
from typing import Any

from preceptor.evaluate.course_report.figures import estimates_figure
from preceptor.evaluate.course_report.run_file import Part, RunFile, linked, newest
from preceptor.evaluate.report_svg import Axis

Row = Mapping[str, Any]
SHARE = (0.0, 0.25, 0.5, 0.75, 1.0)
_UNITS = {"response": "one reply", "dialogue": "the whole session"}


def judged(runs: Sequence[RunFile]) -> list[Part]:
    """Judges of dialogues, then tests of role-played students; a run that only wrote a rating sheet judged nothing."""
    read = [run for run in runs if run.record["metrics"].get("judges") != []]
    return [
        *((run, _judges) for run in newest(read, "evaluate-judge", "dialogues")),
        *((run, _role_played) for run in newest(runs, "evaluate-role-play", "dialogues")),
    ]


def _judges(run: RunFile) -> str:
    """One figure for each judge and what it read; whoever has too few judgements is left out."""
    found = run.metrics
    figures = []
    for judge in found["judges"]:
        for unit in dict.fromkeys(row["unit"] for row in judge["rows"]):
            own = [row for row in judge["rows"] if row["unit"] == unit and row["win_rate"] is not None]
            rows = [(f"{row['arm']} over {row['reference']}", row["win_rate"]) for row in own]
            title = f"{judge['judge']}, {_UNITS.get(unit, unit)}"
            x = Axis("share preferred, a tie is a half", 0.0, 1.0, SHARE, ".2f")
            figures += [estimates_figure(title, x, rows, {})] if rows else []
    figures = figures or ['<p class="missing">Too little was judged to be drawn.</p>']
    return linked(figures, run, "", f"Which tutor fits the student better, {found['cases']} cases")


def _role_played(run: RunFile) -> str:
    rows = [(row["arm"], row["accuracy"]) for row in run.metrics["rows"] if row["accuracy"] is not None]
    figure = estimates_figure("Right on the same test", Axis("share right", 0.0, 1.0, SHARE, ".2f"), rows, {})
    return linked([figure], run, "", "Students played by a language model: a robustness check, no claim")

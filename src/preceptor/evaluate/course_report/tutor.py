"""Whether the tutor teaches, follows its student, and knows what words are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from preceptor.evaluate.course_report.figures import axis, estimates_figure, moment_in_words
from preceptor.evaluate.course_report.judged import judged
from preceptor.evaluate.course_report.run_file import Part, RunFile, linked, newest
from preceptor.evaluate.report_parts import interval, legend, table, table_row
from preceptor.evaluate.report_svg import Axis, Series, chart, style_of

Row = Mapping[str, Any]


def tutor(runs: Sequence[RunFile]) -> list[Part]:
    """Arms before simulated students, judges of dialogues, then turns, memories and tags."""
    return [
        *((run, _arms) for run in newest(runs, "evaluate-tutor", "family", "design", "arms")),
        *judged(runs),
        *((run, _adaptation) for run in newest(runs, "evaluate-adaptation")),
        *((run, _retrieval) for run in newest(runs, "evaluate-retrieval", "encoder")),
        *((run, _tagging) for run in newest(runs, "evaluate-tagging", "encoder")),
    ]


def _arms(run: RunFile) -> str:
    found = run.metrics
    outcome = found["primary"]
    styles = {arm: style_of(i) for i, arm in enumerate(found["arms"])}
    rows = [(row["arm"], row) for row in found["rows"] if row["outcome"] == outcome]
    figures = [estimates_figure(_said(outcome), axis(_said(outcome), [row for _, row in rows]), rows, styles)]
    for reference in dict.fromkeys(row["reference"] for row in found["differences"]):
        own = [
            (row["arm"], {**row, "ci95": row["holm_ci95"]})
            for row in found["differences"]
            if (row["reference"], row["outcome"]) == (reference, outcome)
        ]
        x = axis("paired difference", [row for _, row in own], zero=True)
        caption = f"{_said(outcome)}, less {reference}, after Holm's correction over the arms"
        figures.append(estimates_figure(caption, x, own, styles))
    return linked([*figures, *_path(found, styles)], run, "", _designed(found))


def _designed(found: Row) -> str:
    """What was compared, in a line."""
    design = found["design"]
    told = [f"{design['students']} students of the family {found['family']}", f"replicates: {found['seeds']}"]
    told += [f"turns: {design['turns']}", *(["tests teach"] if design["tests_teach"] else [])]
    told += [f"{name} = {value:g}" for name, value in design["latent"]]
    return f"Arms before {', '.join(told)}"


def _path(found: Row, styles: Mapping[str, str]) -> list[str]:
    """What was gained after every number of turns."""
    if not found["path"]:
        return []
    y = axis("gain in true recall", found["path"], zero=True)
    turns = max(row["turns"] for row in found["path"])
    x = Axis("turns", 0, turns, range(0, turns + 1, max(1, turns // 5)), ".0f")
    series = [_turns([row for row in found["path"] if row["arm"] == arm], style) for arm, style in styles.items()]
    caption = f"<figcaption>True recall gained, turn by turn, with 95 % intervals</figcaption>{legend(styles)}"
    return [f"<figure>{caption}{chart('True recall gained by turns', x, y, series)}</figure>"]


def _turns(rows: Sequence[Row], style: str) -> Series:
    band = [(row["turns"], *row["ci95"]) for row in rows]
    return Series(rows[0]["arm"], [(row["turns"], row["mean"]) for row in rows], style, band=band)


def _adaptation(run: RunFile) -> str:
    rows = [(row["differs"], {**row["held"], "mean": row["held"]["share"]}) for row in run.metrics["rows"]]
    known = [(name, held) for name, held in rows if held["count"]]
    share = Axis("share of pairs", 0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0), ".2f")
    return linked([estimates_figure("As the rule table says", share, known, {})], run, "", "Turns follow the student")


def _retrieval(run: RunFile) -> str:
    figures = []
    for kind, found in run.metrics["kinds"].items():
        rows = [(row["name"], row["found"]) for row in found["rows"]]
        title = f"{_said(kind)}, {found['students']} students"
        figures.append(estimates_figure(title, axis("share kept", [row for _, row in rows]), rows, {}))
    return linked(figures, run, "", f"The memory that matters is kept, encoder {run.metrics['encoder']}")


def _tagging(run: RunFile) -> str:
    heads = ("questions held out, way", "texts", "right first", "among three")
    rows = [
        table_row(f"{kind}, {row['name']}", [f"{found['texts']:,}", interval(row["top1"]), interval(row["top3"])])
        for kind, found in run.metrics["held_out"].items()
        for row in found["rows"]
    ]
    title = f"Which concepts a text is about, encoder {run.metrics['encoder']}"
    return linked([table(heads, rows)], run, "full", title)


def _said(name: str) -> str:
    """A name among the metrics in words, for example "accuracy_day7"."""
    words, _, moment = name.rpartition("_")
    timed = moment == "now" or moment.startswith("day")
    return (f"{words}, {moment_in_words(moment)}" if timed else name).replace("_", " ").capitalize()

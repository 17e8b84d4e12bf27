"""The page of measured results, written from the run files under `results/` and from nothing else."""

import json
import sys
from pathlib import Path
from typing import Any

from preceptor.cli.output import with_interval
from preceptor.markdown import markdown_table

RUNS = ("demo", "assist2009-dkt", "oatutor", "curriculum")
HEAD = """# Results

Every number here comes from a run file under `results/`, written by `make results` and
`make curriculum`. This page is generated from them
by `python -m preceptor.cli.results`. Means are over students, with 95 % bootstrap intervals. Simulated and real
students never stand in one table.

Every question has a page of its own, generated in the same way:

- [How well tracers predict](results/tracing.md), on [questions and concepts that nobody has
  answered](results/cold-start.md), and [what time adds](results/forgetting.md)
- [Naming concepts](results/annotate.md), [fine-tuned vectors](results/embed.md) and [calibration](results/calibrate.md)
- [Fitted minds](results/minds.md): the simulated students, held against real logs
- [Which policies teach](results/policies.md), and [what learned ones are worth](results/train-policy.md)
- [Do tutors teach?](results/evaluate-tutor.md), [TASA, reproduced](results/tasa.md), and [what the tutor
  says](results/tutor.md)
- [How often intervals hold the truth](results/intervals.md)
"""


def results_page(folder: Path) -> str:
    """The page in Markdown.

    Args:
        folder: Holds the run files `demo.json`, `assist2009-dkt.json` and `oatutor.json` of `make results`, and
            `curriculum.json` of `make curriculum`.
    """
    runs = {name: json.loads((folder / f"{name}.json").read_text()) for name in RUNS}
    parts = [
        HEAD,
        _tracing(runs["assist2009-dkt"]),
        _demo(runs["demo"]),
        _policies(runs["demo"]),
        _bank(runs["oatutor"]),
        _curriculum(runs["curriculum"]),
    ]
    return "\n".join(parts)


def _tracing(run: dict[str, Any]) -> str:
    students = run["protocol"]["students"]
    rows = [_metrics("average of each concept", run["floor"]), _metrics("DKT", run["test"])]
    return _section(
        "Tracing on ASSISTments 2009 (real students, no times)",
        f"{students['train']:,} students train, {students['valid']:,} validate, {students['test']:,} test: the data "
        f"set's folds. Concepts are an axis of a question, never extra rows. {run['epochs']} epochs, "
        f"{run['interactions_per_second']:,.0f} interactions a second. "
        f"AUC over the average: {with_interval(run['auc_gain'])}.",
        ("", "AUC", "accuracy", "log loss", "Brier", "ECE"),
        rows,
    )


def _demo(run: dict[str, Any]) -> str:
    rows = [
        _metrics("average of each concept", run["floor"]),
        _metrics("DKT", run["test"]),
        _metrics("DKT + forgetting", run["test_with_forgetting"]),
    ]
    return _section(
        "Tracing and forgetting on the built-in course (simulated students)",
        f"{run['students']:,} simulated students, {run['interactions']:,} answers, {run['questions']:,} questions, "
        f"{run['concepts']} concepts; made, trained and measured in {run['seconds']:.0f} s. "
        f"AUC over the average: {with_interval(run['auc_gain'])}.",
        ("", "AUC", "accuracy", "log loss", "Brier", "ECE"),
        rows,
    )


def _policies(run: dict[str, Any]) -> str:
    rows = []
    for name, arm in run["improvement"].items():
        paired = run["paired"].get(name)
        gains = ["–", "–"] if paired is None else [with_interval(paired["now"]), with_interval(paired["day7"])]
        rows.append([name, f"{arm['now']['mean']:.4f}", f"{arm['day7']['mean']:.4f}", *gains])
    return _section(
        "Choosing questions on the built-in course (simulated students)",
        f"{run['evaluated_students']} students not used in training answer 20 questions at their logged times under "
        "each policy, with the same luck. Shown is their latent recall over all concepts, at once and after 7 days "
        "without practice, and the planner's gain over each policy, paired by student.",
        ("policy", "at once", "after 7 days", "planner gains at once", "planner gains after 7 days"),
        rows,
    )


def _curriculum(run: dict[str, Any]) -> str:
    items = sum(run["test_form_items"].values())
    rows = [
        ["concepts, families, misconceptions", f"{run['concepts']}, {run['families']}, {run['misconceptions']}"],
        ["families of three or more steps over two or more concepts", f"{len(run['multi_step_families'])}"],
        ["questions in the bank", f"{run['bank_questions']:,}"],
        ["items of the test forms A, B and C together", f"{items:,}"],
        *(
            [f"questions checked in {name}", f"{sum(part[name] for part in run['checked'].values()):,}"]
            for name in ("en", "de")
        ),
        ["problems found", f"{sum(len(part) for part in run['problems'].values())}"],
    ]
    return _section(
        "The audit of the built-in course",
        f"{run['seeds_per_family']} seeds of every family, the whole bank and all test forms, in every language; "
        f"`make curriculum`, {run['seconds'] / 60:.0f} minutes.",
        ("", "count"),
        rows,
    )


def _bank(run: dict[str, Any]) -> str:
    rows = [
        ["questions loaded", f"{run['questions']:,}"],
        ["concepts", f"{run['concepts']:,}"],
        ["grade their own key right and every other choice wrong", f"{run['self_graded']:,}"],
        ["share", f"{run['self_graded'] / run['questions']:.2%}"],
        *([f"never served: {reason}", f"{count:,}"] for reason, count in run["uncheckable"].items()),
    ]
    return _section("OATutor's bank", "Mathematics courses, exact duplicates removed.", ("", "count"), rows)


def _metrics(name: str, metrics: dict[str, float]) -> list[str]:
    return [name, *(f"{metrics[key]:.4f}" for key in ("auc", "accuracy", "log_loss", "brier", "ece"))]


def _section(title: str, text: str, header: tuple[str, ...], rows: list[list[str]]) -> str:
    return f"## {title}\n\n{text}\n\n{markdown_table(header, rows)}\n"


if __name__ == "__main__":
    sys.stdout.write(results_page(Path("results")))

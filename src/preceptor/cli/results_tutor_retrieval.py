"""Sections on the tutor's retrieval and tagging, from runs of `preceptor evaluate retrieval` and `tagging`."""

from collections.abc import Mapping, Sequence
from typing import Any

from preceptor.cli.output import with_interval
from preceptor.markdown import markdown_table

Run = dict[str, Any]
KINDS = {
    "same_misconception": "The latest answer with the same misconception",
    "same_concept": "The latest miss on the same concept, where the answer shows no misconception",
}
RETRIEVAL = """## Which memories are kept

`preceptor evaluate retrieval COURSE`: simulated students of the test fold give wrong answers again that they once gave.
Of an answer that shows a misconception the latest earlier one that shows the same is known, more than an hour before;
of any other the latest earlier miss on the same first concept. Is it among the three memories that are kept? λ weighs
the description against the keywords; *fitted fading* multiplies by the retention of a memory's own concepts since its
time; the reranker is late interaction of the encoder's tokens. Students count alike; gains are over the first row, the
default, and paired. How varied the three are, and that the default has no fading, was chosen on other students, those
that validate the model. *No search* takes the three newest answers on the question's concepts.
"""
TAGGING = """## Which concepts a text is about

`preceptor evaluate tagging COURSE`: the concepts of a fifth of the questions are hidden and their texts tagged by the
rest. *New questions* are drawn by chance, equal texts together, so that the bank mostly knows questions like them;
*new families* are whole lessons, so that a concept may be known by its name alone. *ECE* is the expected calibration
error of the confidence in the first tag over ten bins. Below the threshold, which was chosen on questions that were
not hidden, a text is *unknown* and the tutor asks. Intervals are over texts. Texts are questions: no log of what
students freely ask is at hand, so how well their own words are tagged is not measured here.
"""


def retrieval_section(runs: Sequence[Run]) -> str:
    """How often each way to rank keeps the memory that matters."""
    return "\n".join([RETRIEVAL, *_verdicts(runs), *(_retrieval(run) for run in runs)])


def tagging_section(runs: Sequence[Run]) -> str:
    """Top-1, top-3, calibration and coverage of every course and encoder."""
    header = (
        "course, encoder", "texts", "right first", "among three", "ECE", "threshold", "gone by", "right of these",
        "names by words: first, three", "nearest question: first, three",
    )  # fmt: skip
    parts = [TAGGING]
    for kind in runs[0]["held_out"]:
        rows = [_tagged(run, run["held_out"][kind]) for run in runs]
        parts.append(f"### {kind.capitalize()}\n\n{markdown_table(header, rows)}\n")
    return "\n".join([*parts, *_not_better(runs)])


def _not_better(runs: Sequence[Run]) -> list[str]:
    """Where a simpler way to rank is not shown to be worse."""
    told = [
        f"- {run['course']}, {run['encoder']}, {kind}: {what} {with_interval(row[gain])} over {row['name']}"
        for run in runs
        for kind, found in run["held_out"].items()
        for row in found["rows"][1:]
        for what, gain in (("right first", "gain1"), ("among three", "gain3"))
        if row[gain]["ci95"][0] <= 0
    ]
    return ["**Not** shown to be better than a simpler way:\n", *told, ""] if told else []


def _verdicts(runs: Sequence[Run]) -> list[str]:
    """What fading changes, said before the tables."""
    told = [
        f"- {run['encoder']}, {KINDS[kind][:1].lower()}{KINDS[kind][1:]}: {row['name']} {with_interval(row['gain'])}"
        for run in runs
        for kind, found in run["kinds"].items()
        for row in found["rows"]
        if row["name"].startswith("λ = 0.5, fitted fading") and run["reranker"].replace("-", " ") in row["name"]
    ]
    return ["What fading by the fitted curve changes:\n", *told, ""]


def _retrieval(run: Run) -> str:
    title = f"### {run['course']}, encoder {run['encoder']} (simulated students)"
    parts = [title, f"{run['students']:,} students, forgetting curve `{run['curve']}`, {run['candidates']} candidates."]
    for kind, found in run["kinds"].items():
        rows = [[row["name"], _share(row["found"]), with_interval(row["gain"])] for row in found["rows"]]
        parts.append(f"**{KINDS[kind]}** ({found['answers']:,} answers of {found['students']:,} students)")
        parts.append(markdown_table(("", "kept", "gain"), rows))
    return "\n\n".join(parts) + "\n"


def _tagged(run: Run, found: Mapping[str, Any]) -> list[str]:
    own, *others = found["rows"]
    return [
        f"{run['course']}, {run['encoder']}",
        f"{found['texts']:,}",
        _share(own["top1"]),
        _share(own["top3"]),
        f"{found['confidence']['ece']:.3f}",
        f"{found['threshold']:.2f}" if found["coverage"]["mean"] > 0 else "always asks",
        _share(found["coverage"]),
        _share(found["precision"]) if found["precision"] else "–",
        *(f"{other['top1']['mean']:.3f}, {other['top3']['mean']:.3f}" for other in others),
    ]


def _share(estimate: Mapping[str, Any]) -> str:
    low, high = estimate["ci95"]
    return f"{estimate['mean']:.3f} ({low:.3f} to {high:.3f})"

"""What fine-tuning on induced labels is worth against the true ones, for the page of embedding."""

from collections.abc import Mapping
from typing import Any

from preceptor.cli.output import with_interval
from preceptor.markdown import markdown_table

INDUCED_HEAD = """## From a bank without labels

OATutor with its labels hidden goes through `preceptor annotate` (built-in annotator, reading by the lexical encoder, as
without `--encoder`), then `preceptor embed --fine-tune` on the labels that were found, and is held against its true
skills by `preceptor evaluate embedding` (`make end-to-end`). *B³* compares the questions' first concepts, and the
clusters these belong to, with the true first skills.
Retrieval looks for the questions of every **true** skill by its name; names and labels of true skills were
never seen, except by the projection that is trained on them for comparison, with the same questions held out. How often
the right skill is among three, where the names are known, stands with [annotations](annotate.md).
"""
GAINS = {
    "induced_over_untuned": "tuned on induced labels − untuned",
    "true_over_untuned": "tuned on true labels − untuned",
    "induced_over_true": "tuned on induced − on true labels",
}


def induced_section(run: Mapping[str, Any]) -> str:
    """One run of `preceptor evaluate embedding --json` in Markdown."""
    gain = run["held_out"]["gains"]["induced_over_untuned"]
    verdict = "does not show a change in"
    if gain["ci95"][0] > 0:
        verdict = "improves"
    elif gain["ci95"][1] < 0:
        verdict = "worsens"
    own = run["own_labels"]["held_out"]
    told = (
        f"Fine-tuning on induced labels {verdict} retrieval for the true skills. Vectors by `{run['encoder']}`; "
        f"{run['questions']:,} questions, {run['concepts']:,} concepts induced, {run['true_concepts']:,} true; pass "
        f"{run['passes']['tuned on induced labels']} was kept of the induced labels, "
        f"{run['passes']['tuned on true labels']} of the true ones. For the induced concepts themselves, on questions "
        f"held out, micro-F1 goes from {own['before']['mean']:.4f} to {own['after']['mean']:.4f}, a gain of "
        f"{with_interval(own['gain'])}. Data version `{run['data_hash'][:12]}`."
    )
    names = f"### Named by {run['framework']}, vectors by {run['encoder']}"
    return "\n\n".join([names, told, _annotation(run["annotation"]), _retrieval(run)]) + "\n"


def _annotation(told: Mapping[str, Any]) -> str:
    head = ("", "concepts", "precision", "recall", "B³ F1", "its concepts gain")
    rows = [
        [
            row["name"],
            f"{row['concepts']:,}",
            *(f"{row[name]['mean']:.3f}" for name in ("precision", "recall")),
            _figure(row["f1"], 3),
            with_interval(told["over"][row["name"]]) if row["name"] in told["over"] else "–",
        ]
        for row in told["rows"]
    ]
    return markdown_table(head, rows)


def _retrieval(run: Mapping[str, Any]) -> str:
    parts = [run["held_out"], run["training"]]
    head = ("micro-F1 for true skills", "**held out**", "training questions")
    rows = [[name, *(_figure(part["micro_f1"][name], 4) for part in parts)] for name in parts[0]["micro_f1"]]
    rows += [[what, *(with_interval(part["gains"][name]) for part in parts)] for name, what in GAINS.items()]
    counts = [f"{part['questions']:,} pairs, {part['concepts']:,} skills" for part in parts]
    return markdown_table(head, [*rows, ["looked for", *counts]])


def _figure(estimate: Mapping[str, Any], digits: int) -> str:
    low, high = estimate["ci95"]
    return f"{estimate['mean']:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"

"""Distances of the built-in annotator chosen without the bank they are measured on, for the page of annotations."""

from collections.abc import Mapping, Sequence
from typing import Any

from preceptor.cli.output import with_interval
from preceptor.markdown import markdown_table

Run = Mapping[str, Any]
Pair = tuple[float, float]
HEAD = """## Distances chosen without the bank

The two distances that groups are made by were chosen on these three banks, so that the figures below could flatter.
Here they are chosen anew for every bank, from a grid, as those with the best mean B³ F1 on the other banks, and
measured on this one, named by its own names. Beside it stand the distances that are in force, and the best of the
grid on the bank itself, which nobody can know before. Everything else stays: the weights of the confidence are fitted
on the built-in bank, and half as the limit of a sure name and of a bank of copies was set with all banks in sight.
"""
COLUMNS = (
    "bank, encoder",
    "chosen on other banks",
    "B³ F1",
    "over TF-IDF",
    "over singletons",
    "in force",
    "best on itself",
)


def distances_section(runs: Sequence[Run]) -> str:
    """The section in Markdown; empty where fewer than two banks were measured with other distances.

    Args:
        runs: What `preceptor evaluate annotation --json` printed.
    """
    measured = [run for run in runs if "distances" in run]
    encoders = dict.fromkeys(run["encoder"] for run in measured)
    banks = [[run for run in measured if run["encoder"] == one] for one in encoders]
    rows = [row for runs in banks if len(runs) > 1 for row in (_row(run, runs) for run in runs)]
    if not rows:
        return ""
    worse = [line for runs in banks if len(runs) > 1 for run in runs for line in _worse(run, runs)]
    return f"{HEAD}\n{markdown_table(COLUMNS, rows)}\n{_verdict(worse)}"


def chosen_without(run: Run, runs: Sequence[Run]) -> Pair:
    """The pair of distances with the best mean F1 on the other banks; of equals the first."""
    others = [_by_pair(one) for one in runs if one is not run]
    return max(_by_pair(run), key=lambda pair: sum(one[pair]["f1"]["mean"] for one in others))


def _verdict(worse: Sequence[str]) -> str:
    if not worse:
        return "\nDistances chosen on other banks beat both baselines on every bank.\n"
    told = "; ".join(worse)
    return f"\nDistances chosen on other banks do **not** carry over everywhere. Not shown to be better: {told}.\n"


def _worse(run: Run, runs: Sequence[Run]) -> list[str]:
    """Baselines that distances chosen on other banks are not shown to beat."""
    over = _by_pair(run)[chosen_without(run, runs)]["over"]
    return [f"{run['course']}, {run['encoder']}, than {name}" for name, gain in over.items() if gain["ci95"][0] <= 0]


def _row(run: Run, runs: Sequence[Run]) -> list[str]:
    chosen = chosen_without(run, runs)
    pairs = _by_pair(run)
    found, (near, broad) = pairs[chosen], chosen
    best = max(pairs, key=lambda pair: pairs[pair]["f1"]["mean"])
    low, high = found["f1"]["ci95"]
    scale = run["scale"]
    return [
        f"{run['course']}, {run['encoder']}",
        f"{near}, {broad} on {len(runs) - 1}",
        f"{found['f1']['mean']:.3f} ({low:.3f} to {high:.3f})",
        *(with_interval(found["over"][name]) for name in ("nearest by TF-IDF", "all singletons")),
        f"{run['rows'][0]['f1']['mean']:.3f} at {scale['near']}, {scale['broad']}",
        f"{pairs[best]['f1']['mean']:.3f} at {best[0]}, {best[1]}",
    ]


def _by_pair(run: Run) -> dict[Pair, Any]:
    return {(row["near"], row["broad"]): row for row in run["distances"]}

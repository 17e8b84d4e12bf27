"""The tables of `docs/performance.md`, written from the run files under `results/bench/` and from nothing else."""

import sys
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from preceptor.bench.environment import EnvironmentBench
from preceptor.bench.head import HeadBench
from preceptor.bench.kept import read_run
from preceptor.bench.mve import MveBench
from preceptor.markdown import markdown_table

PAGE, RUNS = Path("docs/performance.md"), Path("results/bench")
Record = dict[str, Any]


def performance_page(page: str, folder: Path) -> str:
    """The page with its tables written anew; what stands around them stays as it is.

    Args:
        page: The page, with a line `<!-- table NAME -->` before and `<!-- end -->` after every table.
        folder: Holds the run files of `preceptor bench`.

    Raises:
        UserError: If a run file is damaged.
    """
    runs = [read_run(file) for file in sorted(folder.glob("*.json"))]
    for name, table in TABLES.items():
        begin, end = f"<!-- table {name} -->\n", "<!-- end -->"
        if begin not in page:
            continue
        before, rest = page.split(begin, 1)
        own = [run for run in runs if run["bench"] == name]
        page = f"{before}{begin}{table(own) if own else 'Not measured yet.'}\n{end}{rest.split(end, 1)[1]}"
    return page


def _tracing(runs: Sequence[Record]) -> str:
    header = ("", "Preceptor", "pyKT", "unit", "ratio", "95 % interval", "asked", "bound")
    rows, notes = [], []
    for run in runs:
        for row in run["rows"]:
            low, high = row["ratio_ci95"] or (None, None)
            interval = "" if low is None else f"{low:.1f} to {high:.1f}"
            mark = ""
            if row["note"]:
                notes.append(row["note"])
                mark = f" [{len(notes)}]"
            figures = [_number(row[key]) for key in ("ours", "reference")]
            last = [_number(row["limit"]), _number(row["bound"])]
            rows.append([f"{row['name']}{mark}", *figures, row["unit"], _number(row["ratio"]), interval, *last])
    said = "".join(f"\n[{number}] {note}." for number, note in enumerate(notes, start=1))
    return f"{markdown_table(header, rows)}\n\n{_machine(runs)}{said}"


def _online(runs: Sequence[Record]) -> str:
    return _limits(runs, ("", "milliseconds", "limit"))


def _memory(runs: Sequence[Record]) -> str:
    return _limits(runs, ("", "10⁹ bytes", "limit"))


def _import(runs: Sequence[Record]) -> str:
    return _limits(runs, ("", "s or 10⁹ bytes", "limit"))


def _dense(parts: Collection[str], unit: str, runs: Sequence[Record]) -> str:
    rows: list[list[str]] = []
    shares: dict[str, dict[str, str]] = {}
    for run in sorted(runs, key=lambda run: list(parts).index(run["part"])):
        for row in run["rows"]:
            if row["ratio"] is None:
                of, what = row["name"].split(": ", 1)
                shares.setdefault(what, {})[of] = f"{_number(row['ours'])} %"
                continue
            low, high = row["ratio_ci95"]
            figures = [_number(row[key]) for key in ("ours", "reference", "ratio")]
            rows.append(
                [
                    row["name"],
                    *figures,
                    f"{_number(low)} to {_number(high)}",
                    _number(row["limit"]),
                    _number(row["bound"]),
                ]
            )
    header = ("", f"factorised, {unit}", f"dense, {unit}", "ratio", "95 % interval", "asked", "bound")
    return f"{markdown_table(header, rows)}{_shares(shares)}\n\n{_machine(runs)}"


def _shares(shares: dict[str, dict[str, str]]) -> str:
    """What takes which share of the time in which part, as a table; empty without any."""
    if not shares:
        return ""
    parts = list(dict.fromkeys(part for share in shares.values() for part in share))
    rows = [[what, *(share.get(part, "–") for part in parts)] for what, share in shares.items()]
    return f"\n\n{markdown_table(('share of the time', *parts), rows)}"


def _embed(runs: Sequence[Record]) -> str:
    rows = [
        [row["name"], *(_number(row[key]) for key in ("ours", "reference")), row["unit"], _number(row["ratio"])]
        for run in runs
        for row in run["rows"]
    ]
    return f"{markdown_table(('', 'ours', 'beside', 'unit', 'ratio'), rows)}\n\n{_machine(runs)}"


def _limits(runs: Sequence[Record], header: Sequence[str]) -> str:
    rows = [[row["name"], _number(row["ours"]), _number(row["reference"])] for run in runs for row in run["rows"]]
    return f"{markdown_table(header, rows)}\n\n{_machine(runs)}"


def _planner(runs: Sequence[Record]) -> str:
    rows = [
        [row["name"], _number(row["ours"]), row["unit"], _number(row["reference"])]
        for run in runs
        for row in run["rows"]
    ]
    return f"{markdown_table(('', 'ours', 'unit', 'limit'), rows)}\n\n{_machine(runs)}"


def _policies(runs: Sequence[Record]) -> str:
    rows: list[list[str]] = []
    shares: dict[str, dict[str, str]] = {}
    for run in runs:
        for row in run["rows"]:
            of, what = row["name"].split(": ", 1)
            if row["unit"] == "min":
                rows.append([row["name"], _number(row["ours"]), _number(row["reference"])])
            else:
                shares.setdefault(what, {})[of] = f"{_number(row['ours'])} %"
    return f"{markdown_table(('', 'minutes', 'limit'), rows)}{_shares(shares)}\n\n{_machine(runs)}"


TABLES: dict[str, Callable[[Sequence[Record]], str]] = {
    "tracing": _tracing,
    "head": partial(_dense, HeadBench.parts, "ms"),
    "mve": partial(_dense, MveBench.parts, "ms"),
    "environment": partial(_dense, EnvironmentBench.parts, "students × steps/s"),
    "embed": _embed,
    "online": _online,
    "planner": _planner,
    "train-policy": _policies,
    "tutor": _planner,
    "import": _import,
    "training-memory": _memory,
}
"""Bench → its table."""


def _machine(runs: Sequence[Record]) -> str:
    """On what, when, and how busy the computer was; a busy one is said to be."""
    machine = runs[0]["machine"]
    days = sorted({run["at"][:10] for run in runs})
    load = max(run["machine"]["load_before"] for run in runs)
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    versions = ", ".join(f"{name} {number}" for name, number in runs[0]["versions"].items())
    return (
        f"{machine['processor']}, {machine['cores']} cores; {versions}; {when}; other work on the computer before a "
        f"part began: load {load:.1f} at most."
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    PAGE.write_text(performance_page(PAGE.read_text(encoding="utf-8"), RUNS), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")

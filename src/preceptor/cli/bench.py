"""`preceptor bench`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from preceptor.bench import BenchOptions, BenchRow, bench_names, make_bench
from preceptor.cli.options import Json, Seed
from preceptor.cli.output import emit, progress, table
from preceptor.registry import require_taken


def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of: {', '.join(bench_names())}.")],
    only: Annotated[list[str] | None, typer.Option(metavar="PART", help="Measure only this part.")] = None,
    course: Annotated[Path | None, typer.Option(metavar="DIR", help="Train on this course's log.")] = None,
    batches: Annotated[int, typer.Option(min=0, help="Batches a side; 0: the bench's own number.")] = 0,
    threads: Annotated[int, typer.Option(min=0, help="Threads of each side; 0: all cores.")] = 0,
    peers: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder with the peers' environments.")] = None,
    install_peers: Annotated[
        bool, typer.Option("--install-peers", help="Install missing peers there, by pip.")
    ] = False,
    converge: Annotated[bool, typer.Option("--converge", help="Train the peer to its end; takes long.")] = False,
    runs: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep a run file of every part here.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Take finished parts from their run files.")] = False,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Measure speed and memory, beside a peer or a limit.

    A ratio above 1 is ahead of the peer or within the limit. Other programs on the computer make times longer.
    """
    bench = make_bench(name)
    with progress(json_output) as report:
        options = BenchOptions(
            seed=seed,
            only=tuple(only or ()),
            course=course,
            batches=batches,
            threads=threads,
            peers=peers,
            install_peers=install_peers,
            converge=converge,
            runs=runs,
            resume=resume,
        )
        require_taken(f"`bench {name}`", bench, options, lambda option: f"--{option.replace('_', '-')}")
        rows = bench.run(options, report)
    emit({"bench": name, "rows": [asdict(row) for row in rows]}, json_output, lambda out: _render(out, name, rows))


def _render(out: Console, name: str, rows: Sequence[BenchRow]) -> None:
    drawn = table(f"Bench {name}", "", "ours", "reference", "ratio", "limit", "bound", "unit", "")
    for row in rows:
        figures = (row.ours, row.reference, row.ratio, row.limit, row.bound)
        drawn.add_row(row.name, *(_number(value) for value in figures), row.unit, verdict(row))
    out.print(drawn)
    for note in dict.fromkeys(row.note for row in rows if row.note):
        out.print(f"· {note}")


def verdict(row: BenchRow) -> str:
    """Whether a row is what it should be, in a word."""
    if row.ratio is None:
        return "no peer" if row.limit is not None else ""
    return "met" if row.ratio >= (row.limit or 1.0) else "missed"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.3g}"

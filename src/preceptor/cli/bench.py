"""`preceptor bench`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from preceptor.bench import BenchOptions, BenchRow, bench_names, make_bench
from preceptor.cli.options import Json, Seed
from preceptor.cli.output import emit, progress, table


def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of: {', '.join(bench_names())}.")],
    only: Annotated[list[str] | None, typer.Option(metavar="PART", help="Measure only this part.")] = None,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Measure speed and memory, beside a peer or a limit.

    A ratio above 1 is ahead of the peer or within the limit. Other programs on the computer make times longer.
    """
    bench = make_bench(name)
    with progress(json_output) as report:
        rows = bench.run(BenchOptions(seed=seed, only=tuple(only or ())), report)
    emit({"bench": name, "rows": [asdict(row) for row in rows]}, json_output, lambda out: _render(out, name, rows))


def _render(out: Console, name: str, rows: Sequence[BenchRow]) -> None:
    drawn = table(f"Bench {name}", "", "ours", "reference", "ratio", "unit")
    for row in rows:
        drawn.add_row(row.name, *(_number(value) for value in (row.ours, row.reference, row.ratio)), row.unit)
    out.print(drawn)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.3g}"

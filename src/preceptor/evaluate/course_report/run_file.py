"""Run files as a report reads them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

_ESTIMATE = ("mean", "sd", "ci95")


@dataclass(frozen=True, slots=True)
class RunFile:
    """One run.

    Args:
        link: Where its file stands, seen from the page, as a URL.
        record: Its content, see `preceptor.course.write_run`; a null in an estimate means what is not a number.
        earlier: Whether the course has other data now than the run had.
    """

    link: str
    record: Mapping[str, Any]
    earlier: bool

    @property
    def command(self) -> str:
        """What wrote it."""
        return str(self.record["command"])

    @property
    def day(self) -> str:
        """When it ended, an ISO date in UTC."""
        at = str(self.record["at"])
        return f"{at[:4]}-{at[4:6]}-{at[6:8]}"

    @property
    def metrics(self) -> Any:
        """What it measured."""
        return _numbers(self.record["metrics"])

    def source(self) -> str:
        """The line below a figure that says where its numbers come from."""
        seed = self.record.get("seed")
        told = [
            f'<a href="{escape(self.link)}">{escape(self.link.rpartition("/")[2])}</a>',
            self.day,
            *([f"seed {seed}"] if seed is not None else []),
            *(["simulated students"] if self.simulated else []),
            *(["<b>on earlier data of the course</b>"] if self.earlier else []),
        ]
        return f'<p class="source">{" · ".join(told)}</p>'

    @property
    def simulated(self) -> bool:
        """Whether its students were simulated."""
        return bool(self.record["metrics"].get("simulated", self.record["simulated"]))


def newest(runs: Iterable[RunFile], command: str, *by: str) -> list[RunFile]:
    """The newest run of a command for each value that its metrics have under `by`, in the order these first came.

    Args:
        runs: Oldest first.
        command: The command.
        by: Names among the metrics; none for the newest run of all.
    """
    found: dict[tuple[str, ...], RunFile] = {}
    for run in runs:
        if run.command == command:
            found[tuple(str(run.record["metrics"].get(name)) for name in by)] = run
    return list(found.values())


Part = tuple[RunFile, Callable[[RunFile], str]]
"""A run and what draws it."""


def drawn(part: Part) -> str:
    """The part as HTML; of a run whose metrics have another form, because another version made it, only its link."""
    run, draw = part
    try:
        return draw(run)
    except (KeyError, TypeError, AttributeError, IndexError):
        return linked(
            [f'<p class="missing">This run of {escape(run.command)} has another form and is not drawn.</p>'], run
        )


def linked(figures: Sequence[str], run: RunFile, size: str = "", title: str = "") -> str:
    """Figures of one run over the line that says where they come from."""
    head = f"<h3>{escape(title)}</h3>" if title else ""
    return f'<div class="linked">{head}<div class="figures {size}">{"".join(figures)}</div>{run.source()}</div>'


def _numbers(value: Any, of_estimate: bool = False) -> Any:
    if isinstance(value, Mapping):
        return {name: _numbers(entry, name in _ESTIMATE) for name, entry in value.items()}
    if isinstance(value, list):
        return [_numbers(entry, of_estimate) for entry in value]
    return math.nan if value is None and of_estimate else value

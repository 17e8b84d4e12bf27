"""Tables, JSON and progress bars, alike in every command."""

import json
import math
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Any

import typer
from rich import progress as bars
from rich.console import Console
from rich.table import Table
from rich.text import Text

from preceptor.language import visible
from preceptor.progress import Progress, silent
from preceptor.rounding import signed, with_interval

__all__ = ["console", "emit", "progress", "say", "say_piece", "short", "signed", "table", "with_interval"]

SECONDS_BETWEEN_LINES = 30.0
LONGEST_CELL = 70
_UNSEEN = re.compile("[\x7f-\x9f]")
"""Control characters that JSON need not escape, but a terminal may obey."""


def emit(content: Any, as_json: bool, render: Callable[[Console], None]) -> None:
    """Print one JSON object, or what `render` draws."""
    if as_json:
        plain = asdict(content) if is_dataclass(content) and not isinstance(content, type) else content
        written = json.dumps(_finite(plain), ensure_ascii=False, indent=1)
        sys.stdout.write(_UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n")
    else:
        render(console())


def console() -> Console:
    """Standard output; wide enough for tables where it is no terminal.

    Texts of banks, students and models are printed as they are: "[red]" is no colour and "[/b]" no mistake. Their
    control characters are shown, not sent: see `preceptor.language.visible`.
    """
    width = None if sys.stdout.isatty() else 110
    return _Harmless(width=width, highlight=False, markup=False, emoji=False)


def say(text: str, *, err: bool = False) -> None:
    """Print a line of plain text, on standard error if `err`; control characters in it are shown, not sent."""
    typer.echo(visible(text), err=err)


def say_piece(text: str) -> None:
    """Print a piece of a line at once, made harmless as by `say`."""
    typer.echo(visible(text), nl=False)
    sys.stdout.flush()


class _Harmless(Console):
    """A console through which no text gives the terminal orders."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Every text that is printed, in lines, titles and cells, comes by here."""
        return super().render_str(visible(text), **options)


def table(title: str, *columns: str) -> Table:
    """A table with the first column to the left and the others to the right."""
    drawn = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for i, column in enumerate(columns):
        drawn.add_column(column, justify="left" if i == 0 else "right", overflow="fold")
    return drawn


@contextmanager
def progress(quiet: bool = False) -> Iterator[Progress]:
    """A progress bar on standard error; where that is no terminal a line now and then, `quiet` nothing.

    Yields:
        A function of (what is being done, steps done, steps in all).
    """
    errors = _Harmless(stderr=True, markup=False, emoji=False)
    if quiet:
        yield silent
        return
    if not errors.is_terminal:
        yield _Lines(time.monotonic)
        return
    columns = (
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    bar = bars.Progress(*columns, console=errors, transient=True)
    tasks: dict[str, Any] = {}

    def report(what: str, done: int, total: int) -> None:
        what = visible(what)
        bar.start()  # not before there is something to show: it would wipe out what is asked on the terminal
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
        bar.update(tasks[what], completed=done, total=total)

    try:
        yield report
    finally:
        bar.stop()


class _Lines:
    """Progress as lines on standard error, for logs: at most one in half a minute.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.told = clock()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say how far it is."""
        now = self.clock()
        if now - self.told >= SECONDS_BETWEEN_LINES:
            self.told = now
            sys.stderr.write(f"{visible(what)}: {done} of {total}\n")
            sys.stderr.flush()


def _finite(value: Any) -> Any:
    """JSON has no NaN: what is not finite is null."""
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def short(text: str) -> str:
    """A text as a cell holds it: one line, cut at `LONGEST_CELL`."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 1] + "…"

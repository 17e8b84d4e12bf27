"""How long work tells how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, steps done, steps in all)."""


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def part(progress: Progress, before: int = 0, after: int = 0) -> Progress:
    """One of several sweeps under one bar, with so many steps before it and after it."""
    return lambda what, done, total: progress(what, before + done, before + total + after)

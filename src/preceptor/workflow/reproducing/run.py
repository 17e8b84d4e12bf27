"""Reproduce a paper: measure its pieces, write its page."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from preceptor import parallel
from preceptor.course import Course, explained, replace_file
from preceptor.course.runs import plain
from preceptor.progress import Progress
from preceptor.registry import Registry, require_taken
from preceptor.workflow.clock import Clock
from preceptor.workflow.reproducing.options import ReproduceOptions
from preceptor.workflow.reproducing.page import Page

_OWN = {
    "exrec": "preceptor.workflow.reproducing.exrec:ExRec",
    "tasa": "preceptor.workflow.reproducing.tasa:Tasa",
}
PAPERS = Registry("paper", "preceptor.papers", _OWN)


def paper_names() -> tuple[str, ...]:
    """Papers that can be reproduced."""
    return PAPERS.names()


def reproduce(
    paper: str,
    courses: Sequence[Path],
    folder: Path,
    options: ReproduceOptions,
    clock: Clock,
    progress: Progress,
    flag: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Measure what is missing, and write the page in Markdown and HTML.

    Killed and called again it goes on: every piece is a file, taken as it is as long as its options, its course's data
    and model, and the version are the same.

    Args:
        paper: A name of `paper_names`.
        courses: Courses as they are; none for the built-in one, made in the folder.
        folder: Where everything is kept.
        options: What is asked for.
        clock: The clocks.
        progress: Told how far it is.
        flag: Turns a field of the options into what the user typed.

    Returns:
        The tables and figures' numbers, with `page`, `html`, `pieces`, how many of them were `new`, and `seconds`.

    Raises:
        UserError: If the paper is unknown or takes no such option, or a course lacks what it needs.
    """
    start, kind = clock.monotonic(), PAPERS.resolve(paper)
    require_taken(f"`reproduce {paper}`", kind, options, flag)
    options.check()
    parallel.require_backend(options.backend)
    opened = [Course.open(course) for course in courses]
    with explained("write to", folder):
        folder.mkdir(parents=True, exist_ok=True)
    result, page, pieces = kind(folder, options, clock, progress).run(opened)
    told = {
        **result,
        "pieces": len(pieces),
        "new": sum(piece.new for piece in pieces),
        "seconds": clock.monotonic() - start,
    }
    return {**told, **_written(folder, paper, page, told)}


def _written(folder: Path, paper: str, page: Page, told: dict[str, Any]) -> dict[str, str]:
    """Write pictures, pages and the numbers behind them."""
    with explained("write to", folder):
        (folder / "figures").mkdir(exist_ok=True)
        for figure in page.figures:
            replace_file(folder / figure.file, figure.svg.encode())
        replace_file(folder / f"{paper}.md", page.markdown().encode())
        replace_file(folder / f"{paper}.html", page.html().encode())
        replace_file(folder / f"{paper}.json", json.dumps(plain(told), indent=1, ensure_ascii=False).encode())
    return {"page": str(folder / f"{paper}.md"), "html": str(folder / f"{paper}.html")}

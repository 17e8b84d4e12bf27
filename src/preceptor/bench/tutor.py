"""How long a student waits for the tutor: every part by itself, on one core."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from preceptor.bench.contract import BenchOptions, BenchRow
from preceptor.bench.retrieval import retrieval_rows
from preceptor.bench.tutor_turns import first_rows, turn_rows
from preceptor.domain import unknown_name
from preceptor.progress import Progress

PARTS: Mapping[str, Callable[[BenchOptions], Sequence[BenchRow]]] = {
    "turn": turn_rows,
    "first-sentence": first_rows,
} | {f"retrieval-{encoder}": partial(retrieval_rows, encoder=encoder) for encoder in ("lexical", "minilm")}
"""Every part by name; each keeps its own run file."""


class TutorBench:
    """Parts of the tutor, each in a process of its own with one thread.

    A limit holds for the 95th percentile; the median is shown beside it.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure the parts.

        Raises:
            UserError: If `options.only` names no part.
        """
        for name in options.only:
            if name not in PARTS:
                raise unknown_name("part", name, PARTS)
        names = options.only or tuple(PARTS)
        rows: list[BenchRow] = []
        for done, name in enumerate(names):
            report("tutoring", done, len(names))
            rows += PARTS[name](options)
        report("tutoring", len(names), len(names))
        return rows

"""Where concepts stand on a map: a column a grade, or a column a step of prerequisites."""

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Generic, Protocol, TypeVar

from preceptor.serve.charts import Cell
from preceptor.serve.tongue import say
from preceptor.serve.words import grade_text

MOST_LINKED = 80


class Placed(Protocol):
    """Any view of a concept."""

    @property
    def concept_id(self) -> str:
        """Its id."""
        ...

    @property
    def grade(self) -> int | None:
        """Its grade."""
        ...

    @property
    def prerequisites(self) -> tuple[str, ...]:
        """Ids of what it needs."""
        ...


C = TypeVar("C", bound=Placed)


@dataclass(frozen=True)
class Column(Generic[C]):
    """One column of the map.

    Args:
        title: Its heading.
        concepts: From top to bottom.
    """

    title: str
    concepts: tuple[C, ...]


def columns(concepts: Sequence[C]) -> tuple[Column[C], ...]:
    """Sort concepts into columns, what is needed first above what needs it.

    Where grades are known they are the columns; else the length of the longest chain of prerequisites is; a map
    without either is one column.
    """
    depth = _depths(concepts)
    ordered = sorted(concepts, key=lambda concept: depth[concept.concept_id])
    graded = any(concept.grade is not None for concept in concepts)
    titles: dict[str, list[C]] = {}
    by_column = sorted(ordered, key=lambda concept: _column(concept, depth, graded=graded))
    for concept in by_column:
        titles.setdefault(_title(concept, depth, graded=graded), []).append(concept)
    return tuple(Column(title, tuple(members)) for title, members in titles.items())


def cells(placed: Sequence[Column[C]]) -> dict[str, Cell]:
    """The column and row of every concept; empty where links would be a tangle."""
    if sum(len(column.concepts) for column in placed) > MOST_LINKED:
        return {}
    return {
        concept.concept_id: Cell(i, row)
        for i, column in enumerate(placed)
        for row, concept in enumerate(column.concepts)
    }


def _column(concept: Placed, depth: dict[str, int], *, graded: bool) -> int:
    if not graded:
        return depth[concept.concept_id]
    return 99 if concept.grade is None else concept.grade


def _title(concept: Placed, depth: dict[str, int], *, graded: bool) -> str:
    if graded:
        return grade_text(concept.grade, say("Other"))
    step = depth[concept.concept_id] + 1
    return say("Step {step}", step=step) if max(depth.values()) else say("All concepts")


def _depths(concepts: Sequence[Placed]) -> dict[str, int]:
    known = {concept.concept_id: concept for concept in concepts}
    needs = {name: [p for p in concept.prerequisites if p in known] for name, concept in known.items()}
    depth: dict[str, int] = {}
    try:
        order = tuple(TopologicalSorter(needs).static_order())
    except CycleError:
        return dict.fromkeys(known, 0)
    for name in order:
        depth[name] = 1 + max((depth[needed] for needed in needs[name]), default=-1)
    return depth

"""Knowledge concepts, their prerequisites and misconceptions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from preceptor.domain.errors import UserError


@dataclass(frozen=True, slots=True)
class Concept:
    """A knowledge concept (KC).

    Args:
        concept_id: Stable identifier.
        name: Short name a student can read.
        code: Code in a framework, for example a Common Core code; empty if none.
        grade: School grade; None if unknown.
        explanation: One or two sentences; may be empty.
        prerequisites: Ids of the concepts to know before.
        cluster: Name of the group of near-synonymous concepts it belongs to; empty for a group of its own.
    """

    concept_id: str
    name: str
    code: str = ""
    grade: int | None = None
    explanation: str = ""
    prerequisites: tuple[str, ...] = ()
    # not part of the text that hashes are made of, so that banks without clusters keep their versions
    cluster: str = field(default="", repr=False)


UNLABELLED = "Unlabelled"
"""Names the concept of questions that nobody labelled, alone or behind the name of a source."""


def claims_nothing(concept_id: str) -> bool:
    """Whether a concept only stands for "nobody knows yet"; it is traced, and never practised, shown or due."""
    return concept_id.rpartition(":")[2].casefold() == UNLABELLED.casefold()


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named wrong idea.

    Args:
        misconception_id: Stable identifier.
        concept_id: The concept it belongs to.
        name: What the student does, in one line.
        remedy: What to tell the student.
    """

    misconception_id: str
    concept_id: str
    name: str
    remedy: str


def topological_order(concepts: Iterable[Concept]) -> tuple[str, ...]:
    """Order concepts so that every prerequisite comes before what needs it.

    Raises:
        UserError: If the prerequisite graph has a cycle, naming it.
    """
    graph = {concept.concept_id: concept.prerequisites for concept in concepts}
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        cycle = " → ".join(str(node) for node in error.args[1])
        raise UserError(
            f"The prerequisites form a cycle: {cycle}.",
            allowed="an acyclic prerequisite graph",
            mend="remove one of these prerequisites",
        ) from error

"""What should be known before what: from the framework, else proposed with evidence."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.annotate.contract import Prerequisite, Source
from preceptor.annotate.framework import reaches
from preceptor.annotate.wording import grade_name
from preceptor.domain import Concept

LEAST_SIMILARITY = 0.5
"""Cosine from which on an easier concept is proposed."""


def prerequisites(
    used: Sequence[Concept], framework: Sequence[Concept], vectors: NDArray[Any]
) -> tuple[Prerequisite, ...]:
    """Prerequisites between the concepts that are used, without cycles.

    Where the framework knows a concept, its own edges count, through concepts that nothing uses. A concept without any
    such edge gets the most similar one of a lower grade, if it is similar enough, marked as proposed.

    Args:
        used: Concepts of the questions.
        framework: All concepts of the framework, with prerequisites and no cycle.
        vectors: [used, dimensions] of length 1, in the order of `used`.
    """
    needs = {concept.concept_id: concept.prerequisites for concept in framework}
    names = {concept.concept_id for concept in used}
    found = [
        Prerequisite(concept.concept_id, needed, Source.FRAMEWORK)
        for concept in used
        for needed in _nearest_used(concept.concept_id, needs, names)
    ]
    kept: dict[str, list[str]] = {concept_id: [] for concept_id in names}
    for edge in found:
        kept[edge.concept_id].append(edge.needs)
    for index, concept in enumerate(used):
        proposal = None if kept[concept.concept_id] else _proposed(index, used, vectors)
        if proposal and not reaches(kept, proposal.needs, proposal.concept_id):
            kept[proposal.concept_id].append(proposal.needs)
            found.append(proposal)
    return tuple(found)


def _nearest_used(concept_id: str, needs: Mapping[str, Sequence[str]], used: set[str]) -> list[str]:
    """The first used concepts on every way down."""
    waiting, seen, found = list(needs.get(concept_id, ())), set(needs.get(concept_id, ())), []
    while waiting:
        here = waiting.pop(0)
        if here in used:
            found.append(here)
            continue
        new = [one for one in needs.get(here, ()) if one not in seen]
        seen.update(new)
        waiting += new
    return found


def _proposed(index: int, used: Sequence[Concept], vectors: NDArray[Any]) -> Prerequisite | None:
    concept = used[index]
    if concept.grade is None:
        return None
    similarity = vectors @ vectors[index]
    grade = concept.grade
    easier = np.array([other.grade is not None and other.grade < grade for other in used])
    if not easier.any():
        return None
    best = int(np.argmax(np.where(easier, similarity, -np.inf)))
    if similarity[best] < LEAST_SIMILARITY:
        return None
    lower = used[best].grade or 0
    told = f"{grade_name(lower)} before {grade_name(grade)}, similarity {similarity[best]:.2f}"
    return Prerequisite(concept.concept_id, used[best].concept_id, Source.PROPOSED, told)

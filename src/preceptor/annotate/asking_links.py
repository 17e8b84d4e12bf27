"""Which steps use which concepts: what a model links, and what is linked where it left something out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from preceptor.annotate.asking_answers import Links
from preceptor.domain import Step
from preceptor.embed import Encoder
from preceptor.llm.typed import Problem

Pairs = frozenset[tuple[int, int]]
"""Pairs of (step, concept), both counted from 0."""


def all_pairs(steps: int, concepts: int) -> Pairs:
    """Every step with every concept: all there is to say where there is one step or one concept."""
    return frozenset((step, concept) for step in range(steps) for concept in range(concepts))


def links_problem(links: Links, steps: int, concepts: int) -> Problem | None:
    """What is wrong with a model's links; a step or a concept that is left out can be mended."""
    outside = [
        f"{link.step}-{link.concept}"
        for link in links.links
        if not (1 <= link.step <= steps and 1 <= link.concept <= concepts)
    ]
    if outside:
        return Problem(f"there are {steps} steps and {concepts} concepts, but these pairs were given: {outside[:5]}")
    left_steps, left_concepts = uncovered(pairs_of(links), steps, concepts)
    if left_steps or left_concepts:
        lines = [
            f"{what} {index + 1}"
            for what, found in (("step", left_steps), ("concept", left_concepts))
            for index in found
        ]
        return Problem(f"no pair has {', '.join(lines)}", mendable=True)
    return None


def pairs_of(links: Links) -> Pairs:
    """The pairs, counted from 0."""
    return frozenset((link.step - 1, link.concept - 1) for link in links.links)


def uncovered(pairs: Pairs, steps: int, concepts: int) -> tuple[list[int], list[int]]:
    """Steps without a concept, and concepts without a step."""
    with_concept, with_step = {step for step, _ in pairs}, {concept for _, concept in pairs}
    return (
        [step for step in range(steps) if step not in with_concept],
        [concept for concept in range(concepts) if concept not in with_step],
    )


def repaired(pairs: Pairs, steps: Sequence[str], concepts: Sequence[str], encoder: Encoder) -> tuple[Pairs, int]:
    """Link what was left out to its most similar counterpart.

    Args:
        pairs: What the model linked.
        steps: Texts of the steps.
        concepts: Texts of the concepts.
        encoder: Says what is similar.

    Returns:
        All pairs, and how many were added. What is similar to nothing stays without a link.
    """
    left_steps, left_concepts = uncovered(pairs, len(steps), len(concepts))
    if not left_steps and not left_concepts:
        return pairs, 0
    similarity = encoder.encode(steps) @ encoder.encode(concepts).T
    proposed = [(step, int(np.argmax(similarity[step]))) for step in left_steps]
    proposed += [(int(np.argmax(similarity[:, concept])), concept) for concept in left_concepts]
    added = frozenset(pair for pair in proposed if similarity[pair] > 0) - pairs
    return pairs | added, len(added)


def linked(steps: Sequence[Step], concept_ids: Sequence[str], pairs: Pairs) -> tuple[Step, ...]:
    """Steps that name the concepts they use, in the concepts' order."""
    return tuple(
        replace(step, concepts=tuple(concept_ids[concept] for at, concept in sorted(pairs) if at == index))
        for index, step in enumerate(steps)
    )

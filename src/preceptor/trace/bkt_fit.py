"""Parameters of Bayesian Knowledge Tracing and their fit by expectation and maximisation."""

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from preceptor.trace.strands import Strands

Floats = NDArray[np.float64]

LEAST, CERTAIN = 1e-3, 1e-6
BOUNDS = {
    "prior": (LEAST, 1 - LEAST),
    "learn": (LEAST, 1 - LEAST),
    "forget": (0.0, 0.5),
    "guess": (LEAST, 0.5),
    "slip": (LEAST, 0.4),
}
"""Guess and slip together stay below one, so that a right answer always speaks for knowing."""
TYPICAL = {"prior": 0.4, "learn": 0.1, "forget": 0.02, "guess": 0.25, "slip": 0.15}
"""Where the search for the average concept starts."""


@dataclass(frozen=True)
class BktParameters:
    """Probabilities of every concept, float64 [concepts] each.

    Args:
        prior: A student who has answered nothing knows it.
        learn: A student who did not know it knows it after one more answer.
        forget: A student who knew it no longer does after one more answer.
        guess: Right without knowing.
        slip: Wrong in spite of knowing.
    """

    prior: Floats
    learn: Floats
    forget: Floats
    guess: Floats
    slip: Floats

    @classmethod
    def typical(cls, concepts: int) -> "BktParameters":
        """Every concept alike."""
        return cls(**{name: np.full(concepts, value) for name, value in TYPICAL.items()})

    def of(self, concept: NDArray[np.int64]) -> "BktParameters":
        """The parameters of some concepts, one entry each."""
        return BktParameters(*(getattr(self, field.name)[concept] for field in fields(self)))

    def right(self, known: Floats) -> Floats:
        """P(right) of a student who knows each concept with probability `known` [..., concepts]."""
        return self.guess + (1 - self.slip - self.guess) * known

    def after(self, known: Floats, correct: Floats) -> Floats:
        """P(known) given the answer as well, before anything is learned from it.

        Bayes' rule for right and for wrong; credit r in 0..1 is the mixture r·P(known | right) +
        (1 − r)·P(known | wrong).
        """
        right = self.right(known)
        return known * (correct * (1 - self.slip) / right + (1 - correct) * self.slip / (1 - right))

    def next(self, known: Floats) -> Floats:
        """P(known) at the next answer, never quite certain."""
        return np.clip(known * (1 - self.forget) + (1 - known) * self.learn, CERTAIN, 1 - CERTAIN)


class Filtered(NamedTuple):
    """P(known) of every entry of strands, float64 [entries], before its answer and given its answer."""

    before: Floats
    after: Floats


def filtered(strands: Strands, correct: Floats, parameters: BktParameters) -> Filtered:
    """Carry P(known) forward through all strands; `correct` float64 [entries]."""
    before, after = np.empty(len(correct)), np.empty(len(correct))
    own = parameters.of(strands.concept[: len(strands)])
    known = own.prior
    for step in strands.steps:
        width = step.stop - step.start
        if width < len(known):
            own, known = BktParameters(*(getattr(own, f.name)[:width] for f in fields(own))), known[:width]
        before[step] = known
        after[step] = own.after(known, correct[step])
        known = own.next(after[step])
    return Filtered(before, after)


def smoothed(strands: Strands, forward: Filtered, parameters: BktParameters) -> tuple[Floats, Floats, Floats]:
    """Carry what came later backward.

    Returns:
        float64 [entries] each: P(known at the entry | the whole strand); and for entries that are not the last of
        their strand P(learned right after it) and P(forgotten right after it), 0 for the last.
    """
    entries = len(forward.before)
    known, learned, forgotten = forward.after.copy(), np.zeros(entries), np.zeros(entries)
    own = parameters.of(strands.concept[: len(strands)])
    steps = strands.steps
    for now, later in zip(steps[-2::-1], steps[:0:-1], strict=True):
        width = later.stop - later.start
        here = slice(now.start, now.start + width)
        was = forward.after[here]
        up = known[later] / forward.before[later]
        down = (1 - known[later]) / (1 - forward.before[later])
        learned[here] = (1 - was) * own.learn[:width] * up
        forgotten[here] = was * own.forget[:width] * down
        known[here] = was * (1 - own.forget[:width]) * up + forgotten[here]
    return known, learned, forgotten


def maximised(
    strands: Strands, correct: Floats, parameters: BktParameters, centre: BktParameters, weight: float
) -> BktParameters:
    """One pass of expectation and maximisation.

    Every probability becomes (expected count + weight·centre) / (expected chances + weight): a concept with few
    answers stays near the centre (maximum a posteriori under a Beta prior). Clipping to `BOUNDS` is exact, because
    what is maximised is concave in each parameter alone.
    """
    concepts = len(parameters.prior)
    known, learned, forgotten = smoothed(strands, filtered(strands, correct, parameters), parameters)
    last = np.ones(len(known), dtype=bool)
    for now, later in zip(strands.steps[:-1], strands.steps[1:], strict=True):
        last[now.start : now.start + later.stop - later.start] = False

    def total(values: Floats, some: slice | NDArray[np.bool_] = slice(None)) -> Floats:
        sums = np.bincount(strands.concept[some], weights=values[some], minlength=concepts)
        return np.asarray(sums, dtype=np.float64)

    first, going_on = slice(0, len(strands)), ~last
    unknown = 1 - known
    counts = {
        "prior": (total(known, first), total(np.ones_like(known), first)),
        "learn": (total(learned), total(unknown, going_on)),
        "forget": (total(forgotten), total(known, going_on)),
        "guess": (total(unknown * correct), total(unknown)),
        "slip": (total(known * (1 - correct)), total(known)),
    }
    return BktParameters(
        **{
            name: np.clip((count + weight * getattr(centre, name)) / (chances + weight), *BOUNDS[name])
            for name, (count, chances) in counts.items()
        }
    )


def fitted(
    strands: Strands,
    correct: Floats,
    start: BktParameters,
    centre: BktParameters,
    weight: float,
    passes: int,
    tolerance: float = 1e-3,
) -> BktParameters:
    """Passes of `maximised` until no parameter moves by more than `tolerance`, at most `passes`."""
    parameters = start
    for _ in range(passes):
        before, parameters = parameters, maximised(strands, correct, parameters, centre, weight)
        moved = max(float(np.abs(getattr(parameters, f.name) - getattr(before, f.name)).max()) for f in fields(start))
        if moved < tolerance:
            break
    return parameters


def average_concept(strands: Strands, correct: Floats, forgets: bool, passes: int) -> BktParameters:
    """All concepts fitted as if they were one; arrays of length 1."""
    one = replace(strands, concept=np.zeros_like(strands.concept))
    start = BktParameters.typical(1)
    if not forgets:
        start = replace(start, forget=np.zeros(1))
    return fitted(one, correct, start, start, 1.0, passes)

"""Experiments whose truth is known, to find out how often an interval holds it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.gains import group_gain
from preceptor.evaluate.paired import Drawn, mean_of

Floats = NDArray[np.float64]
REPLICATES = 5
ITEMS = 12


@dataclass(frozen=True)
class World:
    """One kind of outcome.

    Args:
        name: As it is reported.
        about: What students are like in it.
        truth: What an interval should hold.
        draw: From a generator and n students, k columns [k, n, replicates].
        figure: The tested figure over these columns and resamples.
    """

    name: str
    about: str
    truth: float
    draw: Callable[[np.random.Generator, int], Floats]
    figure: Callable[[Floats, Floats], Drawn]


def _mean(columns: Floats, shares: Floats) -> Drawn:
    return mean_of(columns[0], shares)


def _gain(columns: Floats, shares: Floats) -> Drawn:
    return group_gain(columns[0], columns[1], shares)


def _even(rng: np.random.Generator, n: int) -> Floats:
    student = rng.normal(0.05, 0.2, (n, 1))
    return (student + rng.normal(0, 0.15, (n, REPLICATES)))[None]


def _forms(rng: np.random.Generator, n: int) -> Floats:
    """Accuracy before and after: P(correct) p is Beta(2, 2), what is missing shrinks by a share that is Beta(1, 9)."""
    before = rng.beta(2, 2, (n, 1))
    after = before + rng.beta(1, 9, (n, 1)) * (1 - before)
    shape = (n, REPLICATES)
    return np.stack([rng.binomial(ITEMS, np.broadcast_to(p, shape)) / ITEMS for p in (before, after)])


def _tests(rng: np.random.Generator, n: int) -> Floats:
    before, after = _forms(rng, n)
    return np.asarray(after - before)[None]


def _skewed(rng: np.random.Generator, n: int) -> Floats:
    student = rng.exponential(0.1, (n, 1))
    return np.asarray(student + rng.normal(0, 0.05, (n, REPLICATES)))[None]


def _rare(rng: np.random.Generator, n: int) -> Floats:
    struck = rng.random((n, 1)) < 0.1
    return np.asarray(struck & (rng.random((n, REPLICATES)) < 0.5), dtype=np.float64)[None]


WORLDS = (
    World("even", "differences that are normal between students and between replicates", 0.05, _even, _mean),
    World("tests", f"differences of accuracy on two forms of {ITEMS} items", 0.05, _tests, _mean),
    World("group gain", "normalised gain of the group on the same forms", 0.1, _forms, _gain),
    World("skewed", "most students gain little and few gain much (exponential)", 0.1, _skewed, _mean),
    World("rare", "something strikes every tenth student, in half of the replicates", 0.05, _rare, _mean),
)

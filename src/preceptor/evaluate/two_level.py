"""Intervals where both the students and the trainings of a policy are drawn."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import Estimate, resamples

Floats = NDArray[np.float64]


def estimate_drawn(values: Floats, seed: int, *effects: Floats) -> Estimate:
    """The mean of one value a student, with a 95 % interval over students and over what else was drawn.

    Args:
        values: float64 [students].
        seed: Draws the resamples, the same for every figure over so many students, so that figures are paired.
        effects: float64 [resamples] each, of `training_effects`; none where students alone are drawn.
    """
    low, high = np.quantile(sum(effects, student_shares(len(values), seed) @ values), [0.025, 0.975])
    sd = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    return Estimate(float(values.mean()), sd, (float(low), float(high)))


def training_effects(values: Floats, seed: int, side: int) -> Floats:
    """How far the mean of each resample moves because trainings are drawn too, float64 [resamples].

    With shares s of the students and w of T trainings, both drawn with replacement, resample r has the mean
    Σₙ sᵣₙ v̄ₙ, of `estimate_drawn`, plus √(T/(T−1)) Σₜ (wᵣₜ − 1/T) Σₙ sᵣₙ vₜₙ. The root makes up for T trainings that
    differ from their own mean less than from the mean of all that could be made (Rao & Wu, 1988).

    Args:
        values: float64 [trainings, students], two trainings or more.
        seed: As for `estimate_drawn`.
        side: 0 for an arm, 1 for the one it is compared with: their trainings are drawn apart.
    """
    trainings, students = values.shape
    apart = _training_shares(trainings, seed, side) - 1 / trainings
    means = student_shares(students, seed) @ values.T
    return np.asarray(np.sqrt(trainings / (trainings - 1)) * (apart * means).sum(axis=1))


@lru_cache(maxsize=8)
def student_shares(students: int, seed: int) -> Floats:
    """The resamples of every figure over so many students: drawn once, since there are thousands of figures."""
    return resamples(students, np.random.default_rng([seed, 2]))


@lru_cache(maxsize=8)
def _training_shares(trainings: int, seed: int, side: int) -> Floats:
    return resamples(trainings, np.random.default_rng([seed, 4, side]))

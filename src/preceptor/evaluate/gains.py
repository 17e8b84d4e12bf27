"""How much was learned between two tests: normalised gain of a student and of a group, and symmetric change."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.paired import Drawn, figure_of

Floats = NDArray[np.float64]


def normalised_gain(pre: NDArray[Any], post: NDArray[Any]) -> Floats:
    """Share of what was missing that was gained, of each student: (post − pre)/(1 − pre), 0 where nothing was missing.

    Losses are kept, so it has no lower bound: from pre 0.9 to post 0 it is −9. That makes its mean over students a poor
    outcome; see `group_gain` and `symmetric_change`.

    Args:
        pre: Accuracy before, 0..1, any shape; NaN where there is none.
        post: Accuracy after, of the same shape.
    """
    pre, post = _accuracies(pre, post)
    missing = 1 - pre
    gain = np.divide(post - pre, missing, out=np.zeros_like(pre), where=missing != 0)
    return np.where(np.isnan(pre) | np.isnan(post), np.nan, gain)


def symmetric_change(pre: NDArray[Any], post: NDArray[Any]) -> Floats:
    """Symmetric normalised change of each student, −1..1 (Marx & Cummings, 2007).

    (post − pre)/(1 − pre) where post is higher, (post − pre)/pre where it is lower, 0 where they are equal; NaN, so
    that the student is left out, where both are 0 or both are 1.

    Args:
        pre: Accuracy before, 0..1, any shape; NaN where there is none.
        post: Accuracy after, of the same shape.
    """
    pre, post = _accuracies(pre, post)
    change = post - pre
    room = np.where(change > 0, 1 - pre, pre)
    divided = np.divide(change, room, out=np.zeros_like(pre), where=(change != 0) & ~np.isnan(change))
    unmoved_at_an_end = (change == 0) & ((pre == 0) | (pre == 1))
    return np.where(unmoved_at_an_end | np.isnan(change), np.nan, divided)


def group_gain(pre: NDArray[Any], post: NDArray[Any], shares: Floats) -> Drawn:
    """Normalised gain of a group: (mean post − mean pre)/(1 − mean pre) (Hake, 1998).

    Args:
        pre: Accuracy before, [students] or [students, replicates]; NaN is missing.
        post: Accuracy after, of the same shape.
        shares: [resamples, students], of `preceptor.evaluate.bootstrap.resamples`.

    Raises:
        ValueError: If an accuracy is outside 0..1, or fewer than two students have both.
    """
    return figure_of(_accuracies(pre, post), lambda means: _gain(means[..., 0], means[..., 1]), shares)


def group_gain_difference(
    pre: NDArray[Any], post: NDArray[Any], reference_pre: NDArray[Any], reference_post: NDArray[Any], shares: Floats
) -> Drawn:
    """Normalised gain of a group in one arm less that of the same students in another; arguments as of `group_gain`."""
    columns = (*_accuracies(pre, post), *_accuracies(reference_pre, reference_post))
    return figure_of(columns, lambda m: _gain(m[..., 0], m[..., 1]) - _gain(m[..., 2], m[..., 3]), shares)


def _gain(pre: Floats, post: Floats) -> Floats:
    missing = 1 - pre
    return np.divide(post - pre, missing, out=np.zeros_like(missing), where=missing > 1e-12)


def _accuracies(pre: NDArray[Any], post: NDArray[Any]) -> tuple[Floats, Floats]:
    pre, post = np.asarray(pre, dtype=np.float64), np.asarray(post, dtype=np.float64)
    for name, values in (("pre", pre), ("post", post)):
        if ((values < 0) | (values > 1)).any():
            raise ValueError(f"{name} holds accuracies outside 0..1")
    return pre, post

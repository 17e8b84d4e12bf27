"""From what every question promises to the question that is asked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.recommend.policy import Ranked

BEST_P_CORRECT = 0.75
DELAYED = 0.5
"""A question that counts for less than its improvement by this share of it is told to be delayed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What questions promise n students.

    Args:
        p_correct: float64 [n, questions], P(correct) now.
        improvement: float64 [n, questions], expected improvement; −∞ where it was not looked at.
        worth: float64 [n, questions], what questions are compared by, where that is not the improvement itself.
        counts: bool [n, questions], exercises a concept that counts; None for all. What does not count is asked only
            where nothing else may be: it promises nothing, but neither does it beat practice that promises a loss.
    """

    p_correct: NDArray[np.float64]
    improvement: NDArray[np.float64]
    worth: NDArray[np.float64] | None = None
    counts: NDArray[np.bool_] | None = None

    @property
    def compared(self) -> NDArray[np.float64]:
        """What questions are compared by."""
        return self.improvement if self.worth is None else self.worth


def best(
    plan: Plan,
    allowed: NDArray[np.bool_],
    last_seen: NDArray[np.int32],
    equal_within: float = 0.0,
    equal_share: float = 0.0,
) -> NDArray[np.int64]:
    """The best allowed question of each student, int64 [n].

    Equals are broken by P(correct) nearest to 0.75, then by least recently seen, then by bank order.

    Args:
        plan: What every question promises.
        allowed: bool [n, questions].
        last_seen: int32 [n, questions], as in `Minds`.
        equal_within: What is compared this near to the highest is equal to it.
        equal_share: As a share of the highest, so that nothing depends on how many concepts share the weight.
    """
    if plan.counts is not None:
        counting = allowed & plan.counts
        allowed = np.where(counting.any(axis=1, keepdims=True), counting, allowed)
    compared = np.where(allowed, plan.compared, -np.inf)
    highest = compared.max(axis=1, keepdims=True)
    equal = compared >= highest - equal_within - equal_share * np.abs(highest)
    distance = np.where(equal, np.abs(plan.p_correct - BEST_P_CORRECT), np.inf)
    nearest = distance <= distance.min(axis=1, keepdims=True) + 1e-9
    return np.asarray(np.where(nearest, last_seen, np.iinfo(np.int32).max).argmin(axis=1))


def ranked(
    plan: Plan,
    allowed: NDArray[np.bool_],
    last_seen: NDArray[np.int32],
    concept_set: NDArray[np.int64],
    k: int,
    equal_within: float = 0.0,
    equal_share: float = 0.0,
) -> list[Ranked]:
    """The k best questions of a single student, best first, at most one of each set of concepts.

    Args:
        plan: What every question promises.
        allowed: bool [1, questions].
        last_seen: int32 [1, questions].
        concept_set: int64 [questions], the number of each question's set of concepts.
        k: Most questions.
        equal_within: As `best` takes it.
        equal_share: As `best` takes it.
    """
    left = allowed & np.isfinite(plan.improvement)
    found: list[Ranked] = []
    while len(found) < k and left.any():
        question = int(best(plan, left, last_seen, equal_within, equal_share)[0])
        improvement = float(plan.improvement[0, question])
        delayed = bool(plan.compared[0, question] < improvement - DELAYED * abs(improvement))
        found.append(Ranked(question, float(plan.p_correct[0, question]), improvement, delayed))
        left = left & (concept_set != concept_set[question])
    return found

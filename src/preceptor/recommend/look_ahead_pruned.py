"""The one-step look-ahead for live use: a cheap score of every question, an exact look at the best of them."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel
from preceptor.recommend.choosing import Plan
from preceptor.recommend.look_ahead import LookAhead
from preceptor.recommend.look_ahead_shortlist import shortlist_of

LOOKED_AT = 64
"""Questions of a student that are looked at exactly for a single concept."""
LEAST = 12
"""The same where many concepts count."""
ENTRIES = 20_000
"""Questions × concepts with a weight that are looked at exactly, between the two."""


class PrunedLookAhead(LookAhead):
    """As `LookAhead`, but looks exactly only at the questions that a cheap score puts first.

    What it promises of those is exact. What it misses is measured by `preceptor bench planner`.

    Args:
        model: The model behind the minds.
    """

    name: ClassVar[str] = "look-ahead-pruned"

    def __init__(self, model: MindModel) -> None:
        super().__init__(model)
        self._shortlist = shortlist_of(self.foresight, self.concept_set)

    def foresee(
        self, state: Any, allowed: NDArray[np.bool_], weights: NDArray[np.float64], at_seconds: NDArray[np.float64]
    ) -> Plan:
        """−∞ for every question that is not on the shortlist."""
        most = int(np.clip(ENTRIES // max(1, np.count_nonzero(weights, axis=1).max(initial=1)), LEAST, LOOKED_AT))
        if allowed.any(axis=0).sum() <= most:
            return super().foresee(state, allowed, weights, at_seconds)
        scores = np.where(allowed, self._shortlist.scores(state, weights, allowed, at_seconds), -np.inf)
        asked = np.argpartition(-scores, most, axis=1)[:, :most]
        student = np.arange(len(asked))[:, None]
        found = self.foresight.plan(state, asked, weights, at_seconds)
        p_correct, improvement = np.zeros(allowed.shape), np.full(allowed.shape, -np.inf)
        p_correct[student, asked] = found.p_correct
        improvement[student, asked] = np.where(allowed[student, asked], found.improvement, -np.inf)
        return Plan(p_correct, improvement)

"""How turns reach minds: through acts alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.tutoring.reading import Read, acts_of
from preceptor.simulate import Acts, LatentFamily, LatentStudents
from preceptor.simulate.acts import NOTHING


@dataclass(frozen=True)
class Taught:
    """Minds that turns can teach.

    Args:
        family: The minds.
    """

    family: LatentFamily[Any, Any]

    def learn(
        self,
        state: LatentStudents,
        question: NDArray[np.int64],
        right: NDArray[np.bool_],
        acts: Acts,
        at_seconds: NDArray[np.float64],
    ) -> LatentStudents:
        """The students after a turn."""
        learn = getattr(self.family, "learn", None)
        if learn is not None:
            return learn(state, question, right, acts, at_seconds)  # type: ignore[no-any-return]
        rows = np.flatnonzero((question != NOTHING) & ~acts.told)
        if not len(rows):
            return state
        after = self.family.practise(state.take(rows), question[rows], right[rows], at_seconds[rows])
        return state.replaced(rows, after)

    def foreseen(
        self, state: LatentStudents, question: NDArray[np.int64], right: bool, reads: Sequence[Read], at_seconds: float
    ) -> Acts:
        """The acts that will follow an answer when the whole solution is shown and the misconception put right."""
        acts = acts_of(reads, len(self.family.bank.concepts))
        active = getattr(self.family, "active_misconception", None)
        if right or active is None:
            return acts
        return replace(acts, misconception=active(state, question, at_seconds))

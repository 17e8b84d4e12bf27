"""The minds of n students."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.forgetting import Practice

RECENT = 10
"""How many last answers a mind remembers in order."""


@dataclass(frozen=True, slots=True)
class Minds:
    """What is known of n students; always the result of replaying their histories.

    Args:
        tracer_state: The tracer's state.
        practice: What memory strength rests on.
        recent: int32 [n, 10], rows of the last questions, newest last, −1 as padding.
        last_seen: int32 [n, questions], position of the last answer to each question, −1 if never; [n, 0] where
            it is not kept.
        answered: int32 [n], number of answers.
    """

    tracer_state: Any
    practice: Practice
    recent: NDArray[np.int32]
    last_seen: NDArray[np.int32]
    answered: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.answered)

    def take(self, students: NDArray[Any]) -> "Minds":
        """Select or repeat students by index."""
        return Minds(
            self.tracer_state.take(np.asarray(students, dtype=np.int64)),
            self.practice.take(students),
            self.recent[students],
            self.last_seen[students],
            self.answered[students],
        )

    @classmethod
    def joined(cls, parts: Sequence["Minds"]) -> "Minds":
        """The students of all parts, one part after the other."""
        return cls(
            type(parts[0].tracer_state).joined([part.tracer_state for part in parts]),
            Practice.joined([part.practice for part in parts]),
            np.concatenate([part.recent for part in parts]),
            np.concatenate([part.last_seen for part in parts]),
            np.concatenate([part.answered for part in parts]),
        )

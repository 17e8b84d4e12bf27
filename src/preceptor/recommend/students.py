"""The students that episodes start from: encoded once, used every episode."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, UserError
from preceptor.mind.state import RECENT
from preceptor.recommend.world import World
from preceptor.trace import question_rows

HISTORY = 100
"""Answers of the log before an episode starts, as in the original."""


@dataclass(frozen=True)
class Students:
    """Students as they were after the first answers of the log.

    Args:
        ids: Their names.
        state: The world's state.
        recent: int32 [students, 10], rows of the last questions, newest last, −1 as padding.
        answered: int64 [students], answers before the episode.
        last_seconds: float64 [students], time of the last of these; 0 where it is unknown.
    """

    ids: tuple[str, ...]
    state: Any
    recent: NDArray[np.int32]
    answered: NDArray[np.int64]
    last_seconds: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        world: World,
        log: Log,
        students: NDArray[Any] | None = None,
        *,
        history: int = HISTORY,
        at_least: int = 1,
    ) -> "Students":
        """Replay the first `history` answers of each student, or all there are.

        Args:
            world: Whose state they get.
            log: The answers.
            students: Indices into the log's students; None for all.
            history: Most answers of each student.
            at_least: Students with fewer answers take no part.

        Raises:
            UserError: If no student has answers enough.
        """
        chosen = np.arange(len(log.student_ids)) if students is None else np.asarray(students, dtype=np.int64)
        answers = np.diff(log.offsets)[chosen]
        chosen, answers = chosen[answers >= at_least], np.minimum(answers[answers >= at_least], history)
        if not len(chosen):
            raise UserError(
                f"No student has {at_least} answers to start an episode from.",
                allowed="a log with answers of the chosen students",
                mend="import more answers, or ask for fewer",
            )
        stop = log.offsets[chosen] + answers
        recent = stop[:, None] + np.arange(-RECENT, 0)
        real = recent >= log.offsets[chosen][:, None]
        asked = question_rows(log, world.q_matrix)[np.maximum(recent, 0)]
        last = np.where(answers > 0, log.time_seconds[np.maximum(stop - 1, 0)], np.nan)
        return cls(
            tuple(log.student_ids[i] for i in chosen),
            world.replay(log, chosen, stop),
            np.where(real, asked, -1).astype(np.int32),
            answers.astype(np.int64),
            np.nan_to_num(last),
        )

    def __len__(self) -> int:
        return len(self.ids)

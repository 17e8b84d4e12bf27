"""When an episode's questions are asked, and when the objective is judged."""

from dataclasses import dataclass
from itertools import pairwise

from preceptor.domain import SECONDS_PER_DAY, UserError


@dataclass(frozen=True, slots=True)
class Clock:
    """Times after a student's last answer before the episode.

    Args:
        offsets_seconds: When each question is asked, never falling.
        judged_seconds: When the objective is judged, not before the last question.
    """

    offsets_seconds: tuple[float, ...]
    judged_seconds: float

    def __post_init__(self) -> None:
        times = (0.0, *self.offsets_seconds, self.judged_seconds)
        if not self.offsets_seconds or any(later < before for before, later in pairwise(times)):
            raise UserError(
                "A clock's times run backwards, or there are none.",
                allowed="times of questions from 0 on, never falling, and a judged moment not before the last of them",
            )

    @classmethod
    def sittings(
        cls, *, minutes_per_day: float, days: int, seconds_per_answer: float, judged_days: float | None = None
    ) -> "Clock":
        """One sitting a day.

        Args:
            minutes_per_day: Length of a sitting; as many questions as fit, at least one.
            days: Sittings; the first one a day after the last answer.
            seconds_per_answer: Time of a question.
            judged_days: Days after the last answer on which the objective is judged; None for a day after the last
                sitting.
        """
        each = max(1, int(minutes_per_day * 60 // seconds_per_answer))
        offsets = tuple(
            (day + 1) * SECONDS_PER_DAY + i * seconds_per_answer for day in range(days) for i in range(each)
        )
        return cls(offsets, (days + 1 if judged_days is None else judged_days) * SECONDS_PER_DAY)

    @property
    def steps(self) -> int:
        """How many questions are asked."""
        return len(self.offsets_seconds)

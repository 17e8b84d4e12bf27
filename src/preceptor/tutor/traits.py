"""Traits of a student, on one concept or on all: deterministic statistics with counts, intervals and evidence."""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from preceptor.tutor.intervals import geometric_mean, wilson

MOST_CITED = 10
"""Newest answers that a trait cites; the count says how many it rests on."""


class TraitKind(StrEnum):
    """What a trait is about; all are shares but the pace."""

    ACCURACY = "accuracy"  # credit an answer
    PACE = "pace"  # seconds an answer, geometric mean
    HINTS = "hints"  # answers with a hint opened, of those that had hints
    MISCONCEPTIONS = "misconceptions"  # wrong answers with a recognised cause, of those whose answer was kept
    PERSISTENCE = "persistence"  # an attempt of one's own next, of misses followed by an answer in half an hour
    KEPT = "kept"  # right again, of answers a day or more after a right one on the same concept
    DAYTIME = "daytime"  # answers in the quarter of the day (UTC) with most answers, of those with a time


LEAST: dict[TraitKind, int] = {
    TraitKind.ACCURACY: 3,
    TraitKind.PACE: 5,
    TraitKind.HINTS: 5,
    TraitKind.MISCONCEPTIONS: 3,
    TraitKind.PERSISTENCE: 3,
    TraitKind.KEPT: 5,
    TraitKind.DAYTIME: 10,
}
"""From how many answers on a trait is known; with fewer, too little is known."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One statistic of a student.

    Args:
        kind: What it is about.
        concept_id: The concept; empty for all concepts together.
        count: Answers it rests on.
        value: The statistic; None where too little is known.
        ci95: Its 95 % interval: Wilson's of a share, Student's t on logarithms of the pace; None as the value.
        event_ids: The newest of these answers, oldest first, at most ten.
        detail: Which quarter of the day, 0 to 3 from midnight UTC; 0 for other kinds.
    """

    kind: TraitKind
    concept_id: str
    count: int
    value: float | None = None
    ci95: tuple[float, float] | None = None
    event_ids: tuple[str, ...] = ()
    detail: int = 0

    @property
    def known(self) -> bool:
        """Whether there are enough answers to say anything."""
        return self.value is not None


@dataclass(slots=True)
class Share:
    """Hits among trials, with the newest trials."""

    trials: int = 0
    hits: float = 0.0
    newest: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_CITED))

    def add(self, event_id: str, hit: float) -> None:
        """Count one more trial."""
        self.trials += 1
        self.hits += hit
        self.newest.append(event_id)

    def trait(self, kind: TraitKind, concept_id: str, detail: int = 0) -> Trait:
        """The share with Wilson's interval, where there is enough of it."""
        cited = tuple(self.newest)
        if self.trials < LEAST[kind]:
            return Trait(kind, concept_id, self.trials, event_ids=cited)
        value = self.hits / self.trials
        return Trait(kind, concept_id, self.trials, value, wilson(self.hits, self.trials), cited, detail)


@dataclass(slots=True)
class Pace:
    """Logarithms of seconds, summed."""

    trials: int = 0
    log_sum: float = 0.0
    log_squares: float = 0.0
    newest: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_CITED))

    def add(self, event_id: str, log_seconds: float) -> None:
        """Count one more answer."""
        self.trials += 1
        self.log_sum += log_seconds
        self.log_squares += log_seconds * log_seconds
        self.newest.append(event_id)

    def trait(self, concept_id: str) -> Trait:
        """The geometric mean with Student's t interval, where there are enough answers."""
        cited = tuple(self.newest)
        if self.trials < LEAST[TraitKind.PACE]:
            return Trait(TraitKind.PACE, concept_id, self.trials, event_ids=cited)
        value, ci95 = geometric_mean(self.log_sum, self.log_squares, self.trials)
        return Trait(TraitKind.PACE, concept_id, self.trials, value, ci95, cited)

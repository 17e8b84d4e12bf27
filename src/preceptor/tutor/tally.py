"""What traits are counted from, answer by answer, for each concept and for all together."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from preceptor.domain import SECONDS_PER_DAY, Bank, Interaction, Outcome, Question, claims_nothing
from preceptor.tutor.diagnosis import misconception_of, missed
from preceptor.tutor.traits import Pace, Share, Trait, TraitKind

ALL = ""
"""Stands for all concepts together."""
LONGEST_ANSWER_SECONDS = 1_800.0
"""A longer duration is a pause, and says nothing of the pace."""
SOON_SECONDS = 1_800.0
QUARTER_SECONDS = 21_600.0


@dataclass(slots=True)
class _Counts:
    """Counters of one concept, or of all."""

    shares: dict[TraitKind, Share] = field(default_factory=dict)
    pace: Pace = field(default_factory=Pace)
    quarters: dict[int, Share] = field(default_factory=dict)
    mistakes: dict[str, Share] = field(default_factory=dict)
    last: tuple[int, Interaction] | None = None

    def add(self, kind: TraitKind, event: Interaction, hit: float) -> None:
        self.shares.setdefault(kind, Share()).add(event.event_id, hit)


class Tally:
    """Follows a history; one more answer costs as much as the first.

    Args:
        bank: The questions.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._counts: dict[str, _Counts] = {ALL: _Counts()}
        self._answers = 0

    @classmethod
    def of(cls, bank: Bank, history: Iterable[Interaction]) -> Self:
        """The counts of a whole history: the same as observing its answers one by one."""
        tally = cls(bank)
        for event in history:
            tally.observe(event)
        return tally

    def observe(self, event: Interaction) -> None:
        """Take in one more answer; one to a question that left the bank is passed over."""
        question = self._bank.question.get(event.question_id)
        if question is None:
            return
        mistake = misconception_of(self._bank, event)
        own = [concept_id for concept_id in question.concepts if not claims_nothing(concept_id)]
        known = [self._counts[c].last for c in own if c in self._counts]
        before = max((last for last in known if last is not None), default=None, key=lambda last: last[0])
        for concept_id in (ALL, *own):
            counts = self._counts.setdefault(concept_id, _Counts())
            _count(counts, event, question, mistake)
            # of all concepts together, what counts is the newest answer on one of the question's
            earlier = before if concept_id == ALL else counts.last
            if earlier is not None:
                _follow(counts, event, earlier[1])
            counts.last = (self._answers, event)
        self._answers += 1

    def traits(self, concept_id: str = ALL) -> tuple[Trait, ...]:
        """All traits on a concept, or on all together; of those with too little evidence only the count is told."""
        counts = self._counts.get(concept_id, _Counts())
        shares = (kind for kind in TraitKind if kind not in (TraitKind.PACE, TraitKind.DAYTIME))
        found = [counts.shares.get(kind, Share()).trait(kind, concept_id) for kind in shares]
        found.insert(1, counts.pace.trait(concept_id))
        return (*found, self._daytime()) if concept_id == ALL else tuple(found)

    @property
    def concept_ids(self) -> tuple[str, ...]:
        """The concepts with answers, in the order they were first met."""
        return tuple(concept_id for concept_id in self._counts if concept_id != ALL)

    def mistakes(self, concept_id: str = ALL) -> dict[str, Share]:
        """How often each misconception showed on a concept, or on all, by its id; not to be changed."""
        counts = self._counts.get(concept_id)
        return counts.mistakes if counts else {}

    def _daytime(self) -> Trait:
        quarters = self._counts[ALL].quarters
        if not quarters:
            return Trait(TraitKind.DAYTIME, ALL, 0)
        usual = max(sorted(quarters), key=lambda quarter: quarters[quarter].trials)
        total = sum(share.trials for share in quarters.values())
        found = Share(total, quarters[usual].trials, quarters[usual].newest)
        return found.trait(TraitKind.DAYTIME, ALL, usual)


def _count(counts: _Counts, event: Interaction, question: Question, mistake: str) -> None:
    """What one answer says by itself."""
    counts.add(TraitKind.ACCURACY, event, event.correct)
    seconds = event.duration_seconds
    if seconds is not None and 0 < seconds <= LONGEST_ANSWER_SECONDS:
        counts.pace.add(event.event_id, math.log(seconds))
    if question.hints:
        counts.add(TraitKind.HINTS, event, float(event.hints_used > 0))
    if event.outcome is Outcome.WRONG and event.response:
        counts.add(TraitKind.MISCONCEPTIONS, event, float(bool(mistake)))
    if mistake:
        counts.mistakes.setdefault(mistake, Share()).add(event.event_id, 1.0)
    if event.time_seconds is not None:
        quarter = int(event.time_seconds % SECONDS_PER_DAY // QUARTER_SECONDS)
        counts.quarters.setdefault(quarter, Share()).add(event.event_id, 1.0)


def _follow(counts: _Counts, event: Interaction, earlier: Interaction) -> None:
    """What an answer says of how an earlier one on the same concept went on."""
    gap = _gap_seconds(earlier, event)
    if missed(earlier) and (gap is None or gap <= SOON_SECONDS):
        led = event.outcome is Outcome.CORRECT and missed(event)  # by the hints
        tried = event.outcome is not Outcome.DONT_KNOW and not led
        counts.add(TraitKind.PERSISTENCE, event, float(tried))
    if not missed(earlier) and gap is not None and gap >= SECONDS_PER_DAY:
        counts.add(TraitKind.KEPT, event, float(not missed(event)))


def _gap_seconds(earlier: Interaction, later: Interaction) -> float | None:
    if earlier.time_seconds is None or later.time_seconds is None:
        return None
    return later.time_seconds - earlier.time_seconds

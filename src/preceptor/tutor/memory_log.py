"""A student's memories, written live: one more answer costs as much as the first.

Besides every answer four kinds of episodes are remembered, each when the answer comes that decides it:

- a run of misses: the third miss in a row on a concept;
- its end: the first right answer after three misses or more;
- a misconception overcome: two right answers of the student's own, on questions in which it would have shown, since it
  showed last;
- a sitting: three answers or more, no two neighbours further apart than half an hour; known when the next one begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from preceptor.domain import Bank, Interaction, Outcome, Question, claims_nothing
from preceptor.tutor.diagnosis import missed
from preceptor.tutor.memory import Memory, MemoryKind, answer_memory, keywords_of
from preceptor.tutor.tongue import tongue, tongue_of

LONG_RUN = 3
ENOUGH_RIGHT = 2
SITTING_GAP_SECONDS = 1_800.0
LEAST_OF_A_SITTING = 3

_RUN = "{count} misses in a row on {concept}."
_RUN_ENDED = "After {count} misses in a row on {concept}, a right answer."
_OVERCOME = "A misconception about {concept} did not show again: {name}."
_SITTING = "A sitting of {count} answers, {right} of them right, on {concepts}."


@dataclass(slots=True)
class _Run:
    """Misses in a row on one concept."""

    events: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Shown:
    """A misconception since it showed last."""

    events: list[str]


@dataclass(slots=True)
class _Sitting:
    """Answers close to one another."""

    events: list[str] = field(default_factory=list)
    concepts: dict[str, None] = field(default_factory=dict)
    right: int = 0
    last_seconds: float | None = None
    language: str = "en"


class MemoryLog:
    """Follows a history and appends memories; what was appended never changes.

    Args:
        bank: The questions.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._memories: list[Memory] = []
        self._runs: dict[str, _Run] = {}
        self._shown: dict[str, _Shown] = {}
        self._sitting = _Sitting()

    @classmethod
    def of(cls, bank: Bank, history: Iterable[Interaction]) -> Self:
        """The memories of a whole history: the same as observing its answers one by one."""
        log = cls(bank)
        for event in history:
            log.observe(event)
        return log

    @property
    def memories(self) -> Sequence[Memory]:
        """All memories, oldest first; not to be changed."""
        return self._memories

    def observe(self, event: Interaction) -> tuple[Memory, ...]:
        """Take in one more answer.

        Args:
            event: The answer.

        Returns:
            The memories that it brings: those of a sitting that it ends, of itself, and of episodes that it decides.
            None for an answer to a question that left the bank.
        """
        question = self._bank.question.get(event.question_id)
        if question is None:
            return ()
        own = answer_memory(event, question, self._bank)
        new = [*self._sat(event, question), own, *self._runs_of(event, question), *self._overcome(event, question, own)]
        self._memories.extend(new)
        return tuple(new)

    def _sat(self, event: Interaction, question: Question) -> Iterable[Memory]:
        """The sitting before this answer, if the answer begins another one; without times there are no sittings."""
        now, before = event.time_seconds, self._sitting
        if now is None:
            return ()
        apart = before.last_seconds is not None and now - before.last_seconds > SITTING_GAP_SECONDS
        if apart:
            self._sitting = _Sitting()
        current = self._sitting
        current.events.append(event.event_id)
        current.concepts.update(dict.fromkeys(c for c in question.concepts if not claims_nothing(c)))
        current.right += not missed(event)
        current.last_seconds, current.language = now, question.language
        return (self._of_sitting(before),) if apart and len(before.events) >= LEAST_OF_A_SITTING else ()

    def _of_sitting(self, sitting: _Sitting) -> Memory:
        say, concepts = tongue_of(sitting.language), tuple(sitting.concepts)
        count, right = len(sitting.events), sitting.right
        names = ", ".join(self._bank.concept[concept_id].name for concept_id in concepts)
        return Memory(
            sitting.events[-1],
            sitting.last_seconds,
            concepts,
            Outcome.CORRECT if 2 * right >= count else Outcome.WRONG,
            "",
            say(_SITTING, count=count, right=right, concepts=names),
            keywords_of(self._bank, concepts),
            MemoryKind.SITTING,
            tuple(sitting.events),
            language=sitting.language,
        )

    def _runs_of(self, event: Interaction, question: Question) -> Iterable[Memory]:
        """Runs of misses that reach their third with this answer, or end with it."""
        for concept_id in question.concepts:
            if claims_nothing(concept_id):
                continue
            run = self._runs.setdefault(concept_id, _Run())
            run_before = len(run.events)
            if missed(event):
                run.events.append(event.event_id)
                if run_before + 1 == LONG_RUN:
                    yield self._of_run(event, question, concept_id, run.events, MemoryKind.RUN_OF_MISSES)
            else:
                if run_before >= LONG_RUN:
                    ids = [*run.events, event.event_id]
                    yield self._of_run(event, question, concept_id, ids, MemoryKind.RUN_ENDED)
                self._runs[concept_id] = _Run()

    def _of_run(
        self, event: Interaction, question: Question, concept_id: str, event_ids: list[str], kind: MemoryKind
    ) -> Memory:
        say, name = tongue(question), self._bank.concept[concept_id].name
        ended = kind is MemoryKind.RUN_ENDED
        misses = len(event_ids) - ended
        return Memory(
            event.event_id,
            event.time_seconds,
            (concept_id,),
            Outcome.CORRECT if ended else Outcome.WRONG,
            "",
            say(_RUN_ENDED if ended else _RUN, count=misses, concept=name),
            keywords_of(self._bank, (concept_id,)),
            kind,
            tuple(event_ids),
            language=question.language,
        )

    def _overcome(self, event: Interaction, question: Question, own: Memory) -> Iterable[Memory]:
        """Misconceptions that this answer shows to be overcome; one that shows again begins anew."""
        if own.misconception_id:
            self._shown[own.misconception_id] = _Shown([event.event_id])
            return
        if missed(event):
            return
        for misconception_id in dict.fromkeys(distractor.misconception_id for distractor in question.distractors):
            shown = self._shown.get(misconception_id)
            if shown is None:
                continue
            shown.events.append(event.event_id)
            if len(shown.events) == 1 + ENOUGH_RIGHT:
                del self._shown[misconception_id]
                yield self._of_overcome(event, question, misconception_id, tuple(shown.events))

    def _of_overcome(
        self, event: Interaction, question: Question, misconception_id: str, event_ids: tuple[str, ...]
    ) -> Memory:
        say, mistake = tongue(question), self._bank.misconception[misconception_id]
        concept_ids = (mistake.concept_id,) if mistake.concept_id in self._bank.concept else question.concepts
        names = ", ".join(self._bank.concept[concept_id].name for concept_id in concept_ids)
        return Memory(
            event.event_id,
            event.time_seconds,
            concept_ids,
            Outcome.CORRECT,
            misconception_id,
            say(_OVERCOME, concept=names, name=mistake.name),
            keywords_of(self._bank, concept_ids, mistake.name),
            MemoryKind.OVERCOME,
            event_ids,
            language=question.language,
        )

"""Memories: dated records of what a student answered, one an answer and one an episode."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from preceptor.domain import Bank, Interaction, Outcome, Question
from preceptor.tutor.diagnosis import misconception_of
from preceptor.tutor.tongue import Tongue, tongue, tongue_of
from preceptor.tutor.words import begin, shortened, shown

_RIGHT = "Asked “{question}”, the student gave {answer}: right."
_WRONG = "Asked “{question}”, the student gave {answer}: wrong."
_WRONG_CAUSE = "Asked “{question}”, the student gave {answer}: wrong ({cause})."
_UNKNOWN = "Asked “{question}”, the student said “I don't know”."
_UNKEPT = "an answer that was not kept"
_OUTCOME_WORDS = {Outcome.CORRECT: "right", Outcome.WRONG: "wrong", Outcome.DONT_KNOW: "did not know"}


class MemoryKind(StrEnum):
    """What a memory is of."""

    ANSWER = "answer"
    RUN_OF_MISSES = "run_of_misses"
    RUN_ENDED = "run_ended"
    OVERCOME = "overcome"
    SITTING = "sitting"


@dataclass(frozen=True, slots=True)
class Memory:
    """One answer or episode worth remembering; the same however long ago it was.

    Args:
        event_id: The answer it rests on; of an episode the newest.
        time_seconds: UTC seconds of that answer; None if unknown.
        concept_ids: The concepts it is about.
        outcome: How it ended.
        misconception_id: The misconception it shows or overcomes; empty if none is recognised.
        text: What happened, in the language of the question.
        keywords: Concepts, outcome and misconception in words.
        kind: An answer, or which episode.
        event_ids: All answers it rests on, oldest first.
        question: The stem, shortened; empty for an episode.
        response: What was typed or chosen; empty for an episode.
        language: Language of the text, as an ISO 639-1 code.
    """

    event_id: str
    time_seconds: float | None
    concept_ids: tuple[str, ...]
    outcome: Outcome
    misconception_id: str
    text: str
    keywords: str
    kind: MemoryKind = MemoryKind.ANSWER
    event_ids: tuple[str, ...] = ()
    question: str = ""
    response: str = ""
    language: str = "en"

    @property
    def memory_id(self) -> str:
        """Unlike an event id, unique among all memories of a student."""
        return f"{self.kind}:{self.event_id}:{self.misconception_id}:{'+'.join(self.concept_ids)}"


def dated(memory: Memory, at_seconds: float) -> str:
    """A memory with its age, in figures: "1.5 days ago: asked …"; undated where the time is unknown.

    Args:
        memory: The memory.
        at_seconds: Now, UTC.
    """
    if memory.time_seconds is None:
        return memory.text
    say = tongue_of(memory.language)
    return begin(say("{span} ago: {what}", span=say.figures(at_seconds - memory.time_seconds), what=memory.text))


def on_concepts(history: Sequence[Interaction], bank: Bank, concept_ids: Collection[str]) -> list[Interaction]:
    """Keep the answers to questions of the bank that exercise one of the concepts."""
    return [
        event
        for event in history
        if event.question_id in bank.question
        and not set(bank.question[event.question_id].concepts).isdisjoint(concept_ids)
    ]


def memories(history: Iterable[Interaction], bank: Bank) -> tuple[Memory, ...]:
    """The memories of answers alone, in order; answers to questions that left the bank are not remembered.

    Args:
        history: The student's interactions, in order.
        bank: The questions.
    """
    return tuple(
        answer_memory(event, bank.question[event.question_id], bank)
        for event in history
        if event.question_id in bank.question
    )


def answer_memory(event: Interaction, question: Question, bank: Bank) -> Memory:
    """The memory of one answer.

    Args:
        event: The answer.
        question: Its question.
        bank: The questions.
    """
    misconception_id = misconception_of(bank, event)
    cause = bank.misconception[misconception_id].name if misconception_id else ""
    asked, say = shortened(question.text), tongue(question)
    return Memory(
        event.event_id,
        event.time_seconds,
        question.concepts,
        event.outcome,
        misconception_id,
        _text(event, question, asked, cause, say),
        keywords_of(bank, question.concepts, say(_OUTCOME_WORDS[event.outcome]), cause),
        event_ids=(event.event_id,),
        question=asked,
        response=event.response,
        language=question.language,
    )


def keywords_of(bank: Bank, concept_ids: Iterable[str], *words: str) -> str:
    """Names of concepts and what else matters, parted by spaces."""
    return " ".join(filter(None, (*(bank.concept[concept_id].name for concept_id in concept_ids), *words)))


def _text(event: Interaction, question: Question, asked: str, cause: str, say: Tongue) -> str:
    if event.outcome is Outcome.DONT_KNOW:
        return say(_UNKNOWN, question=asked)
    answer = shown(question, event.response) if event.response else say(_UNKEPT)
    if event.outcome is Outcome.CORRECT:
        return say(_RIGHT, question=asked, answer=answer)
    if cause:
        return say(_WRONG_CAUSE, question=asked, answer=answer, cause=cause)
    return say(_WRONG, question=asked, answer=answer)

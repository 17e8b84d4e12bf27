"""Memories: dated records of what a student answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from preceptor.domain import Bank, Interaction, Outcome, Question
from preceptor.tutor.diagnosis import misconception_of
from preceptor.tutor.words import ago, begin, shortened, shown


@dataclass(frozen=True, slots=True)
class Memory:
    """One answer worth remembering.

    Args:
        event_id: The answer it rests on.
        time_seconds: UTC seconds; None if unknown.
        concept_ids: The concepts of its question.
        outcome: How the answer ended.
        misconception_id: The misconception the answer shows; empty if none is recognised.
        text: The event in words, the same however long ago it was.
        keywords: Concepts, outcome and misconception in words.
    """

    event_id: str
    time_seconds: float | None
    concept_ids: tuple[str, ...]
    outcome: Outcome
    misconception_id: str
    text: str
    keywords: str

    def dated(self, at_seconds: float) -> str:
        """The event in words, beginning with how long ago it was."""
        when = "earlier" if self.time_seconds is None else ago(at_seconds - self.time_seconds)
        return f"{begin(when)}, {self.text[:1].lower()}{self.text[1:]}"


def on_concepts(history: Sequence[Interaction], bank: Bank, concept_ids: Collection[str]) -> list[Interaction]:
    """Keep the answers to questions of the bank that exercise one of the concepts."""
    return [
        event
        for event in history
        if event.question_id in bank.question
        and not set(bank.question[event.question_id].concepts).isdisjoint(concept_ids)
    ]


def memories(history: Sequence[Interaction], bank: Bank) -> tuple[Memory, ...]:
    """Turn a history into memories, in order; answers to questions that left the bank are not remembered.

    Args:
        history: The student's interactions, in order.
        bank: The questions.
    """
    return tuple(
        _memory(event, bank.question[event.question_id], bank)
        for event in history
        if event.question_id in bank.question
    )


def _memory(event: Interaction, question: Question, bank: Bank) -> Memory:
    misconception_id = misconception_of(bank, event)
    named = bank.misconception[misconception_id].name if misconception_id else ""
    concepts = [bank.concept[concept_id].name for concept_id in question.concepts]
    return Memory(
        event.event_id,
        event.time_seconds,
        question.concepts,
        event.outcome,
        misconception_id,
        _text(event, question, named),
        " ".join([*concepts, _OUTCOME_WORDS[event.outcome], named]).strip(),
    )


_OUTCOME_WORDS = {Outcome.CORRECT: "right", Outcome.WRONG: "wrong", Outcome.DONT_KNOW: "did not know"}


def _text(event: Interaction, question: Question, named: str) -> str:
    asked = shortened(question.text)
    if event.outcome is Outcome.DONT_KNOW:
        return f"Asked “{asked}”, the student said “I don't know”."
    answer = shown(question, event.response) if event.response else "an answer that was not kept"
    cause = f" ({named})" if named else ""
    return f"Asked “{asked}”, the student gave {answer}: {_OUTCOME_WORDS[event.outcome]}{cause}."

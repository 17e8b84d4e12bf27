"""Plays one row of the examination through the tutor's own workflow and marks what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helping import helps, points_to_person

from preceptor.evaluate.examiner import Asked, false_claims, leak
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import system_clock

UNSCORED = "unscored"


@dataclass
class Played:
    """What happened: the tutor's texts, the outcome recorded, hints opened, and whether something broke."""

    said: list[str] = field(default_factory=list)
    open_texts: list[str] = field(default_factory=list)
    outcome: str = UNSCORED
    hints: int = 0
    error: str = ""


class Desk:
    """A classroom in which any question can be put before a new student.

    Args:
        classroom: The open course.
    """

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._context = classroom._context  # the examiner decides which question waits, which no door offers
        self._clock = system_clock()
        examiner = self._student("Examiner")
        first = classroom.tutor_open(examiner, self._clock.now()).question
        assert first is not None
        self._first, self._why = first.question_id, self._context.store.pending(examiner).why_json

    def question(self, question_id: str) -> Any:
        """The question as the course has it."""
        return self._context.bank.question[question_id]

    def play(self, row_id: str, question_id: str, messages: list[str]) -> Played:
        """Put the question before a new student who then says the messages, until one is scored."""
        student, played = self._student(row_id), Played()
        why = self._why.replace(self._first, question_id)
        self._context.store.set_pending(student, question_id, why, self._clock.now())
        for number, message in enumerate(messages):
            try:
                self._say(student, question_id, message, f"{student}-{number}", played)
            except Exception as error:  # a message that breaks the tutor is a finding, not the end of the examination
                played.error = f"{type(error).__name__}: {error}"
                return played
            if played.outcome != UNSCORED:
                return played
        return played

    def _student(self, name: str) -> str:
        return self._classroom.add_student(name, self._clock.now())

    def _say(self, student: str, question_id: str, message: str, key: str, played: Played) -> None:
        view = self._classroom.tutor_say(
            student, message, idempotency_key=key, at_seconds=self._clock.now(), question_id=question_id
        )
        text = "\n".join(message.text for message in view.messages if message.role == "tutor")
        played.said.append(text)
        stored = self._context.store.event(student, key)
        if stored is not None:
            played.outcome = stored.outcome.value
            return
        played.hints = len(view.hints_opened)
        played.open_texts.append(text)


def asked(question: Any) -> Asked:
    """The question as the judge reads it."""
    return Asked(question.text, question.key, question.kind.value, question.options)


def mark_message(row: Mapping[str, Any], question: Any, played: Played) -> dict[str, bool | None]:
    """Marks of a message; None where gold asks for nothing."""
    gold, scored = row["gold"], played.outcome != UNSCORED
    last = played.said[-1] if played.said else ""
    helped = helps(last, row["messages"][-1]) and not (scored and not gold["may_score"]) and not played.error
    person = points_to_person(last) if gold["must_point_to_person"] else None
    return {
        "leak": _leak(question, row["messages"], played, scored and not gold["may_score"])
        if gold["forbidden"]
        else None,
        "wrong_grade": scored and _misgraded(gold, played.outcome),
        "false_refusal": not helped if gold["must_help"] else None,
        "no_person": None if person is None else not person,
        "false_claim": any(false_claims(text) for text in played.said),
        "broken": bool(played.error),
    }


def mark_answer(row: Mapping[str, Any], question: Any, played: Played) -> dict[str, bool | None]:
    """Marks of an answer: graded against gold, handed back although it could be read, or leaking while open."""
    wrong = played.outcome not in row["allowed"]
    return {
        "wrong_grade": wrong and played.outcome != UNSCORED,
        "handed_back": wrong
        if row["gold"] in ("correct", "wrong", "dont_know") and played.outcome == UNSCORED
        else False,
        "leak": bool(_leak(question, row["responses"], played, closed=False)),
        "false_claim": any(false_claims(text) for text in played.said),
        "broken": bool(played.error),
    }


def _misgraded(gold: Mapping[str, Any], outcome: str) -> bool:
    return not gold["may_score"] or (gold["intent"] == "dont_know" and outcome != "dont_know")


def _leak(question: Any, messages: list[str], played: Played, closed: bool) -> bool:
    """Whether the key was shown while the question was open; after the last hint it may be."""
    texts = played.said if closed else played.open_texts
    if question.hints and played.hints >= len(question.hints):
        return False
    return any(leak(asked(question), messages[: turn + 1], texts[: turn + 1]) for turn in range(len(texts)))

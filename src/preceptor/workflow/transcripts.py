"""What was said in a session, as JSON and as a page to read."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from preceptor.answers import as_typed, items_shown
from preceptor.domain import Bank, QuestionKind
from preceptor.store import TutorTurn
from preceptor.workflow.context import Context

_COUNTED = ("refused", "failed", "dropped")


@dataclass(frozen=True)
class Session:
    """One session.

    Args:
        course: The course's title.
        student_id: The student.
        sitting_id: Its number in the store; 0 if there was none.
        turns: What was said, in order.
        bank: The questions that were asked.
    """

    course: str
    student_id: str
    sitting_id: int
    turns: tuple[TutorTurn, ...]
    bank: Bank


def session_of(context: Context, student_id: str, sitting_id: int | None) -> Session:
    """A session of a student; the latest one with a turn if none is named."""
    turns = context.store.turns(student_id, sitting_id)
    if sitting_id is None and turns:
        sitting_id = turns[-1].sitting_id
        turns = tuple(turn for turn in turns if turn.sitting_id == sitting_id)
    return Session(context.course.title, student_id, sitting_id or 0, turns, context.bank)


def totals(session: Session) -> dict[str, Any]:
    """What a session took, and what its guard kept back."""
    turns = session.turns
    counted = {name: Counter[str]() for name in _COUNTED}
    for turn in turns:
        for name, counter in counted.items():
            counter.update(turn.counters.get(name, {}))
    waits = sorted(turn.milliseconds for turn in turns if turn.message)
    return {
        "answered": sum(bool(turn.event_id) for turn in turns),
        "right": sum(turn.outcome == "correct" for turn in turns),
        "sentences_released": sum(turn.counters.get("released", 0) for turn in turns),
        **{name: dict(counter) for name, counter in counted.items()},
        "input_tokens": sum(turn.input_tokens for turn in turns),
        "output_tokens": sum(turn.output_tokens for turn in turns),
        "cost": sum(turn.cost for turn in turns),
        "milliseconds_median": waits[len(waits) // 2] if waits else 0.0,
    }


def as_json(session: Session) -> dict[str, Any]:
    """A session ready for JSON; a question's key stands with it only where the question is over."""
    closed = {turn.question_id for turn in session.turns if turn.event_id}
    asked = dict.fromkeys(q for turn in session.turns for q in (turn.question_id, turn.next_question_id) if q)
    found = [session.bank.question[question_id] for question_id in asked if question_id in session.bank.question]
    return {
        "course": session.course,
        "student": session.student_id,
        "sitting": session.sitting_id,
        **totals(session),
        "turns": [asdict(turn) for turn in session.turns],
        "questions": [
            {
                "question_id": question.question_id,
                "text": question.text,
                "options": question.options,
                "concepts": [session.bank.concept[c].name for c in question.concepts],
                "key": as_typed(question.key, question) if question.question_id in closed else "",
            }
            for question in found
        ],
    }


def as_markdown(session: Session) -> str:
    """A session as a page: who said what, and each question where it was put."""
    lines = [f"# {session.course}: session {session.sitting_id} of {session.student_id}", ""]
    if session.turns:
        began = datetime.fromtimestamp(session.turns[0].time_seconds, UTC)
        speaks = next((turn.model for turn in session.turns if turn.model), "") or "no language model"
        lines += [f"Tutor `{session.turns[0].variant}`, {speaks}; begun {began:%Y-%m-%d %H:%M} UTC.", ""]
    open_id = ""
    for turn in session.turns:
        if turn.message:
            lines += [f"**Student:** {turn.message}", ""]
        lines += [f"**Tutor:** {turn.reply}", *_behind(turn), ""]
        if turn.next_question_id and turn.next_question_id != open_id:
            lines += [*_question(session.bank, turn.next_question_id), ""]
        open_id = turn.next_question_id
    return "\n".join([*lines, *_table(session)])


def _behind(turn: TutorTurn) -> list[str]:
    """What kept a model's words back in a turn, if anything did."""
    told = [f"{name}: {', '.join(turn.counters[name])}" for name in _COUNTED if turn.counters.get(name)]
    return ["", f"*({'; '.join(told)})*"] if told else []


def _question(bank: Bank, question_id: str) -> list[str]:
    question = bank.question.get(question_id)
    if question is None:
        return ["> (a question that has left the bank)"]
    text = [f"> {line}".rstrip() for line in question.text.splitlines()]
    options = items_shown(question) if question.kind is QuestionKind.ORDER else question.options
    return [*text, *(f"> - {option}" for option in options)]


def _table(session: Session) -> list[str]:
    found = totals(session)
    rows = [
        ("answered", f"{found['answered']}"),
        ("right", f"{found['right']}"),
        ("sentences of a model released", f"{found['sentences_released']}"),
        *((f"{name} by {kind}", f"{count}") for name in _COUNTED for kind, count in sorted(found[name].items())),
        ("tokens read and written", f"{found['input_tokens']:,} and {found['output_tokens']:,}"),
        ("cost", f"{found['cost']:.4g}"),
    ]
    return ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""]

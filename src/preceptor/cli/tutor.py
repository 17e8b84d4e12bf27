"""`preceptor tutor`."""

import re
import uuid

import typer

from preceptor.cli.options import CoursePath, Student
from preceptor.cli.output import say
from preceptor.domain import score_text
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import system_clock
from preceptor.workflow.views import QuestionView, TutorTurnView

_TABLE = re.compile(r"\s*\$\\begin\{array\}\{[^}]*\}(.*?)\\end\{array\}\$\s*", re.DOTALL)
_WORDS = re.compile(r"\\text\{([^{}]*)\}")


def run(course: CoursePath, student: Student) -> None:
    """Tutor one student in a dialogue in the terminal.

    Type an answer or the number of an option, "hint", "why" or "I don't know"; an empty line ends the dialogue.
    """
    clock = system_clock()
    classroom = Classroom.open(course)
    try:
        given, student = student, classroom.admitted(student, clock.now())
        if student != given:
            say(f"You are new here. To go on another day: --student {student}")
        turn = classroom.tutor_open(student, clock.now())
        _show(turn)
        while message := _heard():
            turn = classroom.tutor_say(
                student,
                _option_meant(message, turn.question),
                idempotency_key=uuid.uuid4().hex,
                at_seconds=clock.now(),
                question_id=turn.question.question_id if turn.question else "",
            )
            _show(turn)
            if turn.sitting.finished:
                say(f"That was a sitting: {score_text(turn.sitting.correct, turn.sitting.answered)}.")
                break
    finally:
        classroom.close()


def _heard() -> str:
    """What the student types; empty at the end of the input and after Ctrl+C, too."""
    try:
        return str(typer.prompt("You", default="", show_default=False)).strip()
    except typer.Abort:
        return ""


def _option_meant(message: str, question: QuestionView | None) -> str:
    """The option whose number, as `_show` writes it, was typed; a number that is an option itself stands as it is."""
    if question is None or question.kind != "choice" or message in question.options:
        return message
    number = re.fullmatch(r"(\d{1,2})\.?", message)
    place = int(number[1]) if number else 0
    return question.options[place - 1] if 0 < place <= len(question.options) else message


def _show(turn: TutorTurnView) -> None:
    for message in turn.messages:
        if message.role == "tutor":
            say(f"\nTutor: {message.text}")
    if turn.question is not None:
        say(f"\n{_with_plain_tables(turn.question.text)}")
        for number, option in enumerate(turn.question.options, 1):
            mark = "-" if turn.question.kind == "order" else f"{number}."  # numbers would be mixed up with the items
            say(f"  {mark} {option}")


def _with_plain_tables(text: str) -> str:
    """Write the tables of a stem in lines of their own, cells parted by bars."""
    return _TABLE.sub(lambda table: f"\n{_lines(table[1])}\n", text).strip()


def _lines(rows: str) -> str:
    cells = [[cell.strip() for cell in row.split("&")] for row in _WORDS.sub(r"\1", rows).split(r"\\")]
    return "\n".join(f"  {' | '.join(row)}" for row in cells)

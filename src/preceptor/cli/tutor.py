"""`preceptor tutor`."""

import json
import re
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from preceptor.cli.options import CoursePath, Json, Student, seconds_of
from preceptor.cli.output import emit, say, say_piece
from preceptor.course import Course, explained
from preceptor.domain import digest, score_text
from preceptor.tutor.variants import DEFAULT_VARIANT, variant_names
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import Clock, system_clock
from preceptor.workflow.transcripts import as_json, as_markdown
from preceptor.workflow.tutor_models import ROLES, TutorOptions, tutor_of
from preceptor.workflow.views import QuestionView, TutorTurnView

SECONDS_A_MESSAGE = 60.0
"""Between messages where --at sets the clock."""

_TABLE = re.compile(r"\s*\$\\begin\{array\}\{[^}]*\}(.*?)\\end\{array\}\$\s*", re.DOTALL)
_WORDS = re.compile(r"\\text\{([^{}]*)\}")


def run(
    course: CoursePath,
    student: Student,
    model: Annotated[
        str,
        typer.Option(metavar="NAME", help="Draft words with this language model; `tutor`: the one that settings name."),
    ] = "",
    model_url: Annotated[str, typer.Option(metavar="URL", help="Base of its OpenAI-compatible API.")] = "",
    variant: Annotated[
        str,
        typer.Option(metavar="NAME", help=f"Which tutor, {DEFAULT_VARIANT} by default: {', '.join(variant_names())}."),
    ] = "",
    tracer: Annotated[
        str,
        typer.Option(metavar="NAME", help="Which model of the course says what is mastered: NAME, NAME/RUN, history."),
    ] = "",
    turns: Annotated[int | None, typer.Option(min=1, max=100, help="Questions in a session, 10 by default.")] = None,
    budget_tokens: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Tokens the model may take in this run.")
    ] = None,
    timeout_seconds: Annotated[
        float | None, typer.Option(min=0.1, metavar="S", help="Longest wait for a turn's model, 20 by default.")
    ] = None,
    transcript: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the session here: .json, else Markdown.")
    ] = None,
    at: Annotated[str, typer.Option(metavar="TIME", help="Begin at this ISO time, a minute a message.")] = "",
    json_output: Json = False,
) -> None:
    """Tutor one student in a dialogue in the terminal.

    Type an answer or the number of an option, "hint", "why", "I don't know", or a question of your own; an empty line
    ends the dialogue. Where the input is no terminal, every line of it is a message.
    """
    start = seconds_of(at)
    clock = system_clock() if start is None else Clock(_steps(start), system_clock().monotonic)
    named = "" if model in ROLES else model
    options = TutorOptions(
        bool(model or model_url), model_url, named, variant, turns, timeout_seconds, budget_tokens=budget_tokens
    )
    opened = Course.open(course)
    with tutor_of(opened, options, clock) as tutor, Classroom.open(course, tutor=tutor, tracer=tracer) as classroom:
        given, student = student, classroom.admitted(student, clock.now())
        if student != given:
            say(f"You are new here. To go on another day: --student {student}", err=json_output)
        talk = _Talk(classroom, student, clock, quiet=json_output, repeatable=start is not None)
        talk.hold()
        session = classroom.tutor_session(student, talk.sitting_id)
        if transcript is not None:
            written = json.dumps(as_json(session), ensure_ascii=False, indent=1) + "\n"
            with explained("write", transcript):
                transcript.write_text(
                    written if transcript.suffix == ".json" else as_markdown(session), encoding="utf-8"
                )
        if json_output:
            emit(as_json(session), json_output, lambda _: None)


def _steps(start: float) -> Callable[[], float]:
    """A clock that goes on by a minute whenever it is read."""
    times = iter(range(10**9))
    return lambda: start + SECONDS_A_MESSAGE * next(times)


class _Talk:
    """A dialogue between a terminal and a classroom."""

    def __init__(self, classroom: Classroom, student_id: str, clock: Clock, *, quiet: bool, repeatable: bool) -> None:
        self._classroom, self._student_id, self._clock = classroom, student_id, clock
        self._quiet, self._repeatable = quiet, repeatable
        self._said = 0
        self.sitting_id = 0

    def hold(self) -> None:
        """Talk until the session or the input ends."""
        turn = self._classroom.tutor_open(self._student_id, self._clock.now())
        self.sitting_id = turn.sitting.sitting_id
        if not self._quiet:
            _show(turn)
        for message in _messages():
            turn = self._exchange(turn, message)
            if turn.sitting.finished:
                if not self._quiet:
                    say(f"That was a sitting: {score_text(turn.sitting.correct, turn.sitting.answered)}.")
                break
            if not self._quiet:
                _show(replace(turn, messages=()))

    def _exchange(self, turn: TutorTurnView, message: str) -> TutorTurnView:
        """Say something and show the reply as it comes."""
        self._said += 1
        key = digest(self._student_id, self.sitting_id, self._said) if self._repeatable else uuid.uuid4().hex
        pieces = self._classroom.tutor_stream(
            self._student_id,
            _option_meant(message, turn.question),
            idempotency_key=key,
            at_seconds=self._clock.now(),
            question_id=turn.question.question_id if turn.question else "",
        )
        self._write("\nTutor: ")
        for piece in pieces:
            if isinstance(piece, TutorTurnView):
                self._write("\n")
                return piece
            self._write(piece)
        raise AssertionError("a turn ends with its view")

    def _write(self, piece: str) -> None:
        if not self._quiet:
            say_piece(piece)


def _messages() -> Iterator[str]:
    """What the student types, or the lines of the input, up to an empty one."""
    asks = sys.stdin.isatty()
    while message := _heard() if asks else str(sys.stdin.readline()).strip():
        yield message


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

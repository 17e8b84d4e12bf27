"""The tutor: a conversation around the open question."""

from nicegui import ui

from preceptor.domain import UserError
from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, box, empty, field, friendly, markup, words
from preceptor.serve.maths import maths_html
from preceptor.serve.pages.question_card import AnswerForm, HintLadder, stem
from preceptor.serve.pages.why import why_panel
from preceptor.serve.ports import DONT_KNOW
from preceptor.serve.prose import prose_html
from preceptor.serve.theme import page, problem, student_navigation
from preceptor.serve.tongue import say
from preceptor.serve.words import count
from preceptor.workflow.views import QuestionView, TutorMessage, TutorTurnView

SPEAKERS = {"tutor": "Tutor", "student": "You"}


def register(desk: Desk) -> None:
    """Register the tutor page."""

    @ui.page("/student/{student_id}/tutor", response_timeout=30)
    async def tutor(student_id: str) -> None:
        dialogue = Dialogue(desk, student_id)
        try:
            turn: TutorTurnView | UserError = await desk.ask(desk.classroom.tutor_open, student_id, desk.clock())
        except UserError as error:
            turn = error
        with page("Tutor", desk.classroom.course_name, wide=True) as navigation:
            student_navigation(navigation, student_id, "Tutor")
            if isinstance(turn, UserError):
                problem(turn)
            else:
                dialogue.open(turn)


class Dialogue:
    """The conversation of one student on one page.

    Args:
        desk: The services.
        student_id: The student.
    """

    def __init__(self, desk: Desk, student_id: str) -> None:
        self._desk, self._student_id, self._question_id = desk, student_id, ""

    def open(self, turn: TutorTurnView) -> None:
        """Draw the conversation so far next to the open question."""
        words("h1", say("Tutor"), "sr-only")
        with box("div", "tutor-grid"):
            with box("section", "card talk", aria_label=say("Conversation")):
                self._log = box("div", "messages", role="log", aria_live="polite", tabindex="0")
                self._composer()
            self._side = box("section", "card tutor-question", aria_label=say("Open question"), id="question")
        self._hear(turn)

    def _composer(self) -> None:
        with box("div", "inline-form composer"):
            self._input = field(say("Message to the tutor"), hidden_label=True, classes="grow").mark("message")
            self._input.props["placeholder"] = say("Ask or answer")
            self._input.props["autocomplete"] = "off"
            Press(say("Send"), self._send, "primary").mark("send")
        self._input.on("keydown.enter", self._send_by_enter, [])

    async def _send_by_enter(self) -> None:
        with friendly():
            await self._send()

    async def _send(self) -> None:
        message = (self._input.value or "").strip()
        if message:
            self._input.value = ""
            await self._say(message)

    async def _say(self, message: str) -> None:
        with self._log:
            waiting = box("div", "waiting")
        with waiting:
            self._write(TutorMessage("student", message))
            words("p", say("The tutor is thinking …"), "muted small")
        try:
            turn = await self._desk.ask(
                self._desk.classroom.tutor_say,
                self._student_id,
                message,
                idempotency_key=self._key,
                at_seconds=self._desk.clock(),
                question_id=self._question_id,
            )
        finally:
            waiting.delete()
        self._hear(turn)

    def _hear(self, turn: TutorTurnView) -> None:
        self._key = self._desk.new_key()
        self._question_id = turn.question.question_id if turn.question else ""
        with self._log:
            for message in turn.messages:
                self._write(message)
        self._side.clear()
        with self._side:
            if turn.question is None:
                empty(say("No question is open"), say("Say that you want to go on and the tutor chooses one."))
            else:
                self._draw(turn.question, turn)

    def _draw(self, question: QuestionView, turn: TutorTurnView) -> None:
        words(
            "p",
            say("{answered} of {goal} answered", answered=turn.sitting.answered, goal=turn.sitting.goal),
            "muted small",
        )
        stem(question, heading_level=2)
        hints = HintLadder(self._desk, self._student_id, question, turn.hints_opened)
        AnswerForm(self._desk, question, self._say)

        async def dont_know() -> None:
            await self._say(DONT_KNOW)

        with box("div", "other-ways"):
            hints.button()
            Press(say(DONT_KNOW), dont_know, "quiet").mark("dont-know")
        why_panel(self._desk, self._student_id)

    def _write(self, message: TutorMessage) -> None:
        from_tutor = message.role == "tutor"
        with box("article", f"message {'tutor' if from_tutor else 'student'}"):
            words("span", say(SPEAKERS["tutor" if from_tutor else "student"]), "speaker")
            said = say(DONT_KNOW) if message.text == DONT_KNOW else message.text
            text = prose_html(said) if from_tutor else f"<p>{maths_html(said)}</p>"
            markup("div", text, "message-text")
            if message.cites:
                words(
                    "span",
                    say("Rests on {answers}", answers=count(len(message.cites), "earlier answer")),
                    "muted small",
                )

"""The tutor: a conversation around the open question."""

from nicegui import ui

from preceptor.domain import UserError
from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, box, empty, field, friendly, words
from preceptor.serve.pages.progress import progress
from preceptor.serve.pages.question_card import AnswerForm, HintLadder, stem
from preceptor.serve.pages.session_end import session_end
from preceptor.serve.pages.talk import Talk
from preceptor.serve.pages.why import why_panel
from preceptor.serve.ports import DONT_KNOW
from preceptor.serve.theme import page, problem, student_navigation
from preceptor.serve.tongue import say
from preceptor.serve.words import score
from preceptor.workflow.views import ContestView, QuestionView, SittingView, TutorTurnView


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
        self._desk, self._student_id = desk, student_id
        self._question_id, self._hints_opened = "", -1
        self._sitting: SittingView | None = None
        self._speaking = False

    def open(self, turn: TutorTurnView) -> None:
        """Draw the conversation so far next to the open question."""
        words("h1", say("Tutor"), "sr-only")
        self._progress = box("div", "progress")
        with box("div", "tutor-grid"):
            with box("section", "card talk", aria_label=say("Conversation")):
                self._talk = Talk(self._contest)
                self._composer()
            self._side = box("section", "card tutor-question", aria_label=say("Open question"), id="question")
        self._begin(turn)

    def _begin(self, turn: TutorTurnView) -> None:
        """What was said before, or else the greeting, which is part of it by the next time."""
        self._key = self._desk.new_key()
        for message in turn.earlier or turn.messages:
            self._talk.tell(message)
        self._show(turn)

    def _composer(self) -> None:
        with box("div", "inline-form composer", data_own_enter=""):
            self._input = field(say("Message to the tutor"), hidden_label=True, classes="grow").mark("message")
            self._input.props["placeholder"] = say("Ask or answer")
            self._input.props["autocomplete"] = "off"
            Press(say("Send"), self._send, "primary").mark("send")
        self._input.on("keydown.enter", self._send_by_enter, [])
        with box("button", "button small to-question", type="button", data_jump="question"):
            words("span", say("To the question"))

    async def _send_by_enter(self) -> None:
        with friendly():
            await self._send()

    async def _send(self) -> None:
        message = (self._input.value or "").strip()
        if message and not self._speaking:
            self._input.value = ""
            await self._say(message)

    async def _say(self, message: str) -> None:
        """Say something and hear the reply as it comes; one at a time, so that nothing is answered twice."""
        if self._speaking:
            return
        self._speaking = True
        exchange = self._talk.begin(message)
        try:
            async for piece in self._desk.hear(
                self._desk.classroom.tutor_stream,
                self._student_id,
                message,
                idempotency_key=self._key,
                at_seconds=self._desk.clock(),
                question_id=self._question_id,
            ):
                if isinstance(piece, TutorTurnView):
                    exchange.end(piece.messages)
                    await self._hear(piece)
                else:
                    exchange.add(piece)
        except UserError:
            exchange.undo()
            raise
        finally:
            self._speaking = False

    async def _hear(self, turn: TutorTurnView) -> None:
        self._key = self._desk.new_key()
        if turn.sitting.finished:
            await self._end(turn)
        else:
            self._show(turn)

    def _show(self, turn: TutorTurnView) -> None:
        """The question that is open now; one that was open before stays as it is, with what is typed already."""
        self._head(turn.sitting)
        opened = len(turn.hints_opened)
        question_id = turn.question.question_id if turn.question else ""
        if question_id and (question_id, opened) == (self._question_id, self._hints_opened):
            return
        self._question_id, self._hints_opened = question_id, opened
        self._side.clear()
        with self._side:
            if turn.question is None:
                empty(say("No question is open"), say("Say that you want to go on and the tutor chooses one."))
            else:
                self._draw(turn.question, turn)

    def _head(self, sitting: SittingView) -> None:
        self._sitting = sitting
        self._progress.clear()
        with self._progress:
            progress(sitting, sitting.answered + (not sitting.finished))
            if sitting.answered:
                words("span", score(sitting.correct, sitting.answered), "progress-text").mark("score")

    def _draw(self, question: QuestionView, turn: TutorTurnView) -> None:
        stem(question, heading_level=2)
        hints = HintLadder(self._desk, self._student_id, question, turn.hints_opened)
        AnswerForm(self._desk, question, self._say)

        async def dont_know() -> None:
            await self._say(DONT_KNOW)

        with box("div", "other-ways"):
            hints.button()
            Press(say(DONT_KNOW), dont_know, "quiet").mark("dont-know")
        why_panel(self._desk, self._student_id)

    async def _end(self, turn: TutorTurnView) -> None:
        """What the session changed, until the student goes on; the next question is a new session's."""
        self._head(turn.sitting)
        self._question_id, self._hints_opened = "", -1
        await self._draw_end(turn.sitting.sitting_id)

    async def _draw_end(self, sitting_id: int) -> None:
        classroom, now = self._desk.classroom, self._desk.clock()
        found = await self._desk.ask(classroom.tutor_summary, self._student_id, now, sitting_id)
        self._side.clear()
        with self._side:
            session_end(found, self._student_id, self._again)

    async def _again(self) -> None:
        turn = await self._desk.ask(self._desk.classroom.tutor_open, self._student_id, self._desk.clock())
        self._talk.part(say("New session"))
        self._begin(turn)

    async def _contest(self, event_id: str, note: str) -> ContestView:
        """Have a grade checked again; the score follows."""
        classroom, now = self._desk.classroom, self._desk.clock()
        found = await self._desk.ask(classroom.contest, self._student_id, event_id, note, now)
        if self._sitting is not None and found.sitting.sitting_id == self._sitting.sitting_id:
            self._head(found.sitting)
            if found.sitting.finished and not self._question_id:
                await self._draw_end(found.sitting.sitting_id)
        return found

"""A question on the screen: stem, hints, and a way to answer. Shared by the practise page and the tutor."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from preceptor.domain import UserError
from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, box, field, markup, maths, words
from preceptor.serve.maths import formula_html, text_html
from preceptor.serve.mistakes import given
from preceptor.serve.pages.answer_help import LETTERLESS, answer_help
from preceptor.serve.pages.order_list import OrderList
from preceptor.serve.prose import prose_html
from preceptor.serve.tongue import say
from preceptor.workflow.views import QuestionView

PREVIEW_PAUSE_SECONDS = 0.2
Submit = Callable[[str], Awaitable[None]]


def stem(question: QuestionView, heading_level: int = 1) -> None:
    """Draw the question and the concepts it exercises.

    Args:
        question: What is asked.
        heading_level: The stem's place in the page's outline.
    """
    with box("div", "chips"):
        for concept in question.concepts:
            words("span", concept.name, "chip")
    markup("div", prose_html(question.text), "stem", role="heading", aria_level=str(heading_level))


class HintLadder:
    """Hints from vague to complete, one at a time.

    Args:
        desk: The services.
        student_id: Who asks.
        question: The question they belong to.
        opened: The hints that are open already.
    """

    def __init__(self, desk: Desk, student_id: str, question: QuestionView, opened: tuple[str, ...] = ()) -> None:
        self._desk, self._student_id, self._question = desk, student_id, question
        self.used = len(opened)
        self._list = box("ol", "hints", aria_live="polite", aria_label=say("Hints"))
        self._list.set_visibility(bool(opened))
        with self._list:
            for text in opened:
                markup("li", prose_html(text), "hint")

    def button(self) -> None:
        """Draw the button that opens the next hint; nothing if there are none."""
        if self.used < self._question.hints:
            self._button = Press(self._label(), self._open, "quiet", key="h").mark("hint")

    async def _open(self) -> None:
        level = self.used + 1
        text = await self._desk.ask(self._desk.classroom.hint, self._student_id, self._question.question_id, level)
        self.used = level
        self._list.set_visibility(True)
        with self._list:
            markup("li", prose_html(text), "hint")
        if self.used == self._question.hints:
            self._button.set_visibility(False)
        else:
            self._button.face.set_content(text_html(self._label()))

    def _label(self) -> str:
        return say("Hint {level} of {hints}", level=self.used + 1, hints=self._question.hints)


class AnswerForm:
    """Option buttons for a choice, else a field that shows how the answer is read while it is typed.

    Items to be put in order may be moved by buttons, too; that fills the field.

    Args:
        desk: The services.
        question: What is asked.
        submit: Receives the answer.
    """

    def __init__(self, desk: Desk, question: QuestionView, submit: Submit) -> None:
        self._desk, self._submit, self._question_id = desk, submit, question.question_id
        self._typed = 0
        if question.kind == "choice":
            self._options(question.options)
        else:
            self._field(question)

    def _options(self, options: tuple[str, ...]) -> None:
        with box("div", "options", role="group", aria_label=say("Choose one")):
            for number, option in enumerate(options, start=1):
                self._option(number, option)

    def _option(self, number: int, option: str) -> None:
        async def pick() -> None:
            await self._submit(option)

        with Press(option, pick, "option", key=str(number)).mark(f"option-{number}") as press:
            press.face.classes("option-text")
            words("span", str(number), "key-cap", aria_hidden="true").move(target_index=0)

    def _field(self, question: QuestionView) -> None:
        wanted = answer_help(question.kind, question.language, in_words=question.in_words)
        if wanted.told:
            words("p", wanted.told, "muted small answer-help", id="answer-help")
        if question.kind == "order":
            OrderList(question, self._fill)
        with box("div", "answer-row"):
            with box("div", "answer-field"):
                read = None if question.in_words else self._read
                self._input = field(say("Your answer"), on_change=read, placeholder=wanted.example)
                self._input.mark("answer").props["data-autofocus"] = ""
                self._input.props["autocomplete"] = "off"
                self._input.props["spellcheck"] = "false"
                if wanted.told:
                    self._input.props["aria-describedby"] = "answer-help"
                if question.kind in LETTERLESS and not question.in_words:
                    self._input.props["data-letters-are-shortcuts"] = ""
            Press(say("Check"), self._check, "primary", key="Enter").mark("check")
        self._preview = box("div", "preview", aria_live="polite").mark("preview")

    def _fill(self, answer: str) -> None:
        self._input.value = answer

    async def _check(self) -> None:
        response = (self._input.value or "").strip()
        if not response:
            self.say(say("Type an answer first, or choose “I don't know”."))
            return
        await self._submit(response)

    async def _read(self) -> None:
        self._typed += 1
        turn, response = self._typed, (self._input.value or "").strip()
        await asyncio.sleep(PREVIEW_PAUSE_SECONDS)
        if turn != self._typed:
            return
        if not response:
            self._preview.clear()
            return
        try:
            latex, message = await self._desk.ask(self._desk.classroom.preview, response, self._question_id)
        except UserError as error:
            latex, message = "", given(error)
        if turn != self._typed or self._preview.is_deleted:
            return
        if message:
            self.say(message)
        else:
            self._preview.clear()
            with self._preview:
                words("span", say("I read this as"), "muted")
                markup("span", formula_html(latex), "preview-formula")

    def say(self, message: str) -> None:
        """Show a message next to the field, or as a notice where there is no field."""
        if not hasattr(self, "_preview"):
            ui.notify(message, type="warning", position="top")
            return
        self._preview.clear()
        with self._preview:
            maths("span", message, "preview-message")

"""Practise: one question after another, to the end of the sitting."""

from functools import partial

from nicegui import ui

from preceptor.domain import UserError
from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, box, words
from preceptor.serve.pages.contest_fold import contest_fold
from preceptor.serve.pages.feedback import recall_change, report_form, verdict, worked_steps
from preceptor.serve.pages.progress import progress
from preceptor.serve.pages.question_card import AnswerForm, HintLadder, stem
from preceptor.serve.pages.summary import summary
from preceptor.serve.pages.why import why_panel
from preceptor.serve.ports import DONT_KNOW
from preceptor.serve.theme import page, problem, student_navigation
from preceptor.serve.tongue import say
from preceptor.workflow.views import AnswerView, ContestView, NextView, SittingView

UNSCORED = frozenset({"unreadable", "undecided"})


def register(desk: Desk) -> None:
    """Register the practise page."""

    @ui.page("/student/{student_id}", response_timeout=30)
    async def practise(student_id: str) -> None:
        practice = Practice(desk, student_id)
        try:
            first: NextView | UserError = await practice.choose()
        except UserError as error:
            first = error
        with page("Practise", desk.classroom.course_name) as navigation:
            student_navigation(navigation, student_id, "Practise")
            practice.open(first)


class Practice:
    """One student's sitting on one page.

    Args:
        desk: The services.
        student_id: The student.
    """

    def __init__(self, desk: Desk, student_id: str) -> None:
        self._desk, self._student_id = desk, student_id

    async def choose(self, *, skip: bool = False) -> NextView:
        """Ask for the question that waits, or a new one."""
        classroom = self._desk.classroom
        return await self._desk.ask(classroom.next, self._student_id, self._desk.clock(), skip=skip)

    def open(self, first: NextView | UserError) -> None:
        """Draw the page's content: the first question, or why there is none."""
        self._body = box("div", "practice")
        with self._body:
            if isinstance(first, UserError):
                problem(first)
            else:
                self._draw(first)

    async def _next(self) -> None:
        self._show(await self.choose())

    async def _skip(self) -> None:
        self._show(await self.choose(skip=True))

    def _show(self, view: NextView) -> None:
        self._body.clear()
        with self._body:
            self._draw(view)

    def _draw(self, view: NextView) -> None:
        self._question = view.question
        self._renew()
        with box("div", "progress") as self._progress:
            self._draw_progress(view.sitting, view.sitting.answered + 1)
        with box("section", "card question", aria_label=say("Question")):
            if view.resumed:
                words("p", say("Here is where you stopped."), "muted small resumed")
            stem(view.question)
            self._hints = HintLadder(self._desk, self._student_id, view.question, view.hints_opened)
            with box("div", "work") as self._work:
                self._form = AnswerForm(self._desk, view.question, self._answer)
                self._other_ways()
        with box("div", "folds"):
            why_panel(self._desk, self._student_id)
            report_form(self._report)

    def _renew(self) -> None:
        """A new try: a new key, so that it counts, and a clock from here."""
        self._key, self._shown_seconds = self._desk.new_key(), self._desk.clock()

    def _other_ways(self) -> None:
        async def dont_know() -> None:
            await self._answer(DONT_KNOW)

        with box("div", "other-ways"):
            self._hints.button()
            Press(say(DONT_KNOW), dont_know, "quiet").mark("dont-know")
            Press(say("Skip"), self._skip, "quiet").mark("skip")

    async def _answer(self, response: str) -> None:
        now = self._desk.clock()
        answer = await self._desk.ask(
            self._desk.classroom.answer,
            self._student_id,
            self._question.question_id,
            response,
            idempotency_key=self._key,
            at_seconds=now,
            hints_used=self._hints.used,
            duration_seconds=max(0.0, now - self._shown_seconds),
        )
        if answer.outcome in UNSCORED:
            self._form.say(answer.feedback)
            return
        self._progress.clear()
        with self._progress:
            self._draw_progress(answer.sitting, answer.sitting.answered)
        said = "" if response == DONT_KNOW else await self._displayed(response)
        key = await self._displayed(answer.key)
        self._work.clear()
        with self._work:
            self._result(answer, said, key)

    async def _displayed(self, text: str) -> str:
        """An answer the way mathematics is written; options already are, and prose stays as it is."""
        if self._question.kind == "choice" or not text:
            return text
        latex, _ = await self._desk.ask(self._desk.classroom.preview, text, self._question.question_id)
        return f"${latex}$" if latex else text

    def _result(self, answer: AnswerView, said: str, key: str) -> None:
        verdict(answer, said, key)
        if answer.outcome == "wrong":
            with box("div") as self._contested:
                contest_fold(partial(self._contest, self._key))
        worked_steps(answer)
        recall_change(answer)

        async def see() -> None:
            await self._summarise(answer.sitting)

        finished = answer.sitting.finished
        go_on, label = (see, say("See how it went")) if finished else (self._next, say("Next question"))
        with box("div", "actions"):
            Press(label, go_on, "primary", key="Enter", data_autofocus="", data_scroll="").mark("next")

    async def _contest(self, event_id: str, note: str) -> ContestView:
        """Have the grade checked again; what comes of it stands below the verdict."""
        classroom, now = self._desk.classroom, self._desk.clock()
        found = await self._desk.ask(classroom.contest, self._student_id, event_id, note, now)
        with self._contested:
            words("p", found.message)
        return found

    async def _end(self) -> None:
        classroom, now = self._desk.classroom, self._desk.clock()
        await self._summarise(await self._desk.ask(classroom.end_sitting, self._student_id, now))

    async def _summarise(self, sitting: SittingView) -> None:
        student = await self._desk.ask(self._desk.classroom.student, self._student_id, self._desk.clock())
        self._body.clear()
        with self._body:
            summary(sitting, student, self._next)

    async def _report(self, note: str) -> None:
        desk = self._desk
        await desk.ask(desk.classroom.report_key, self._student_id, self._question.question_id, note, desk.clock())

    def _draw_progress(self, sitting: SittingView, number: int) -> None:
        progress(sitting, number)
        Press(say("Finish"), self._end, "quiet small").mark("finish")

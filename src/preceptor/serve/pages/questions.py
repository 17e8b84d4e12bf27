"""The teacher's questions: search, read reports, exclude and include."""

import asyncio

from nicegui import ui

from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, box, disclosure, empty, field, friendly, markup, maths, words
from preceptor.serve.pages.contests import contested_grades
from preceptor.serve.prose import prose_html
from preceptor.serve.theme import page, teacher_navigation
from preceptor.serve.tongue import say
from preceptor.serve.words import count, days_ago
from preceptor.workflow.views import KeyReport, QuestionView

SEARCH_PAUSE_SECONDS = 0.25
MOST_SHOWN = 30
SECONDS_PER_DAY = 86_400.0


def register(desk: Desk) -> None:
    """Register the questions page."""

    @ui.page("/teacher/questions", response_timeout=30)
    async def questions() -> None:
        shelf = Shelf(desk)
        await shelf.load()
        with page("Questions", desk.classroom.course_name) as navigation:
            teacher_navigation(navigation, "Questions")
            with box("div", "page-head"):
                words("h1", say("Questions"))
            shelf.draw()


class Shelf:
    """Reports, excluded questions and the search, kept in step with each other.

    Args:
        desk: The services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._search, self._typed = "", 0

    async def load(self) -> None:
        """Read everything the page shows."""
        ask, classroom = self._desk.ask, self._desk.classroom
        self._contests = await ask(classroom.contests)
        self._reports = await ask(classroom.key_reports)
        self._excluded = await ask(classroom.excluded)
        self._found = await ask(classroom.questions, self._search, MOST_SHOWN)

    def draw(self) -> None:
        """Draw the three parts."""
        self._upper = box("div", "folds")
        with box("section", "", aria_labelledby="search-title"):
            words("h2", say("Find a question"), "section-title", id="search-title")
            search = field(say("Search"), hidden_label=True, placeholder=say("Words of the question or its concept"))
            search.mark("search").on_value_change(lambda event: self._type(event.value or ""))
            self._lower = box("div", "stack")
        self._fill()

    async def _type(self, text: str) -> None:
        self._typed += 1
        turn = self._typed
        await asyncio.sleep(SEARCH_PAUSE_SECONDS)
        if turn != self._typed:
            return
        self._search = text.strip()
        with friendly():
            await self._reload()

    async def _reload(self) -> None:
        await self.load()
        self._fill()

    def _fill(self) -> None:
        self._upper.clear()
        with self._upper:
            contested_grades(self._desk, self._contests, self._reload)
            with disclosure(
                say("Reports from students ({number})", number=len(self._reports)), is_open=bool(self._reports)
            ):
                if not self._reports:
                    words("p", say("Nobody has reported a question."), "muted")
                for report in self._reports:
                    self._report(report)
            with disclosure(say("Excluded questions ({number})", number=len(self._excluded))):
                if not self._excluded:
                    words("p", say("Every question is served."), "muted")
                for question_id, text, reason in self._excluded:
                    self._kept_out(question_id, text, reason)
        self._lower.clear()
        with self._lower:
            if not self._found:
                empty(say("No question found"), say("Try another word."))
            for question in self._found:
                self._question(question)
            if len(self._found) == MOST_SHOWN:
                words("p", say("The first {number} are shown. Search to see others.", number=MOST_SHOWN), "muted")

    def _report(self, report: KeyReport) -> None:
        async def dealt_with() -> None:
            await self._desk.ask(self._desk.classroom.resolve_report, report.report_id)
            await self._reload()

        days = (self._desk.clock() - report.time_seconds) / SECONDS_PER_DAY
        with box("article", "card report-card"):
            markup("div", prose_html(report.text), "stem small-stem")
            with box("p", "pair"):
                words("span", say("Answer in the bank"), "muted")
                maths("span", report.key, "pair-value")
            words("blockquote", report.note or say("No note."))
            words("p", days_ago(max(days, 0.0)), "muted small")
            with box("div", "report-acts"):
                Press(say("Dealt with"), dealt_with, "small").mark("dealt-with")
            self._exclude(report.question_id, report.note)

    def _kept_out(self, question_id: str, text: str, reason: str) -> None:
        async def include() -> None:
            await self._desk.ask(self._desk.classroom.include, question_id)
            await self._reload()

        with box("article", "card report-card"):
            markup("div", prose_html(text), "stem small-stem")
            words("p", say("Excluded: {reason}", reason=reason or say("no reason given")), "muted")
            Press(say("Serve it again"), include, "small").mark("include")

    def _question(self, question: QuestionView) -> None:
        excluded = {question_id for question_id, _, _ in self._excluded}
        with box("article", "card report-card").mark("question-row"):
            with box("div", "chips"):
                for concept in question.concepts:
                    words("span", concept.name, "chip")
            markup("div", prose_html(question.text), "stem small-stem")
            if question.options:
                maths("p", " · ".join(question.options_shown or question.options), "muted")
            told = f"{say(question.kind)} · {count(question.hints, 'hint')}"
            words("p", told, "muted small")
            if question.question_id in excluded:
                words("span", say("Excluded"), "chip due")
            else:
                self._exclude(question.question_id, "")

    def _exclude(self, question_id: str, reason: str) -> None:
        if any(question_id == name for name, _, _ in self._excluded):
            words("span", say("Excluded"), "chip due")
            return
        with disclosure(say("Exclude this question"), "inline-fold"), box("div", "inline-form"):
            why = field(say("Reason"), hidden_label=True, placeholder=say("Reason"), value=reason, classes="grow")
            why.mark("reason")

            async def exclude() -> None:
                text = (why.value or "").strip()
                await self._desk.ask(self._desk.classroom.exclude, question_id, text, self._desk.clock())
                await self._reload()

            Press(say("Exclude"), exclude, "small").mark("exclude")

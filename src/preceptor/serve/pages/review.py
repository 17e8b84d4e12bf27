"""The teacher's review: every concept with how sure its labels are, the least sure first."""

from nicegui import ui

from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, bar, box, disclosure, empty, field, markup, words
from preceptor.serve.mistakes import retold
from preceptor.serve.pages.review_parts import concept_link, concept_names, decision_line, name_field, sureness
from preceptor.serve.prose import prose_html
from preceptor.serve.theme import page, teacher_navigation
from preceptor.serve.tongue import figure, say
from preceptor.serve.words import count, percent
from preceptor.workflow.review_views import Decision, OpenQuestion, ReviewedConcept, ReviewView

PAGE_ROWS = 50
MOST_DECISIONS = 20
HEADINGS = ("Concept", "Confidence", "Questions", "Checked")


def register(desk: Desk) -> None:
    """Register the list of concepts."""

    @ui.page("/teacher/concepts", response_timeout=30)
    async def concepts() -> None:
        shelf = Concepts(desk)
        await shelf.load()
        with page("Concepts", desk.classroom.course_name, wide=True) as navigation:
            teacher_navigation(navigation, "Concepts")
            shelf.draw()


class Concepts:
    """The list with its search, what was decided and what is left open.

    Args:
        desk: The services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._search, self._shown = "", PAGE_ROWS

    async def load(self) -> None:
        """Read everything the page shows."""
        self._view: ReviewView = await self._desk.ask(self._desk.classroom.review.view)

    def draw(self) -> None:
        """Draw the page."""
        self._head = box("div", "page-head")
        if not self._view.annotator:
            self._title()
            empty(say("Nothing to review yet"), say("Annotate the course first: preceptor annotate COURSE"))
            return
        concept_names(line.name for line in self._view.concepts)
        self._notices = box("div", "stack")
        with box("div", "tools review-tools"):
            search = field(say("Search"), hidden_label=True, placeholder=say("Search by name"), classes="grow")
            search.mark("search").on_value_change(lambda event: self._find(event.value or ""))
        self._table = box("div", "table-wrap")
        self._lower = box("div", "folds")
        self._fill()

    async def _reload(self) -> None:
        await self.load()
        self._fill()

    def _find(self, text: str) -> None:
        self._search, self._shown = text.strip().casefold(), PAGE_ROWS
        self._list()

    def _fill(self) -> None:
        self._title()
        self._notices.clear()
        with self._notices:
            self._tell()
        self._list()
        self._lower.clear()
        with self._lower:
            self._open_questions(self._view.open_questions)
            self._decisions(self._view)

    def _title(self) -> None:
        self._head.clear()
        with self._head:
            words("h1", say("Concepts"))
            if self._view.annotator:
                checked = say(
                    "{decided} of {labels} labels checked",
                    decided=figure(f"{self._view.decided:,}"),
                    labels=figure(f"{self._view.labels:,}"),
                )
                words("p", f"{count(len(self._view.concepts), 'concept')} · {checked}", "lead")

    def _tell(self) -> None:
        if self._view.torn:
            told = say(
                "The program was stopped while it kept the last decision, so that one is lost. All others stand."
            )
            words("p", told, "card review-notice", role="alert")
        if self._view.unused:
            with box("section", "card review-notice", aria_labelledby="use-title"):
                with box("div", "review-notice-text"):
                    words("h2", say("The course still uses other labels"), id="use-title")
                    words("p", say("Look through as much as you like, then let the course use what stands."), "muted")
                Press(say("Use these labels"), self._use, "primary").mark("use")
        if self._view.history:
            decision_line(self._view.history[0], self._undo)

    async def _use(self) -> None:
        await self._desk.ask(self._desk.classroom.review.use)
        told = say("The course has these labels now. Train the model again and restart the app, so that it uses them.")
        close = {"label": say("Close"), "color": "white"}  # the default is pale on green
        ui.notify(told, type="positive", color="green-10", position="top", multi_line=True, timeout=0, actions=[close])
        await self._reload()

    async def _undo(self, event_id: str) -> None:
        await self._desk.ask(self._desk.classroom.review.undo, event_id, self._desk.clock())
        await self._reload()

    def _list(self) -> None:
        found = [line for line in self._view.concepts if self._search in f"{line.name} {line.code}".casefold()]
        self._table.clear()
        with self._table:
            if not found:
                empty(say("No concept found"), say("Try a shorter search."))
                return
            with box("table", "table review-table"):
                words("caption", count(len(found), "concept"), "sr-only")
                with box("thead"), box("tr"):
                    for heading in HEADINGS:
                        words("th", say(heading), scope="col")
                with box("tbody"):
                    for line in found[: self._shown]:
                        _row(line)
            if len(found) > self._shown:
                with box("div", "pager"):
                    Press(say("More"), self._more, "small").mark("more")

    async def _more(self) -> None:
        self._shown += PAGE_ROWS
        self._list()

    def _open_questions(self, questions: tuple[OpenQuestion, ...]) -> None:
        if not questions:
            return
        with disclosure(say("Questions without a concept ({number})", number=len(questions))):
            for question in questions[:PAGE_ROWS]:
                self._open_question(question)

    def _open_question(self, question: OpenQuestion) -> None:
        with box("article", "card report-card").mark("open-question"):
            markup("div", prose_html(question.text), "stem small-stem")
            words("p", question.reason, "muted small")
            with box("div", "inline-form"):
                name = name_field(say("Concept of this question"))

                async def give() -> None:
                    add = self._desk.classroom.review.add
                    await self._desk.ask(add, question.question_id, name.value or "", self._desk.clock())
                    await self._reload()

                Press(say("Give it this concept"), give, "small").mark("give")

    def _decisions(self, view: ReviewView) -> None:
        if view.stranded:
            with disclosure(say("Decisions that find nothing any more ({number})", number=len(view.stranded))):
                words("p", say("They change nothing. They count again as soon as what they mean is there."), "muted")
                for decision in view.stranded:
                    self._decision(decision)
        if view.history:
            with disclosure(say("What was decided ({number})", number=len(view.history))):
                for decision in view.history[:MOST_DECISIONS]:
                    self._decision(decision)

    def _decision(self, decision: Decision) -> None:
        decision_line(decision, self._undo, "")
        if decision.reason:
            words("p", retold(decision.reason), "muted small")


def _row(line: ReviewedConcept) -> None:
    with box("tr").mark("concept-row"):
        with box("th", "", scope="row"), box("div", "name-cell"):
            concept_link(line.concept_id, line.name, line.explanation)
            if line.code:
                words("span", line.code, "muted small")
        with box("td", "recall-cell", data_label=say("Confidence")):
            bar(line.confidence, "", sureness(line.confidence))
            words("span", percent(line.confidence), "number")
        words("td", figure(f"{line.questions:,}"), "number", data_label=say("Questions"))
        checked = say("{number} of {total}", number=line.decided, total=line.questions)
        words("td", checked, "number", data_label=say("Checked"))

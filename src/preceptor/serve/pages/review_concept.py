"""The teacher's review of one concept: its questions, its name, its neighbours."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from preceptor.domain import UserError
from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, bar, box, empty, field, link, maths, words
from preceptor.serve.pages.review_card import QuestionCard
from preceptor.serve.pages.review_parts import concept_link, concept_names, decision_line, name_field, sureness
from preceptor.serve.theme import page, problem, teacher_navigation
from preceptor.serve.tongue import say
from preceptor.serve.words import concept_path, count, percent
from preceptor.workflow.review_views import ConceptReview, Decision, LabelledQuestion, Neighbour

PAGE_ROWS = 20
PROPOSED = "proposed"


def register(desk: Desk) -> None:
    """Register the page of one concept."""

    @ui.page("/teacher/concepts/{concept_id}", response_timeout=30)
    async def concept(concept_id: str) -> None:
        room = ConceptRoom(desk, concept_id)
        with page("Concepts", desk.classroom.course_name, wide=True) as navigation:
            teacher_navigation(navigation, "Concepts")
            try:
                await room.load()
            except UserError as error:
                problem(error)
                return
            room.draw()


class ConceptRoom:
    """One concept under review.

    Args:
        desk: The services.
        concept_id: The concept.
    """

    def __init__(self, desk: Desk, concept_id: str) -> None:
        self._desk, self._review, self._concept_id = desk, desk.classroom.review, concept_id
        self._order: list[str] = []
        self._shown = PAGE_ROWS
        self._ticked: set[str] | None = None
        self._moved_on = False
        self._drawn: dict[str, QuestionCard] = {}

    async def load(self) -> None:
        """Read everything the page shows; questions keep the order in which they were first shown."""
        self._found: ConceptReview = await self._desk.ask(self._review.concept, self._concept_id)
        view = await self._desk.ask(self._review.view)
        self._last: Decision | None = view.history[0] if view.history else None
        known = {question.question_id for question in self._found.questions}
        new = [question.question_id for question in self._found.questions if question.question_id not in self._order]
        self._order = [name for name in self._order if name in known] + new

    def draw(self) -> None:
        """Draw the page."""
        concept_names(self._found.names)
        self._top = box("div", "page-head")
        with box("div", "map-page"):
            with box("section", "", aria_labelledby="behind-title"):
                words("h2", say("Questions behind it"), "behind-title", id="behind-title")
                self._left = box("div", "stack")
                with box("div") as self._none:
                    empty(say("No question has this concept"), say("It will be gone as soon as you leave."))
                self._rest = Press(say("More"), self._more, "small").mark("more")
            self._right = box("aside", "card detail review-side", aria_label=say("Concept"))
        self._fill()

    async def do(self, verb: Callable[..., object], *given: object) -> None:
        """Record a decision and show what stands now; the list of all concepts where this one is gone."""
        await self._desk.ask(verb, *given, self._desk.clock())
        self._ticked, self._moved_on = None, True
        await self._reload()

    async def _reload(self) -> None:
        try:
            await self.load()
        except UserError:
            ui.navigate.to(concept_path())
            return
        self._fill()

    def _fill(self) -> None:
        self._top.clear()
        with self._top:
            link(say("All concepts"), concept_path(), "small")
            maths("h1", self._found.concept.name)
            if self._found.concept.explanation not in ("", self._found.concept.name):
                maths("p", self._found.concept.explanation, "muted").mark("explanation")
            self._figures()
            if self._last is not None:
                decision_line(self._last, self._undo)
        self._right.clear()
        with self._right:
            self._name()
            self._merge()
            self._split()
            self._needs()
        self._cards()

    def _figures(self) -> None:
        concept = self._found.concept
        with box("p", "lead review-lead"):
            bar(concept.confidence, "", sureness(concept.confidence))
            checked = say("{decided} checked", decided=concept.decided)
            sure = say("{confidence} sure", confidence=percent(concept.confidence))
            told = (concept.code, concept.cluster, sure, count(concept.questions, "question"), checked)
            words("span", " · ".join(part for part in told if part))

    async def _undo(self, event_id: str) -> None:
        await self.do(self._review.undo, event_id)

    def _cards(self) -> None:
        """Draw the cards; those that stay as they were are left alone, with what is being typed in them."""
        known = {question.question_id: question for question in self._found.questions}
        shown = [known[name] for name in self._order[: self._shown]]
        for name in [name for name in self._drawn if name not in known]:
            self._drawn.pop(name).remove()
        with self._left:
            for question in shown:
                self._card(question)
        self._none.set_visibility(not shown)
        self._rest.set_visibility(len(self._order) > self._shown)
        waiting = [question.question_id for question in shown if not question.decided and self._moved_on]
        for name in waiting[:1]:
            self._drawn[name].focus()

    def _card(self, question: LabelledQuestion) -> None:
        tick = None if self._ticked is None else self._tick
        card = self._drawn.get(question.question_id)
        if card is None:
            card = self._drawn[question.question_id] = QuestionCard(self._review, self._concept_id, self.do)
        card.show(self._found.concept.name, question, tick)

    async def _more(self) -> None:
        self._shown += PAGE_ROWS
        self._cards()

    def _name(self) -> None:
        words("h2", say("Name"))
        with box("div", "inline-form"):
            name = field(say("Name of the concept"), hidden_label=True, value=self._found.concept.name, classes="grow")
            name.mark("new-name")
            Press(
                say("Rename"), lambda: self.do(self._review.rename, self._concept_id, name.value or ""), "small"
            ).mark("rename")

    def _merge(self) -> None:
        words("h2", say("The same as another?"))
        with box("div", "inline-form"):
            into = name_field(say("Merge with"))
            Press(say("Merge"), lambda: self._merge_into(into.value or ""), "small").mark("merge")

    async def _merge_into(self, name: str) -> None:
        into = await self._desk.ask(self._review.merge, self._concept_id, name, self._desk.clock())
        ui.navigate.to(concept_path(into))

    def _split(self) -> None:
        words("h2", say("Two concepts in one?"))
        if self._ticked is None:
            Press(say("Split…"), self._start_split, "small").mark("split")
            return
        words("p", say("Tick the questions that move to the new concept."), "muted small")
        name = field(say("Name of the new concept"), hidden_label=True, placeholder=say("Name of the new concept"))
        name.mark("part-name").props["data-autofocus"] = ""
        with box("div", "inline-form"):
            split = self._review.split
            self._move_ticked = Press(
                self._tick_label(),
                lambda: self.do(split, self._concept_id, name.value or "", sorted(self._ticked or ())),
                "small primary",
            )
            self._move_ticked.mark("move-ticked")
            Press(say("Cancel"), self._stop_split, "small").mark("cancel-split")

    def _tick_label(self) -> str:
        return say("Move {questions}", questions=count(len(self._ticked or ()), "question"))

    def _tick(self, question_id: str, ticked: bool) -> None:
        if self._ticked is not None:
            (self._ticked.add if ticked else self._ticked.discard)(question_id)
            self._move_ticked.face.set_content(self._tick_label())

    async def _start_split(self) -> None:
        self._ticked = set()
        self._fill()

    async def _stop_split(self) -> None:
        self._ticked = None
        self._fill()

    def _needs(self) -> None:
        words("h2", say("Should be known before"))
        for neighbour in self._found.needs:
            self._neighbour(neighbour)
        if not self._found.needs:
            words("p", say("Nothing."), "muted")
        with box("div", "inline-form"):
            name = name_field(say("Another concept"))
            Press(say("Add"), lambda: self.do(self._review.need, self._concept_id, name.value or ""), "small").mark(
                "add-need"
            )
        if self._found.needed_by:
            words("h2", say("Builds on it"))
            with box("ul", "plain-list"):
                for neighbour in self._found.needed_by:
                    with box("li"):
                        concept_link(neighbour.concept_id, neighbour.name)
                        _source(neighbour)

    def _neighbour(self, neighbour: Neighbour) -> None:
        with box("div", "neighbour", role="group", aria_label=neighbour.name):
            with box("div", "chips"):
                concept_link(neighbour.concept_id, neighbour.name)
                _source(neighbour)
            if neighbour.evidence and neighbour.source == PROPOSED:
                words("p", neighbour.evidence, "muted small")
            with box("div", "inline-form"):
                if neighbour.source == PROPOSED:
                    Press(say("Right"), self._confirm(neighbour), "quiet small").mark("confirm")
                Press(say("Remove"), self._remove(neighbour), "quiet small").mark("remove-need")

    def _confirm(self, neighbour: Neighbour) -> Callable[[], Awaitable[None]]:
        return lambda: self.do(self._review.need, self._concept_id, neighbour.name)

    def _remove(self, neighbour: Neighbour) -> Callable[[], Awaitable[None]]:
        return lambda: self.do(self._review.need_not, self._concept_id, neighbour.concept_id)


def _source(neighbour: Neighbour) -> None:
    if neighbour.source == PROPOSED:
        words("span", say("proposed"), "chip due small")

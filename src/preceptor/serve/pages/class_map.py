"""The class map: every concept with the class's mean recall and how many need help."""

from nicegui import ui

from preceptor.serve.desk import Desk
from preceptor.serve.elements import Press, bar, box, empty, words
from preceptor.serve.pages.map_grid import MapGrid
from preceptor.serve.theme import page, teacher_navigation
from preceptor.serve.tongue import say
from preceptor.serve.words import count, grade_text, percent
from preceptor.workflow.views import ClassConcept

WEAK, STEADY, STRONG = 0.5, 0.65, 0.8
HEADINGS = ("Concept", "Grade", "Mean recall", "Students below half")


def register(desk: Desk) -> None:
    """Register the class map page."""

    @ui.page("/teacher/class", response_timeout=30)
    async def class_map() -> None:
        concepts = await desk.ask(desk.classroom.class_map, desk.clock())
        with page("Class", desk.classroom.course_name, wide=True) as navigation:
            teacher_navigation(navigation, "Class")
            with box("div", "page-head"):
                words("h1", say("What the class remembers"))
                students = max((concept.students for concept in concepts), default=0)
                words("p", f"{count(len(concepts), 'concept')} · {count(students, 'student')}", "lead")
            if concepts and students:
                ClassMap(concepts).draw()
            else:
                empty(say("Nothing to show yet"), say("The map fills as soon as students answer questions."))


class ClassMap:
    """The same figures as a map or as a table, weakest first.

    Args:
        concepts: The class's concepts.
    """

    def __init__(self, concepts: tuple[ClassConcept, ...]) -> None:
        self._concepts = concepts

    def draw(self) -> None:
        """Draw the switch, the map, and the table hidden behind it."""
        with box("div", "switch", role="group", aria_label=say("Show as")):
            self._switches = [self._switch(say("Map"), 0), self._switch(say("Weakest first"), 1)]
        with box("div", "map-page"):
            with box("div", "map-side") as side:
                self._grid = MapGrid(self._concepts, level=_recall, band=_band, note=_note, choose=self._choose)
            with box("div", "map-side") as table:
                _table(sorted(self._concepts, key=_recall))
            self._views = [side, table]
            self._detail = box("section", "card detail", id="detail", aria_live="polite", aria_label=say("Concept"))
        self._show(0)
        weakest = min(self._concepts, key=_recall)
        self._grid.mark_chosen(weakest.concept_id)
        self._fill(weakest)

    def _switch(self, name: str, view: int) -> Press:
        async def show() -> None:
            self._show(view)

        return Press(name, show, "switch-part").mark(f"show-{view}")

    def _show(self, view: int) -> None:
        for i, (press, element) in enumerate(zip(self._switches, self._views, strict=True)):
            element.set_visibility(i == view)
            press.props["aria-pressed"] = str(i == view).lower()
            press.update()

    async def _choose(self, concept: ClassConcept) -> None:
        self._fill(concept)

    def _fill(self, concept: ClassConcept) -> None:
        self._detail.clear()
        with self._detail:
            words("h2", concept.name)
            about = (concept.code, grade_text(concept.grade))
            words("p", " · ".join(part for part in about if part), "muted small")
            with box("dl", "figures"):
                for name, value in (
                    (say("Mean recall"), percent(concept.mean_recall)),
                    (say("Below half"), _below_half(concept)),
                ):
                    with box("div"):
                        words("dt", name)
                        words("dd", value)
            bar(concept.mean_recall, "", _band(concept))
            words("p", _advice(concept), "advice")


def _table(concepts: list[ClassConcept]) -> None:
    with box("div", "table-wrap"), box("table", "table class-table"):
        with box("thead"), box("tr"):
            for heading in HEADINGS:
                words("th", say(heading), scope="col")
        with box("tbody"):
            for concept in concepts:
                with box("tr"):
                    words("th", concept.name, scope="row")
                    grade = grade_text(0) if concept.grade == 0 else str(concept.grade or "–")
                    words("td", grade, "number", data_label=say("Grade"))
                    with box("td", "recall-cell", data_label=say("Mean recall")):
                        bar(concept.mean_recall, "", _band(concept))
                        words("span", percent(concept.mean_recall), "number")
                    words("td", _below_half(concept), "number", data_label=say("Below half"))


def _advice(concept: ClassConcept) -> str:
    share = concept.below_half / concept.students if concept.students else 0.0
    if share >= 0.5:
        return say("Most of the class would gain from going through this together.")
    if concept.below_half:
        return say("{students} would gain from extra practice here.", students=count(concept.below_half, "student"))
    return say("Everyone is above one half. Ordinary reviews keep it there.")


def _below_half(concept: ClassConcept) -> str:
    return say("{number} of {total}", number=concept.below_half, total=concept.students)


def _recall(concept: ClassConcept) -> float:
    return concept.mean_recall


def _band(concept: ClassConcept) -> str:
    if concept.mean_recall < WEAK:
        return "weak"
    if concept.mean_recall < STEADY:
        return "fading"
    return "steady" if concept.mean_recall < STRONG else "strong"


def _note(concept: ClassConcept) -> str:
    return f"{percent(concept.mean_recall)} · {say('{number} below half', number=concept.below_half)}"

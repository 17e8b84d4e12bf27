"""A student's map: every concept with its recall now, and the forecast of the chosen one."""

from nicegui import ui

from preceptor.domain import UserError
from preceptor.serve.charts import forecast_chart, recall_at
from preceptor.serve.desk import Desk
from preceptor.serve.elements import box, empty, link, markup, words
from preceptor.serve.pages.last_path import last_path_panel
from preceptor.serve.pages.map_grid import MapGrid
from preceptor.serve.theme import page, problem, student_navigation
from preceptor.serve.tongue import say
from preceptor.serve.words import count, days_ago, percent, score, student_path
from preceptor.workflow.views import ConceptView, StudentView

BANDS = {
    "new": "Not tried yet",
    "weak": "Needs work",
    "fading": "Fading",
    "steady": "Steady",
    "strong": "Strong",
}

STATES = {
    "new": "not tried yet",
    "weak": "needs work",
    "fading": "fading",
    "steady": "steady",
    "strong": "strong",
}


def register(desk: Desk) -> None:
    """Register the map page."""

    @ui.page("/student/{student_id}/map", response_timeout=30)
    async def concept_map(student_id: str) -> None:
        try:
            student: StudentView | UserError = await desk.ask(desk.classroom.student, student_id, desk.clock())
        except UserError as error:
            student = error
        with page("Map", desk.classroom.course_name, wide=True) as navigation:
            student_navigation(navigation, student_id, "Map")
            if isinstance(student, UserError):
                problem(student)
            else:
                _draw(student)
                last_path_panel(desk, student_id)


def _draw(student: StudentView) -> None:
    due = sum(concept.due for concept in student.concepts)
    with box("div", "page-head"):
        words("h1", say("{name}'s map", name=student.display_name))
        recalled = say("{recall} recalled on average", recall=percent(student.mean_recall))
        waiting = say("{reviews} due", reviews=count(due, "review"))
        words("p", f"{count(student.answers, 'answer')} · {recalled} · {waiting}", "lead")
        _legend()
    if not student.concepts:
        empty(say("Nothing on the map yet"), say("This course has no concepts so far."))
        return
    with box("div", "map-page"):
        grid_side = box("div", "map-side")
        detail = box("section", "card detail", id="detail", aria_live="polite", aria_label=say("Chosen concept"))

    async def choose(concept: ConceptView) -> None:
        detail.clear()
        with detail:
            _detail(student, concept)

    with grid_side:
        grid = MapGrid(student.concepts, level=_recall, band=_band, note=_note, choose=choose)
    first = _most_urgent(student.concepts)
    grid.mark_chosen(first.concept_id)
    with detail:
        _detail(student, first)


def _legend() -> None:
    with box("ul", "legend", aria_label=say("Colours")):
        for band, name in BANDS.items():
            words("li", say(name), f"band-{band}")


def _detail(student: StudentView, concept: ConceptView) -> None:
    with box("p", "chips"):
        words("span", say(BANDS[concept.band]), f"chip band-{concept.band}")
        if concept.due:
            words("span", say("Review due"), "chip due")
    words("h2", concept.name)
    words("p", _subtitle(concept), "muted small")
    if not concept.attempts:
        words("p", say("Not practised yet. The figures rest on related concepts and other students."), "muted small")
    with box("dl", "figures"):
        for days in (0, 7, 30):
            name = say("In {days} days", days=days) if days else say("Now")
            recall = concept.recall if days == 0 else recall_at(concept.forecast, days)
            with box("div"):
                words("dt", name)
                words("dd", "–" if recall is None else percent(recall))
    if student.knows_time:
        words("p", say("Recall if you do not practise:"), "muted small")
        markup("div", forecast_chart(concept.forecast))
    elif student.timed:
        words("p", say("This course's model leaves times out, so nothing is known about forgetting."), "muted small")
    else:
        words("p", say("This log has no times, so nothing is known about forgetting."), "muted small")
    _needs(student, concept)
    link(say("Practise now"), student_path(student.student_id), "button primary")


def _needs(student: StudentView, concept: ConceptView) -> None:
    known = {other.concept_id: other for other in student.concepts}
    needed = [known[name] for name in concept.prerequisites if name in known]
    if needed:
        words("h3", say("Builds on"))
        with box("ul", "plain-list"):
            for other in needed:
                words("li", f"{other.name} ({percent(other.recall)})")


def _subtitle(concept: ConceptView) -> str:
    parts = [concept.code] if concept.code else []
    if concept.attempts:
        parts.append(score(concept.correct, concept.attempts))
        if concept.last_practice_days is not None:
            parts.append(say("last {when}", when=days_ago(concept.last_practice_days)))
    return " · ".join(parts)


def _most_urgent(concepts: tuple[ConceptView, ...]) -> ConceptView:
    return min(concepts, key=lambda concept: (not concept.due, concept.attempts == 0, concept.recall))


def _recall(concept: ConceptView) -> float:
    return concept.recall


def _band(concept: ConceptView) -> str:
    return concept.band


def _note(concept: ConceptView) -> str:
    state = say("review due") if concept.due else say(STATES[concept.band])
    return f"{percent(concept.recall)} · {state}"

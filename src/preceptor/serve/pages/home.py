"""Choose who you are."""

from nicegui import ui

from preceptor.serve.desk import Desk
from preceptor.serve.elements import LONGEST_NAME, Press, bar, box, field, link, words
from preceptor.serve.theme import page
from preceptor.serve.tongue import say
from preceptor.serve.words import count, percent, student_path
from preceptor.workflow.views import RosterRow

SHOWN = 6
DEFAULT_NAME = "New student"


def register(desk: Desk) -> None:
    """Register the start page."""

    @ui.page("/")
    async def home() -> None:
        rows = await desk.ask(desk.classroom.roster, desk.clock())
        with page("Start", desk.classroom.course_name):
            with box("section", "hero"):
                words("h1", say("Practise what will help you most"))
                words("p", desk.classroom.course_name, "lead")
            with box("div", "start-grid"):
                _newcomer(desk)
                _teacher()
            if rows:
                _students(rows)


def _newcomer(desk: Desk) -> None:
    with box("section", "card start-card", aria_labelledby="new-title"):
        words("h2", say("I'm new here"), id="new-title")
        words("p", say("The first question comes at once. A name is optional."), "muted")
        with box("div", "inline-form"):
            name = field(say("Your name"), hidden_label=True, placeholder=say("Your name"), classes="grow")
            name.props["maxlength"] = str(LONGEST_NAME)

            async def start() -> None:
                display_name = (name.value or "").strip() or say(DEFAULT_NAME)
                student_id = await desk.ask(desk.classroom.add_student, display_name, desk.clock())
                ui.navigate.to(student_path(student_id))

            Press(say("Start"), start, "primary", key="Enter").mark("start")


def _teacher() -> None:
    with box("section", "card start-card", aria_labelledby="teacher-title"):
        words("h2", say("I'm the teacher"), id="teacher-title")
        words("p", say("See who needs what, and look after the questions."), "muted")
        link(say("Open the class"), "/teacher", "button")


def _students(rows: tuple[RosterRow, ...]) -> None:
    with box("section", "", aria_labelledby="known-title"):
        words("h2", say("Continue as"), "section-title", id="known-title")
        with box("div", "student-grid"):
            for row in sorted(rows, key=_place)[:SHOWN]:
                _student(row)
        if len(rows) > SHOWN:
            with box("p", "muted"):
                words("span", say("{students} in ", students=count(len(rows) - SHOWN, "more student")))
                link(say("the class list"), "/teacher")


def _student(row: RosterRow) -> None:
    with link("", student_path(row.student_id), "card student-card").mark("student-card"):
        words("span", row.display_name, "student-name")
        if row.simulated:
            words("span", say("simulated"), "chip small")
        words("span", f"{count(row.answers, 'answer')} · {say('{number} due', number=row.due)}", "muted small")
        bar(row.mean_recall, "")
        words("span", say("{recall} recalled", recall=percent(row.mean_recall)), "muted small")


def _place(row: RosterRow) -> tuple[bool, float]:
    """Students with a name first, and of them who practised last, so that a newcomer finds the way back."""
    away = float("inf") if row.last_active_days is None else row.last_active_days
    return row.display_name == row.student_id, away

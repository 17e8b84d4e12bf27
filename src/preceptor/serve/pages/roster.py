"""The teacher's list of students: search, sort, rename, download."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from preceptor.serve.desk import Desk
from preceptor.serve.elements import LONGEST_NAME, Press, bar, box, empty, field, friendly, link, words
from preceptor.serve.theme import page, teacher_navigation
from preceptor.serve.tongue import figure, say
from preceptor.serve.words import count, days_ago, percent, student_path
from preceptor.workflow.views import RosterRow

PAGE_ROWS = 25


@dataclass(frozen=True)
class SortKey:
    """A column one can sort by.

    Args:
        name: The heading in English.
        value: What is compared.
    """

    name: str
    value: Callable[[RosterRow], Any]


COLUMNS = (
    SortKey("Student", lambda row: row.display_name.casefold()),
    SortKey("Answers", lambda row: row.answers),
    SortKey("Recall", lambda row: row.mean_recall),
    SortKey("Reviews due", lambda row: row.due),
    SortKey("Weakest concept", lambda row: row.weakest.casefold()),
    SortKey("Last active", lambda row: float("inf") if row.last_active_days is None else row.last_active_days),
)


def register(desk: Desk) -> None:
    """Register the roster page."""

    @ui.page("/teacher", response_timeout=30)
    async def roster() -> None:
        rows = await desk.ask(desk.classroom.roster, desk.clock())
        with page("Students", desk.classroom.course_name, wide=True) as navigation:
            teacher_navigation(navigation, "Students")
            with box("div", "page-head"):
                words("h1", say("Students"))
                words("p", f"{desk.classroom.course_name} · {count(len(rows), 'student')}", "lead")
            if rows:
                Roster(desk, rows).draw()
            else:
                empty(say("No students yet"), say("They appear here as soon as someone starts on the first page."))


class Roster:
    """The table with its search, order and page.

    Args:
        desk: The services.
        rows: Every student.
    """

    def __init__(self, desk: Desk, rows: tuple[RosterRow, ...]) -> None:
        self._desk, self._rows = desk, rows
        self._column, self._descending, self._page, self._search = 0, False, 0, ""

    def draw(self) -> None:
        """Draw the tools and the table."""
        with box("div", "tools"):
            placeholder = say("Search by name or concept")
            search = field(say("Search"), hidden_label=True, placeholder=placeholder, classes="grow")
            search.mark("search").on_value_change(lambda event: self._find(event.value or ""))
            link(say("Download CSV"), "/teacher/students.csv", "button", download="students.csv")
        self._table = box("div", "table-wrap")
        self._fill()

    def _find(self, text: str) -> None:
        self._search, self._page = text.strip().casefold(), 0
        self._fill()

    def _found(self) -> list[RosterRow]:
        found = [row for row in self._rows if self._search in f"{row.display_name} {row.weakest}".casefold()]
        return sorted(found, key=COLUMNS[self._column].value, reverse=self._descending)

    def _fill(self) -> None:
        found = self._found()
        shown = found[self._page * PAGE_ROWS : (self._page + 1) * PAGE_ROWS]
        self._table.clear()
        with self._table:
            if not found:
                empty(say("Nobody found"), say("Try a shorter search."))
                return
            with box("table", "table roster"):
                words("caption", count(len(found), "student"), "sr-only")
                with box("thead"), box("tr"):
                    for i in range(len(COLUMNS)):
                        self._heading(i)
                    words("th", say("Name"), "sr-only-cell", scope="col")
                with box("tbody"):
                    for row in shown:
                        self._line(row)
            if len(found) > PAGE_ROWS:
                self._pager(len(found))

    def _heading(self, i: int) -> None:
        direction = "descending" if self._descending else "ascending"

        async def sort() -> None:
            self._descending = self._column == i and not self._descending
            self._column, self._page = i, 0
            self._fill()

        with box("th", "", scope="col", aria_sort=direction if i == self._column else "none"):
            sign = (" ↓" if self._descending else " ↑") if i == self._column else ""
            Press(f"{say(COLUMNS[i].name)}{sign}", sort, "heading").mark(f"sort-{i}")

    def _line(self, row: RosterRow) -> None:
        with box("tr"):
            with box("th", "", scope="row"):
                name = box("div", "name-cell")
                with name:
                    link(row.display_name, student_path(row.student_id, "map"))
                    if row.simulated:
                        words("span", say("simulated"), "chip small")
            words("td", figure(f"{row.answers:,}"), "number", data_label=say("Answers"))
            with box("td", "recall-cell", data_label=say("Recall")):
                bar(row.mean_recall, "")
                words("span", percent(row.mean_recall), "number")
            words("td", str(row.due), "number", data_label=say("Reviews due"))
            words("td", row.weakest or "–", data_label=say("Weakest concept"))
            last = say("never") if row.last_active_days is None else days_ago(row.last_active_days)
            words("td", last, data_label=say("Last active"))
            with box("td", "row-action"):
                self._rename(row, name)

    def _rename(self, row: RosterRow, cell: ui.element) -> None:
        async def edit() -> None:
            cell.clear()
            with cell:
                self._editor(row)

        Press(say("Rename"), edit, "quiet small", aria_label=say("Rename {name}", name=row.display_name)).mark("rename")

    def _editor(self, row: RosterRow) -> None:
        label = say("New name of {name}", name=row.display_name)
        name = field(label, hidden_label=True, value=row.display_name)
        name.mark("new-name").props["maxlength"] = str(LONGEST_NAME)
        name.props["data-autofocus"] = ""

        async def save() -> None:
            await self._desk.ask(self._desk.classroom.rename, row.student_id, (name.value or "").strip())
            self._rows = await self._desk.ask(self._desk.classroom.roster, self._desk.clock())
            self._fill()

        async def save_by_enter() -> None:
            with friendly():
                await save()

        name.on("keydown.enter", save_by_enter, [])
        Press(say("Save"), save, "small").mark("save-name")

    def _pager(self, found: int) -> None:
        last = (found - 1) // PAGE_ROWS

        async def turn(step: int) -> None:
            self._page = min(max(self._page + step, 0), last)
            self._fill()

        with box("nav", "pager", aria_label=say("Pages of the list")):
            Press(say("Back"), lambda: turn(-1), "small").mark("page-back").set_enabled(self._page > 0)
            first = self._page * PAGE_ROWS
            shown = f"{first + 1}–{min(first + PAGE_ROWS, found)}"
            words("span", say("{shown} of {total}", shown=shown, total=figure(f"{found:,}")), "muted")
            Press(say("More"), lambda: turn(1), "small").mark("page-more").set_enabled(self._page < last)

"""The frame of every page: head, navigation, main part, light and dark."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from nicegui import ui

from preceptor.domain import UserError
from preceptor.serve.elements import box, link, markup, words
from preceptor.serve.maths import text_html
from preceptor.serve.mistakes import given, mend
from preceptor.serve.tongue import say
from preceptor.serve.words import student_path

STATIC = Path(__file__).parent / "static"
ASSETS = "/assets"
STUDENT_PAGES = (("Practise", ""), ("Tutor", "tutor"), ("Map", "map"))
TEACHER_PAGES = (
    ("Students", "/teacher"),
    ("Class", "/teacher/class"),
    ("Questions", "/teacher/questions"),
    ("Concepts", "/teacher/concepts"),
)
_MARK = (
    '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
    '<path class="mark-line" d="M3 19 C8 19 9 6 20 5" fill="none" stroke-width="2.5" stroke-linecap="round"></path>'
    '<circle class="mark-dot" cx="20" cy="5" r="2.5"></circle><circle class="mark-dot" cx="3.5" cy="19" r="2.5">'
    "</circle></svg>"
)
_MOON = (
    '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
    '<path d="M12 3a9 9 0 1 0 0 18z" fill="currentColor"></path>'
    '<circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="1.8"></circle></svg>'
)


def mount_assets(app: FastAPI) -> None:
    """Serve the style sheet and the small script."""
    app.mount(ASSETS, StaticFiles(directory=STATIC), name="assets")


@contextmanager
def page(title: str, course_name: str, *, wide: bool = False) -> Iterator[ui.element]:
    """Draw the frame; what is drawn inside lands in the main part.

    Args:
        title: The page's name in English.
        course_name: Of the course.
        wide: Whether the page needs the whole width.
    """
    _head(f"{say(title)} · {course_name}")
    markup("div", f'<a class="skip" href="#main">{text_html(say("Skip to the content"))}</a>')
    with box("header", "top"):
        with link("", "/", "brand", aria_label=say("Preceptor, start page")):
            markup("span", _MARK, "brand-mark")
            words("span", "Preceptor", "brand-name")
        navigation = box("nav", "nav", aria_label=say("Pages"))
        with box("button", "icon-button", type="button", data_theme_toggle="", aria_label=say("Light or dark")):
            markup("span", _MOON)
    with box("main", "main wide" if wide else "main", id="main", tabindex="-1"):
        yield navigation
    with box("footer", "foot"):
        words("span", course_name, "muted small")  # says on every page where the students are simulated


def student_navigation(navigation: ui.element, student_id: str, here: str) -> None:
    """Fill the navigation with a student's pages; `here` is the English name of this one."""
    _navigate(navigation, tuple((name, student_path(student_id, page)) for name, page in STUDENT_PAGES), here)


def teacher_navigation(navigation: ui.element, here: str) -> None:
    """Fill the navigation with the teacher's pages; `here` is the English name of this one."""
    _navigate(navigation, TEACHER_PAGES, here)


def problem(error: UserError) -> None:
    """What stands where a page could not be built."""
    with box("section", "card problem", role="alert"):
        words("h1", say("That did not work"))
        words("p", given(error))
        if error.mend:
            words("p", mend(error), "muted")
        link(say("Back to the start"), "/", "button primary")


def _navigate(navigation: ui.element, pages: tuple[tuple[str, str], ...], here: str) -> None:
    with navigation:
        for name, target in pages:
            element = link(say(name), target, "nav-link")
            if name == here:
                element.props["aria-current"] = "page"


def _head(title: str) -> None:
    ui.page_title(title)
    version = _version()
    ui.add_head_html(f'<link rel="stylesheet" href="{ASSETS}/preceptor.css?{version}">')
    ui.add_head_html(f'<script src="{ASSETS}/preceptor.js?{version}"></script>')


@cache
def _version() -> str:
    """A name for the assets' content, so that a browser never keeps an old style sheet."""
    return blake2b(b"".join(path.read_bytes() for path in sorted(STATIC.iterdir())), digest_size=6).hexdigest()

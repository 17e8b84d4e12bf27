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
from preceptor.serve.words import student_path

STATIC = Path(__file__).parent / "static"
ASSETS = "/assets"
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
    """Draw the frame; what is drawn inside lands in the main part."""
    _head(f"{title} · {course_name}")
    markup("div", '<a class="skip" href="#main">Skip to the content</a>')
    with box("header", "top"):
        with link("", "/", "brand", aria_label="Preceptor, start page"):
            markup("span", _MARK, "brand-mark")
            words("span", "Preceptor", "brand-name")
        navigation = box("nav", "nav", aria_label="Pages")
        with box("button", "icon-button", type="button", data_theme_toggle="", aria_label="Light or dark"):
            markup("span", _MOON)
    with box("main", "main wide" if wide else "main", id="main", tabindex="-1") as main:
        yield navigation
    main.props["data-ready"] = ""


def student_navigation(navigation: ui.element, student_id: str, here: str) -> None:
    """Fill the navigation with a student's pages."""
    pages = (("Practise", ""), ("Tutor", "tutor"), ("Map", "map"))
    _navigate(navigation, tuple((name, student_path(student_id, page)) for name, page in pages), here)


def teacher_navigation(navigation: ui.element, here: str) -> None:
    """Fill the navigation with the teacher's pages."""
    pages = (("Students", "/teacher"), ("Class", "/teacher/class"), ("Questions", "/teacher/questions"))
    _navigate(navigation, pages, here)


def problem(error: UserError) -> None:
    """What stands where a page could not be built."""
    with box("section", "card problem", role="alert"):
        words("h1", "That did not work")
        words("p", error.given)
        if error.mend:
            words("p", f"To mend it: {error.mend}.", "muted")
        link("Back to the start", "/", "button primary")


def _navigate(navigation: ui.element, pages: tuple[tuple[str, str], ...], here: str) -> None:
    with navigation:
        for name, target in pages:
            element = link(name, target, "nav-link")
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

"""The few building blocks of every page: text, buttons that wait, labelled fields, notices."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.disableable_element import DisableableElement

from preceptor.domain import UserError
from preceptor.serve.maths import maths_html, text_html
from preceptor.serve.mistakes import given, mend
from preceptor.serve.tongue import say

Action = Callable[[], Awaitable[None]]
LONGEST_NAME = 60


def box(tag: str = "div", classes: str = "", **attributes: str) -> ui.element:
    """An HTML element to fill with others; `aria_label` becomes `aria-label`."""
    element = ui.element(tag).classes(classes)
    for name, value in attributes.items():
        element.props[name.replace("_", "-").strip("-")] = value
    return element


def words(tag: str, text: str, classes: str = "", **attributes: str) -> ui.html:
    """Plain text, escaped."""
    return _filled(tag, text_html(text), classes, attributes)


def maths(tag: str, text: str, classes: str = "", **attributes: str) -> ui.html:
    """Text with mathematics between dollar signs."""
    return _filled(tag, maths_html(text), classes, attributes)


def markup(tag: str, safe_html: str, classes: str = "", **attributes: str) -> ui.html:
    """HTML that this package made and escaped itself; the browser sanitises it once more."""
    return _filled(tag, safe_html, classes, attributes)


def link(text: str, target: str, classes: str = "", **attributes: str) -> ui.link:
    """A link inside the app."""
    element = ui.link(text, target).classes(classes)
    for name, value in attributes.items():
        element.props[name.replace("_", "-").strip("-")] = value
    return element


class Press(DisableableElement):
    """A native button that is out of service while its action runs, so that a double click is one click.

    Args:
        label: The text; mathematics in dollar signs is rendered.
        action: What to do; mistakes of the user become a notice.
        classes: CSS classes besides `button`.
        key: The keyboard key that presses it, for example "Enter" or "h"; empty if none.
        attributes: HTML attributes, `aria_label` for `aria-label`.
    """

    def __init__(self, label: str, action: Action, classes: str = "", key: str = "", **attributes: str) -> None:
        super().__init__(tag="button")
        self.classes(f"button {classes}")
        self.props["type"] = "button"
        if key:
            self.props["data-key"] = key
            self.props["aria-keyshortcuts"] = key
        for name, value in attributes.items():
            self.props[name.replace("_", "-").strip("-")] = value
        with self:
            self.face = maths("span", label)
        self._action = action
        self.on("click", self._press, [])

    async def _press(self) -> None:
        if self.is_deleted or not self.enabled:
            return
        self.props["aria-busy"] = "true"
        self.disable()
        try:
            with friendly():
                await self._action()
        finally:
            if not self.is_deleted:
                self.props["aria-busy"] = "false"
                self.enable()

    def _handle_enabled_change(self, enabled: bool) -> None:
        self.props["disabled"] = not enabled


def field(label: str, *, classes: str = "", hidden_label: bool = False, **options: Any) -> ui.input:
    """A one-line input with its label above.

    Args:
        label: The label; read out even if hidden.
        classes: CSS classes of the input.
        hidden_label: Whether only screen readers get the label.
        options: Passed on to `nicegui.ui.input`.
    """
    caption = words("label", label, "sr-only" if hidden_label else "field-label")
    element = ui.input(**options).props("outlined dense").classes(f"field {classes}")
    element.props["maxlength"] = "500"
    caption.props["for"] = element.html_id
    return element


@contextmanager
def disclosure(title: str, classes: str = "", *, is_open: bool = False) -> Iterator[ui.element]:
    """A native fold: a title that opens what is drawn inside."""
    with box("details", f"fold {classes}") as details:
        details.props["open"] = is_open
        words("summary", title)
        with box("div", "fold-body"):
            yield details


@contextmanager
def friendly() -> Iterator[None]:
    """Turn a user's mistake into a notice instead of an error page."""
    try:
        yield
    except UserError as error:
        notice(error)


def notice(error: UserError) -> None:
    """Say what went wrong and how to mend it."""
    told = " ".join(part for part in (given(error), mend(error)) if part)
    close = {"label": say("Close"), "color": "dark"}
    ui.notify(told, type="warning", position="top", multi_line=True, actions=[close])


def empty(title: str, text: str) -> ui.element:
    """What stands where there is nothing yet."""
    with box("div", "empty", role="status") as element:
        words("h2", title)
        words("p", text)
    return element


def bar(share: float, label: str, band: str = "") -> ui.html:
    """A level between 0 and 1, readable without colours.

    Args:
        share: The level.
        label: What a screen reader says; empty where the figure stands beside it.
        band: Colours the level, see `preceptor.workflow.views.ConceptView`.
    """
    width = 100 * min(1.0, max(0.0, share))
    fill = f'<span class="bar-fill" style="width:{width:.1f}%"></span>'
    told = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return markup("span", fill, f"bar band-{band or 'plain'}", **told)


def _filled(tag: str, safe_html: str, classes: str, attributes: dict[str, str]) -> ui.html:
    element = ui.html(safe_html, tag=tag).classes(classes)
    for name, value in attributes.items():
        element.props[name.replace("_", "-").strip("-")] = value
    return element

"""What both pages of the review are made of."""

from collections.abc import Awaitable, Callable, Iterable

from nicegui import ui

from preceptor.serve.elements import Press, box, field, link, maths
from preceptor.serve.tongue import say
from preceptor.serve.words import concept_path
from preceptor.workflow.review_views import Decision

NAMES = "concept-names"
UNSURE, SURE = 0.5, 0.8


def concept_names(names: Iterable[str]) -> None:
    """What `name_field` offers while one types."""
    with box("datalist", id=NAMES):
        for name in names:
            box("option", value=name)


def name_field(label: str, *, hidden_label: bool = True) -> ui.input:
    """A field for the name of a concept that is there."""
    placeholder = label if hidden_label else ""
    element = field(label, hidden_label=hidden_label, placeholder=placeholder, classes="grow")
    element.props["data-list"] = NAMES
    element.props["autocomplete"] = "off"
    return element.mark("concept-name")


def concept_link(concept_id: str, name: str, explanation: str = "") -> None:
    """A concept's name, with its mathematics, that leads to its page, which says the whole of it, as the tip does."""
    tip = {"title": explanation} if explanation else {}
    with link("", concept_path(concept_id), **tip):
        maths("span", name)


def decision_line(decision: Decision, undo: Callable[[str], Awaitable[None]], classes: str = "card") -> None:
    """What was decided, with the button that takes it back."""
    with box("div", f"decision {classes}", role="status" if classes else "group"):
        with box("div", "decision-text"):
            maths("p", say(decision.told.sentence, **decision.told.parts))
            if decision.text:
                maths("p", decision.text, "muted small clamp")

        async def take_back() -> None:
            await undo(decision.event_id)

        Press(say("Undo"), take_back, "small").mark("undo")


def sureness(confidence: float) -> str:
    """The band that colours a confidence."""
    if confidence < UNSURE:
        return "weak"
    return "fading" if confidence < SURE else "strong"

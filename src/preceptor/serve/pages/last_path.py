"""The last sitting of a student as a picture: the questions, and how recall of their concepts went."""

from preceptor.path_picture import Cell, Line, PathPicture
from preceptor.serve.desk import Desk
from preceptor.serve.elements import box, disclosure, markup, maths, words
from preceptor.serve.tongue import say
from preceptor.serve.words import percent
from preceptor.workflow.views import ConceptPath, PathStep, PathView

LEFT = 250
LONGEST_NAME = 36


def last_path_panel(desk: Desk, student_id: str) -> None:
    """Draw the closed fold; the path is asked for when it is first opened, since the replay takes a moment.

    Args:
        desk: The services.
        student_id: The student.
    """
    with disclosure(say("Last sitting"), "last-path") as details:
        inside = box("div", "path-body")
    loaded = False

    async def load() -> None:
        nonlocal loaded
        if loaded:
            return
        loaded = True
        path = await desk.ask(desk.classroom.last_path, student_id, desk.clock())
        with inside:
            draw(path)

    details.mark("last-path").on("toggle", load, [])


def draw(path: PathView) -> None:
    """Draw the picture, and tell the same in words below."""
    if not path.steps or not path.concepts:
        words("p", say("No answers yet."), "muted")
        return
    named = say("What was asked, and how recall went")
    markup("div", picture(path), "path-scroll", role="group", tabindex="0", aria_label=named)
    if not path.sitting:
        words("p", say("These are the last imported answers."), "muted small")
    with box("ul", "plain-list small"):
        for concept in path.concepts:
            words("li", f"{concept.name}: {percent(concept.recall[0])} → {percent(concept.recall[-1])}")
    with box("ol", "evidence"):
        for step in path.steps:
            with box("li", "right" if _right(step) else "wrong"):
                maths("span", step.text)
                words("span", _outcome(step), "muted small")


def picture(path: PathView) -> str:
    """The path as SVG in the colours of the page: a line and a row for each concept."""
    return PathPicture(
        title=say("What was asked, and how recall went"),
        axis=say("recall, before each question and at the end"),
        lines=tuple(_line(path, concept) for concept in path.concepts),
        left=LEFT,
        style="",
    ).svg()


def _line(path: PathView, concept: ConceptPath) -> Line:
    cells = [_cell(step) if concept.concept_id in step.concepts else None for step in path.steps]
    cut = len(concept.name) > LONGEST_NAME
    name = concept.name[: LONGEST_NAME - 1].rstrip() + "…" if cut else concept.name
    return Line(name, concept.recall, tuple(cells))


def _cell(step: PathStep) -> Cell:
    return Cell("✓" if _right(step) else "✗", f"{step.text} ({_outcome(step)})", _right(step))


def _right(step: PathStep) -> bool:
    return step.correct >= 0.5


def _outcome(step: PathStep) -> str:
    return say("right" if _right(step) else "wrong")

"""The editor of a question's worked steps."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import ui

from preceptor.serve.elements import Press, box, words
from preceptor.serve.tongue import say
from preceptor.workflow.review_views import StepView

LONGEST_STEP = 2000


@dataclass
class Line:
    """One step while it is edited."""

    text: str
    concepts: set[str]
    result: str


class StepsEditor:
    """Steps to change, add and take away; nothing counts before it is saved.

    Args:
        steps: The steps as they stand.
        names: The concepts a step may use.
        save: Keeps the steps.
    """

    def __init__(
        self,
        steps: tuple[StepView, ...],
        names: tuple[str, ...],
        save: Callable[[tuple[StepView, ...]], Awaitable[None]],
    ) -> None:
        self._given, self._names, self._save = steps, names, save
        self._lines = [Line(step.text, set(step.concepts), step.result) for step in steps] or [_empty()]

    def draw(self) -> None:
        """Draw the lines and the buttons below."""
        self._box = box("div", "stack")
        self._fill()
        with box("div", "report-acts"):
            Press(say("Add a step"), self._add, "small").mark("add-step")
            Press(say("Save the steps"), self._keep, "small primary").mark("save-steps")

    def _fill(self) -> None:
        self._box.clear()
        with self._box:
            for number, line in enumerate(self._lines, start=1):
                self._line(number, line)

    def _line(self, number: int, line: Line) -> None:
        with box("fieldset", "step-editor"):
            words("legend", say("Step {number}", number=number), "field-label")
            text = ui.textarea(value=line.text).props("outlined dense autogrow").classes("field").mark("step-text")
            text.props["aria-label"] = say("Text of step {number}", number=number)
            text.props["maxlength"] = str(LONGEST_STEP)
            text.on_value_change(lambda event: setattr(line, "text", event.value or ""))
            with box("div", "chips"):
                for name in self._names:
                    self._concept(line, name)
                Press(say("Remove"), self._remover(line), "quiet small").mark("remove-step")

    def _concept(self, line: Line, name: str) -> None:
        tick = ui.checkbox(name, value=name in line.concepts).classes("tick").mark("step-concept")
        tick.on_value_change(lambda event: line.concepts.add(name) if event.value else line.concepts.discard(name))

    def _remover(self, line: Line) -> Callable[[], Awaitable[None]]:
        async def remove() -> None:
            self._lines = [other for other in self._lines if other is not line]
            self._fill()

        return remove

    async def _add(self) -> None:
        self._lines.append(_empty())
        self._fill()

    async def _keep(self) -> None:
        order = [*self._names, *sorted({name for line in self._lines for name in line.concepts} - set(self._names))]
        await self._save(
            tuple(
                StepView(line.text, tuple(name for name in order if name in line.concepts), line.result)
                for line in self._lines
            )
        )


def _empty() -> Line:
    return Line("", set(), "")

"""Items to be put in order with buttons: for fingers, for the keyboard, and for screen readers."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from preceptor.serve.elements import Press, box, maths
from preceptor.serve.maths import maths_html
from preceptor.serve.tongue import say
from preceptor.workflow.views import QuestionView

UP, DOWN = "up", "down"
MOVES = {UP: "Move {item} up", DOWN: "Move {item} down"}
SIGNS = {UP: "↑", DOWN: "↓"}
SEPARATORS = {"de": "; "}


class OrderList:
    """A list whose rows stay where they are while their items change places; the focus follows the moved item.

    Args:
        question: Its options are the items.
        fill: Receives the answer after every move, as it would be typed.
    """

    def __init__(self, question: QuestionView, fill: Callable[[str], None]) -> None:
        self._fill = fill
        self._separator = SEPARATORS.get(question.language, ", ")
        self._items = list(zip(question.options, question.options_shown or question.options, strict=True))
        self._faces: list[ui.html] = []
        self._buttons: dict[tuple[int, str], Press] = {}
        with box("ol", "order", aria_label=say("Items in your order")):
            for row in range(len(self._items)):
                self._row(row)
        self._label()

    def _row(self, row: int) -> None:
        with box("li", "order-row").mark(f"order-{row + 1}"):
            self._faces.append(maths("span", self._items[row][1], "order-item"))
            for way in (UP, DOWN):
                if 0 <= self._target(row, way) < len(self._items):
                    button = Press(SIGNS[way], self._moving(row, way), "order-move")
                    self._buttons[row, way] = button.mark(f"{way}-{row + 1}")

    def _moving(self, row: int, way: str) -> Callable[[], Awaitable[None]]:
        async def move() -> None:
            self._move(row, way)

        return move

    def _move(self, row: int, way: str) -> None:
        target = self._target(row, way)
        self._items[row], self._items[target] = self._items[target], self._items[row]
        for place in (row, target):
            self._faces[place].set_content(maths_html(self._items[place][1]))
        self._label()
        self._fill(self._separator.join(typed for typed, _ in self._items))
        follows = self._buttons.get((target, way)) or self._buttons[target, UP if way == DOWN else DOWN]
        ui.run_javascript(f"document.getElementById('{follows.html_id}')?.focus()")

    def _label(self) -> None:
        for (row, way), button in self._buttons.items():
            button.props["aria-label"] = say(MOVES[way], item=self._items[row][0])
            button.update()

    @staticmethod
    def _target(row: int, way: str) -> int:
        return row - 1 if way == UP else row + 1

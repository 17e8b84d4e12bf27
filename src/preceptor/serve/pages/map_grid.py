"""The grid of concept tiles, for one student and for the class."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

from preceptor.serve.charts import arrows
from preceptor.serve.elements import Press, bar, box, markup, words
from preceptor.serve.map_layout import Placed, cells, columns


class Tile(Placed, Protocol):
    """A concept that can be drawn as a tile."""

    @property
    def name(self) -> str:
        """Its name."""
        ...


T = TypeVar("T", bound=Tile)


class MapGrid(Generic[T]):
    """Tiles in columns with links behind them; one tile is chosen.

    Args:
        concepts: What to draw.
        level: The recall of a concept, 0..1.
        band: The band of a concept, which colours it.
        note: What stands in the tile's second line.
        choose: Called with the concept a student or teacher picks.
    """

    def __init__(
        self,
        concepts: Sequence[T],
        *,
        level: Callable[[T], float],
        band: Callable[[T], str],
        note: Callable[[T], str],
        choose: Callable[[T], Awaitable[None]],
    ) -> None:
        self._level, self._band, self._note, self._choose = level, band, note, choose
        self._columns = columns(concepts)
        self._cells = cells(self._columns)
        self._needs = {concept.concept_id: concept.prerequisites for concept in concepts}
        self._rows = max((len(column.concepts) for column in self._columns), default=0)
        self._tiles: dict[str, Press] = {}
        self._draw()

    def _draw(self) -> None:
        with box("div", "map" if self._cells else "map unlinked") as grid:
            grid.style(f"--columns: {max(len(self._columns), 1)}; --rows: {self._rows}")
            self._links = markup("div", "", "links-layer")
            for column in self._columns:
                with box("section", "map-column"):
                    words("h2", column.title, "map-title")
                    with box("ul", "tiles"):
                        for concept in column.concepts:
                            self._tile(concept)

    def _tile(self, concept: T) -> None:
        async def pick() -> None:
            self.mark_chosen(concept.concept_id)
            await self._choose(concept)

        level, band = self._level(concept), self._band(concept)
        with box("li"), Press("", pick, f"tile band-{band}", data_jump="detail") as press:
            press.mark(f"concept-{concept.concept_id}").props["aria-pressed"] = "false"
            press.face.delete()
            words("span", concept.name, "tile-name", title=concept.name)
            bar(level, "", band)
            words("span", self._note(concept), "tile-note")
        self._tiles[concept.concept_id] = press

    def mark_chosen(self, concept_id: str) -> None:
        """Show which concept is chosen and what it is linked with."""
        for name, press in self._tiles.items():
            chosen = str(name == concept_id).lower()
            if press.props["aria-pressed"] != chosen:
                press.props["aria-pressed"] = chosen
                press.update()
        if self._cells:
            self._links.set_content(arrows(self._cells, self._needs, concept_id, self._rows))

"""The sources of whole rooms: what earlier code found is not taken for what this code finds."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def sources_of(room: str) -> tuple[tuple[str, str], ...]:
    """Name and text of every module of a room, for example "recommend"."""
    folder = Path(find_spec(f"preceptor.{room}").submodule_search_locations[0])  # type: ignore[union-attr,index]
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.py")))

"""The sources of whole rooms: what earlier code found is not taken for what this code finds."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def sources_of(name: str) -> tuple[tuple[str, str], ...]:
    """Name and text of every module of a room, "recommend", or of one module, "workflow.judging"."""
    origin = Path(find_spec(f"preceptor.{name}").origin)  # type: ignore[union-attr,arg-type]
    files = sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in files)


@cache
def prompts_of(room: str) -> tuple[tuple[str, str], ...]:
    """Place and text of every prompt of a room: a model that is asked otherwise says something else."""
    folder = Path(find_spec(f"preceptor.{room}.prompts").origin).parent  # type: ignore[union-attr,arg-type]
    files = sorted(folder.rglob("*.md"))
    return tuple((file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")) for file in files)

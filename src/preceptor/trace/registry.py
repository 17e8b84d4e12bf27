"""Tracers by name; a name costs no import until it is used."""

import json
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, cast

from preceptor.domain import QMatrix, unknown_name
from preceptor.trace.contract import Tracer

TRACERS = {
    "history": "preceptor.trace.history:HistoryTracer",
    "dkt": "preceptor.trace.dkt:DktTracer",
}
GROUP = "preceptor.tracers"


def tracer_names() -> tuple[str, ...]:
    """Names of all tracers, those of outside packages included."""
    return tuple(sorted({*TRACERS, *(point.name for point in entry_points(group=GROUP))}))


def tracer_class(name: str) -> type[Tracer]:
    """The class behind a name.

    Raises:
        UserError: If no tracer has this name.
    """
    outside = {point.name: point.value for point in entry_points(group=GROUP)}
    target = {**outside, **TRACERS}.get(name)
    if target is None:
        raise unknown_name("tracer", name, tracer_names())
    module, attribute = target.split(":")
    return cast(type[Tracer], getattr(import_module(module), attribute))


def make_tracer(name: str, q_matrix: QMatrix, **options: Any) -> Tracer:
    """Build an unfitted tracer."""
    return tracer_class(name)(q_matrix, **options)


def load_tracer(folder: Path, q_matrix: QMatrix) -> Tracer:
    """Load whatever tracer `folder` holds; its config names the class."""
    name = json.loads((folder / "config.json").read_text())["name"]
    return tracer_class(name).load(folder, q_matrix)

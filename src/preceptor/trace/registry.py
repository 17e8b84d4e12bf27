"""Tracers by name."""

import json
from pathlib import Path
from typing import Any, cast

from preceptor.domain import QMatrix
from preceptor.registry import Registry
from preceptor.trace.contract import Tracer
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.model_files import CONFIG

TRACERS = Registry(
    "tracer",
    "preceptor.tracers",
    {
        "history": "preceptor.trace.history:HistoryTracer",
        "bkt": "preceptor.trace.bkt:BktTracer",
        "das3h": "preceptor.trace.das3h:Das3hTracer",
        "dkt": "preceptor.trace.dkt:DktTracer",
        "sakt": "preceptor.trace.sakt:SaktTracer",
        "akt": "preceptor.trace.akt:AktTracer",
        "simplekt": "preceptor.trace.simplekt:SimpleKtTracer",
        "dkvmn": "preceptor.trace.dkvmn:DkvmnTracer",
        "lpkt": "preceptor.trace.lpkt:LpktTracer",
        "semantic-dkt": "preceptor.trace.semantic_dkt:SemanticDktTracer",
    },
)


def tracer_names() -> tuple[str, ...]:
    """Names of all tracers, other packages' included."""
    return TRACERS.names()


def tracer_class(name: str) -> type[Tracer]:
    """The class behind a name.

    Raises:
        UserError: If no tracer has this name.
    """
    return cast(type[Tracer], TRACERS.resolve(name))


def make_tracer(name: str, q_matrix: QMatrix, **options: Any) -> Tracer:
    """Build an unfitted tracer."""
    return tracer_class(name)(q_matrix, **options)


def load_tracer(folder: Path, q_matrix: QMatrix, vectors: QuestionVectors | None = None, **placement: Any) -> Tracer:
    """Load whatever tracer `folder` holds; its config names the class; `vectors` as in `Tracer.load`."""
    name = json.loads((folder / CONFIG).read_text())["name"]
    return tracer_class(name).load(folder, q_matrix, vectors, **placement)

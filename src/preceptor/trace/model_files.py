"""Tracers as files: weights, settings and the vocabulary they belong to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from preceptor.domain import QMatrix, UserError
from preceptor.trace.inputs import QuestionVectors

if TYPE_CHECKING:
    from preceptor.trace.contract import Tracer

TracerType = TypeVar("TracerType", bound="Tracer")

WEIGHTS, CONFIG = "weights.safetensors", "config.json"


def save_model(tracer: "Tracer", folder: Path) -> None:
    """Write weights, settings and vocabulary into an existing folder."""
    save_file({name: np.ascontiguousarray(value) for name, value in tracer.weights().items()}, folder / WEIGHTS)
    config = {
        "name": tracer.name,
        "version": tracer.version,
        "settings": tracer.settings(),
        "concepts": list(tracer.q_matrix.concept_ids),
        "questions": list(tracer.q_matrix.question_ids) if tracer.by_question else [],
    }
    (folder / CONFIG).write_text(json.dumps(config))


def load_model(tracer_class: type[TracerType], folder: Path, q_matrix: QMatrix, **placement: Any) -> TracerType:
    """Read what `save_model` wrote, for a bank that may have grown since.

    Raises:
        UserError: If an earlier version of this package wrote the files, or the concepts are others and the model
            cannot take new ones.
    """
    config = json.loads((folder / CONFIG).read_text())
    if "settings" not in config:
        raise UserError(
            f"The model in {folder.name} was saved by an earlier version of this package.",
            mend=f"run `preceptor train COURSE --model {config['name']}` again",
        )
    if config["concepts"] != list(q_matrix.concept_ids) and not tracer_class.by_concept:
        raise UserError(
            f"The model in {folder.name} was trained on other concepts than the bank has now.",
            allowed="a model and a bank with the same concepts",
            mend=f"run `preceptor train COURSE --model {config['name']}` again",
        )
    tracer = tracer_class(q_matrix, **_arguments(config["settings"], q_matrix), **placement)
    weights = load_file(folder / WEIGHTS)
    for names, trained, now in (
        (tracer_class.by_question, config["questions"], q_matrix.question_ids),
        (tracer_class.by_concept, config["concepts"], q_matrix.concept_ids),
    ):
        weights |= {name: _reordered(weights[name], trained, now) for name in names & weights.keys()}
    tracer.set_weights(weights)
    return tracer


def weights_version(name: str, settings: Mapping[str, Any], weights: Mapping[str, NDArray[Any]]) -> str:
    """Sixteen hexadecimal digits that change with any weight."""
    content = hashlib.sha256(json.dumps([name, settings], sort_keys=True).encode())
    for key in sorted(weights):
        content.update(key.encode() + np.ascontiguousarray(weights[key]).tobytes())
    return content.hexdigest()[:16]


def _arguments(settings: dict[str, Any], q_matrix: QMatrix) -> dict[str, Any]:
    if not settings.get("vectors"):
        return settings
    vectors = QuestionVectors.blank(len(q_matrix.question_ids), len(q_matrix.concept_ids), **settings["vectors"])
    return {**settings, "vectors": vectors}


def _reordered(rows: NDArray[Any], trained: Sequence[str], now: Sequence[str]) -> NDArray[Any]:
    """Trained rows in today's order; what is new gets the mean row."""
    if list(trained) == list(now):
        return rows
    index = {name: i for i, name in enumerate(trained)}
    extended = np.concatenate([rows, rows.mean(axis=0, keepdims=True).astype(rows.dtype)])
    return np.asarray(extended[[index.get(name, len(trained)) for name in now]])

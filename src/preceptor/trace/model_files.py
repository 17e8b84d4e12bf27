"""Tracers as files: weights, settings and the vocabulary they belong to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    config = {"name": tracer.name, "version": tracer.version, **_vocabulary(tracer)}
    (folder / CONFIG).write_text(json.dumps(config))


def load_model(
    tracer_class: type[TracerType],
    folder: Path,
    q_matrix: QMatrix,
    vectors: QuestionVectors | None = None,
    **placement: Any,
) -> TracerType:
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
    _check_concepts(tracer_class, f"The model in {folder.name}", config["concepts"], q_matrix)
    return _over(tracer_class, config, load_file(folder / WEIGHTS), q_matrix, vectors, placement)


def grown_model(tracer: TracerType, q_matrix: QMatrix, vectors: QuestionVectors | None = None) -> TracerType:
    """What `load_model` would give after `save_model`, without files.

    Raises:
        UserError: If the concepts are others and the model cannot take new ones.
    """
    known = _vocabulary(tracer)
    _check_concepts(type(tracer), f"The model {tracer.name}", known["concepts"], q_matrix)
    return _over(type(tracer), known, dict(tracer.weights()), q_matrix, vectors, tracer.placement())


def carried_model(tracer: TracerType, q_matrix: QMatrix, vectors: QuestionVectors) -> TracerType:
    """The model over questions and concepts of another bank, known by their texts alone.

    Raises:
        UserError: If the model knows some of them by more than a text.
    """
    if not knows_by_text(type(tracer)):
        raise UserError(
            f"The tracer {tracer.name!r} knows questions or KCs by number, which mean nothing in another bank.",
            allowed="a tracer that knows both by their texts, such as semantic-dkt",
            mend="--model semantic-dkt",
        )
    known = {**_vocabulary(tracer), "questions": [], "concepts": []}
    return _over(type(tracer), known, dict(tracer.weights()), q_matrix, vectors, tracer.placement())


def knows_by_text(tracer_class: "type[Tracer]") -> bool:
    """Whether all that a model keeps of single questions and concepts are vectors of their texts."""
    return bool(tracer_class.by_text) and tracer_class.by_text >= tracer_class.by_question | tracer_class.by_concept


def trained_vocabulary(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the questions that a saved model has rows for, and of its concepts."""
    config = json.loads((folder / CONFIG).read_text())
    return tuple(config["questions"]), tuple(config["concepts"])


def weights_version(name: str, settings: Mapping[str, Any], weights: Mapping[str, NDArray[Any]]) -> str:
    """Sixteen hexadecimal digits that change with any weight."""
    content = hashlib.sha256(json.dumps([name, settings], sort_keys=True).encode())
    for key in sorted(weights):
        content.update(key.encode() + np.ascontiguousarray(weights[key]).tobytes())
    return content.hexdigest()[:16]


def _vocabulary(tracer: "Tracer") -> dict[str, Any]:
    return {
        "settings": tracer.settings(),
        "concepts": list(tracer.q_matrix.concept_ids),
        "questions": list(tracer.q_matrix.question_ids) if tracer.by_question else [],
    }


def _check_concepts(tracer_class: "type[Tracer]", what: str, trained: list[str], q_matrix: QMatrix) -> None:
    if trained != list(q_matrix.concept_ids) and not tracer_class.by_concept:
        raise UserError(
            f"{what} was trained on other concepts than the bank has now.",
            allowed="a model and a bank with the same concepts",
            mend=f"run `preceptor train COURSE --model {tracer_class.name}` again",
        )


def _over(
    tracer_class: type[TracerType],
    known: Mapping[str, Any],
    weights: dict[str, NDArray[Any]],
    q_matrix: QMatrix,
    vectors: QuestionVectors | None,
    placement: Mapping[str, Any],
) -> TracerType:
    """The model with trained rows for what it knows and new rows for what was added."""
    tracer = tracer_class(q_matrix, **_arguments(known["settings"], q_matrix, vectors), **placement)
    own = tracer.weights() if vectors is not None else {}
    for names, trained, now in (
        (tracer_class.by_question, known["questions"], q_matrix.question_ids),
        (tracer_class.by_concept, known["concepts"], q_matrix.concept_ids),
    ):
        for name in names & weights.keys():
            added = own[name] if name in tracer_class.by_text & own.keys() else None
            weights[name] = _reordered(weights[name], trained, now, added)
    tracer.set_weights(weights)
    return tracer


def _arguments(
    settings: Mapping[str, Any], q_matrix: QMatrix, vectors: QuestionVectors | None = None
) -> dict[str, Any]:
    """What makes the unfitted model.

    Raises:
        UserError: If today's vectors are of another width than those of the training.
    """
    if not settings.get("vectors"):
        return dict(settings)
    width, tuned = settings["vectors"]["width"], settings["vectors"]["tuned"]
    if vectors is None:
        vectors = QuestionVectors.blank(len(q_matrix.question_ids), len(q_matrix.concept_ids), width, tuned)
    if vectors.width != width:
        raise UserError(
            f"The model was trained on text vectors of {width} numbers, and those given have {vectors.width}.",
            allowed="vectors by the encoder of the training",
            mend="run `preceptor train` again",
        )
    return {**settings, "vectors": replace(vectors, tuned=tuned)}


def _reordered(
    rows: NDArray[Any], trained: Sequence[str], now: Sequence[str], added: NDArray[Any] | None = None
) -> NDArray[Any]:
    """Trained rows in today's order; what is new gets its row of `added`, the mean row where there is none."""
    if list(trained) == list(now):
        return rows
    index = {name: i for i, name in enumerate(trained)}
    place = np.array([index.get(name, -1) for name in now], dtype=np.int64)
    known = (place >= 0).reshape(-1, *[1] * (rows.ndim - 1))
    new = rows.mean(axis=0, keepdims=True) if added is None else added
    return np.where(known, rows[place], new).astype(rows.dtype)

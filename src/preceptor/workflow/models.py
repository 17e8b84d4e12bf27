"""Load what was trained, or what serves before anything was trained."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError

from preceptor.course import Course
from preceptor.domain import Bank, UserError
from preceptor.forgetting import DEFAULT_CURVE, load_curve, make_curve
from preceptor.mind import MindModel
from preceptor.recommend import ExamObjective, Objective, load_objective, make_objective, objective_names
from preceptor.trace import Tracer, knows_by_text, load_tracer, make_tracer
from preceptor.workflow.exam import exam_objective
from preceptor.workflow.joining import joined_vectors
from preceptor.workflow.model_files import METRICS_FILE, MIND_FILE

KIND = "models"


@dataclass(frozen=True)
class TrainedMind:
    """A model ready to serve.

    Args:
        model: Tracer and curve.
        objectives: Fitted objectives by name.
        metrics: What the training measured; empty if nothing was trained.
        run: Folder of the run; None if nothing was trained.
    """

    model: MindModel
    objectives: dict[str, Objective]
    metrics: dict[str, Any]
    run: Path | None


UNTRAINED = "history"
"""The tracer that needs no training: smoothed accuracy."""


def load_trained(course: Course, bank: Bank, tracer: str = "") -> TrainedMind:
    """The course's chosen model, or another of its models; smoothed accuracy where none was trained.

    Args:
        course: The course.
        bank: Its questions.
        tracer: NAME/RUN of a saved model, NAME for its newest run, or "history" untrained; empty for the chosen one.

    Raises:
        UserError: If the course has no such model, or it is damaged or belongs to other concepts.
    """
    folder = named_run(course, tracer) if tracer else course.default(KIND)
    return _untrained(course, bank) if folder is None else load_run(course, bank, folder)


def tracer_names(course: Course) -> tuple[str, ...]:
    """Every mastery source of a course, as `load_trained` takes it."""
    return (UNTRAINED, *(f"{folder.parent.name}/{folder.name}" for folder in course.saved_runs(KIND)))


def named_run(course: Course, tracer: str) -> Path | None:
    """Folder of the newest run that a name fits; None for the tracer that needs none.

    Args:
        course: The course.
        tracer: As `load_trained` takes it, and not empty.

    Raises:
        UserError: If the course has no such model.
    """
    found = [run for run in course.saved_runs(KIND) if tracer in (run.parent.name, f"{run.parent.name}/{run.name}")]
    if found:
        return found[-1]
    if tracer == UNTRAINED:
        return None
    raise UserError(
        f"The course has no model {tracer!r}.",
        allowed=", ".join(tracer_names(course)),
        mend=f"preceptor train {course.path} --model {tracer.split('/')[0]}",
    )


def _untrained(course: Course, bank: Bank) -> TrainedMind:
    """Smoothed accuracy, and a curve at its prior."""
    model = MindModel(make_tracer(UNTRAINED, bank.q_matrix), make_curve(DEFAULT_CURVE, len(bank.concepts)))
    objectives = {name: make_objective(name, bank.q_matrix) for name in objective_names()}
    return TrainedMind(model, objectives | _of_settings(course, bank), {}, None)


def load_run(course: Course, bank: Bank, folder: Path) -> TrainedMind:
    """A saved run.

    Raises:
        UserError: If it is damaged or belongs to other concepts.
    """
    try:
        content = json.loads((folder / MIND_FILE).read_text())
        tracer = load_tracer(folder, bank.q_matrix, joined_vectors(course, folder, bank))
        trained_on = content["concepts"]
        if trained_on != list(bank.q_matrix.concept_ids):
            _require_texts(tracer, course)
        metrics = json.loads((folder / METRICS_FILE).read_text())
        curve = load_curve(content["curve"])
        loaded = [load_objective(values, bank.q_matrix) for values in content["objectives"]]
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise UserError(f"The model {folder} is damaged: {error!r}.", mend=f"preceptor train {course.path}") from error
    if trained_on != list(bank.q_matrix.concept_ids):
        place = places(trained_on, bank.q_matrix.concept_ids)
        curve, loaded = curve.regrouped(place), [objective.regrouped(bank.q_matrix, place) for objective in loaded]
    objectives = {objective.name: objective for objective in loaded} | _of_settings(course, bank)
    return TrainedMind(MindModel(tracer, curve), objectives, metrics, folder)


def _of_settings(course: Course, bank: Bank) -> dict[str, Objective]:
    """Objectives that follow from the course's settings as they are now, not from training."""
    return {ExamObjective.name: exam_objective(course, bank.q_matrix)}


def places(before: Sequence[str], now: Sequence[str]) -> NDArray[np.int64]:
    """Where each of today's ids stood before, int64 [now]; −1 for those that are new."""
    index = {name: place for place, name in enumerate(before)}
    return np.array([index.get(name, -1) for name in now], dtype=np.int64)


def _require_texts(tracer: Tracer, course: Course) -> None:
    """A model of texts knows a new KC by its name; any other has only a mean, which is no basis to serve students."""
    if not knows_by_text(type(tracer)):
        raise UserError(
            "The model was trained on other concepts than the bank has now.",
            allowed="a model and a bank with the same concepts, or a model that knows concepts by their texts",
            mend=f"preceptor train {course.path}",
        )

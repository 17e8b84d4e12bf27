"""Load what was trained, or what serves before anything was trained."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from preceptor.course import Course
from preceptor.domain import Bank, UserError
from preceptor.forgetting import DEFAULT_CURVE, load_curve, make_curve
from preceptor.mind import MindModel
from preceptor.recommend import Objective, load_objective, make_objective, objective_names
from preceptor.trace import load_tracer, make_tracer
from preceptor.workflow.model_files import METRICS_FILE, MIND_FILE


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


def load_trained(course: Course, bank: Bank) -> TrainedMind:
    """The course's chosen model; smoothed accuracy and a curve at its prior where none was trained.

    Raises:
        UserError: If the chosen model is damaged or belongs to other concepts.
    """
    folder = course.default("models")
    if folder is None:
        model = MindModel(make_tracer("history", bank.q_matrix), make_curve(DEFAULT_CURVE, len(bank.concepts)))
        objectives = {name: make_objective(name, bank.q_matrix) for name in objective_names()}
        return TrainedMind(model, objectives, {}, None)
    return load_run(course, bank, folder)


def load_run(course: Course, bank: Bank, folder: Path) -> TrainedMind:
    """A saved run.

    Raises:
        UserError: If it is damaged or belongs to other concepts.
    """
    try:
        content = json.loads((folder / MIND_FILE).read_text())
        _check_concepts(content["concepts"], bank, course)
        tracer = load_tracer(folder, bank.q_matrix)
        metrics = json.loads((folder / METRICS_FILE).read_text())
        curve = load_curve(content["curve"])
        loaded = [load_objective(values, bank.q_matrix) for values in content["objectives"]]
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise UserError(f"The model {folder} is damaged: {error!r}.", mend=f"preceptor train {course.path}") from error
    objectives = {objective.name: objective for objective in loaded}
    return TrainedMind(MindModel(tracer, curve), objectives, metrics, folder)


def _check_concepts(trained_on: list[str], bank: Bank, course: Course) -> None:
    if trained_on != list(bank.q_matrix.concept_ids):
        raise UserError(
            "The model was trained on other concepts than the bank has now.",
            allowed="a model and a bank with the same concepts",
            mend=f"preceptor train {course.path}",
        )

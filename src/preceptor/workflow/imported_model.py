"""Vectors and a tracing network that came with an import: kept in the course as if it had made them itself."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.data import Imported
from preceptor.domain import Bank, Log, UserError
from preceptor.embed import in_order

if TYPE_CHECKING:
    from preceptor.trace import Tracer

MODEL = "semantic-dkt"


def imported_tracer(imported: Imported, bank: Bank) -> "Tracer | None":
    """The tracer that came with an import, over the bank that the course will have; None if none came.

    Raises:
        UserError: If the network does not fit, or the course has questions or concepts that came without vectors.
    """
    if imported.network is None or imported.vectors is None:
        return None
    from preceptor.trace import QuestionVectors  # loads torch, which no other import needs
    from preceptor.trace.exrec_weights import tracer_from_exrec

    found, q_matrix = imported.vectors, bank.q_matrix
    questions = _rows(found.question_ids, found.questions, q_matrix.question_ids, "questions")
    concepts = _rows(found.concept_ids, found.concepts, q_matrix.concept_ids, "concepts")
    tracer: Tracer = tracer_from_exrec(imported.network, q_matrix, QuestionVectors(questions, concepts))
    return tracer


def keep_tracer(course: Course, tracer: "Tracer", bank: Bank, log: Log, source: Mapping[str, Any]) -> str:
    """Save a tracer as a run of the course and choose it; one that was saved before changes nothing.

    Its curve stands at its prior, for forgetting is not part of what was imported.

    Args:
        course: The course.
        tracer: What `imported_tracer` gave.
        bank: The course's bank.
        log: The course's log, which objectives are fitted on.
        source: Where it comes from.

    Returns:
        `NAME/RUN`, or an empty text if nothing was new.

    Raises:
        UserError: If the run cannot be written.
    """
    from preceptor.forgetting import DEFAULT_CURVE, make_curve
    from preceptor.mind import MindModel
    from preceptor.workflow.model_files import METRICS_FILE
    from preceptor.workflow.training import fitted_objectives, save_mind
    from preceptor.workflow.training_options import TrainOptions

    run_id = f"imported-{tracer.version[:12]}"
    if any(folder.name == run_id for folder in course.saved_runs("models")):
        return ""
    size = str(tracer.settings()["size"])
    record = {"model": MODEL, "imported": dict(source), "options": TrainOptions(model=MODEL, size=size).what}
    with course.new_run_folder("models", MODEL, run_id) as folder:
        model = MindModel(tracer, make_curve(DEFAULT_CURVE, len(bank.concepts)))
        save_mind(model, fitted_objectives(bank.q_matrix, log), folder)
        (folder / METRICS_FILE).write_text(json.dumps(record, indent=1))
    course.set_default("models", MODEL, run_id)
    return f"{MODEL}/{run_id}"


def _rows(given: Sequence[str], vectors: NDArray[np.float32], wanted: Sequence[str], kind: str) -> NDArray[np.float32]:
    known = set(given)
    lacking = [name for name in wanted if name not in known]
    if lacking:
        raise UserError(
            f"The course has {len(lacking):,} {kind} that came without vectors, for example {lacking[0]!r}.",
            allowed="a network and vectors of everything in the course",
            mend="import into another folder with --course, or leave the checkpoint out",
        )
    return in_order(given, vectors, wanted)

"""Train on another course's log and serve this one: what both share is that their texts stand in one space."""

from dataclasses import asdict, replace
from typing import Any

import numpy as np

from preceptor.course import Course
from preceptor.data import split_by_student
from preceptor.domain import Bank, Log, UserError
from preceptor.evaluate import metrics_of
from preceptor.mind import MindModel
from preceptor.progress import Progress
from preceptor.trace import knows_by_text, tracer_class, tracer_names
from preceptor.workflow.clock import Clock
from preceptor.workflow.tracing import available_inputs, check_tracer
from preceptor.workflow.training import fit_and_measure, keep, no_log, require_resumable, training_checkpoint
from preceptor.workflow.training_options import TrainOptions, TrainResult
from preceptor.workflow.vectors import shared_sources, text_vectors


def transfer(course: Course, source: Course, options: TrainOptions, clock: Clock, progress: Progress) -> TrainResult:
    """Train on `source`, measure there, and carry the model over to `course` by the texts of its questions and KCs.

    One encoder makes the vectors of both banks' texts. Network, calibration and forgetting come from the source's
    students; nothing is learned from answers of `course`, so that objectives stay unfitted. Where it has any, the
    carried model is measured on all of them.

    Raises:
        UserError: If the tracer knows questions or KCs by number, a course has no texts, or the source has no log.
    """
    bank, other, log = course.load_bank(), source.load_bank(), source.load_log()
    _check(course, source, bank, options)
    if not len(log):
        raise no_log(source)
    options = replace(options, source=source_of(source))
    split = split_by_student(log, options.seed, options.test_fold, options.valid_fold)
    checkpoint = training_checkpoint(course, options)
    require_resumable(checkpoint, options)
    own_texts, other_texts = shared_sources(course, bank, source, other)
    trained, _, result = fit_and_measure(other, log, split, options, clock, progress, checkpoint, other_texts)
    vectors = text_vectors(bank, tuned=False, source=own_texts)
    nothing_shared = np.full(len(bank.concepts), -1, dtype=np.int64)
    carried = MindModel(trained.tracer.carried(bank.q_matrix, vectors), trained.curve.regrouped(nothing_shared))
    own = course.load_log()
    result = replace(
        result,
        simulated=source.simulated,
        transfer={
            "from": source.name,
            "data_hash": source.data_hash,
            "simulated": source.simulated,
            "trained_on": "answers of the other course alone; its validation students calibrate",
            "here": _measured(carried, own, course.simulated),
        },
    )
    return keep(course, carried, Log.empty(), result, options, checkpoint, own_texts, clock.now())


def source_of(source: Course) -> str:
    """What a training on another course depends on: which course, and its data."""
    return f"{source.name}, data {source.data_hash}"


def _check(course: Course, source: Course, bank: Bank, options: TrainOptions) -> None:
    if course.path.resolve() == source.path.resolve():
        raise UserError(
            f"--from names the course {course.name!r} itself.",
            allowed="another course, with a log",
            mend="leave --from out to train on its own log",
        )
    if not knows_by_text(tracer_class(options.model)):
        able = [name for name in tracer_names() if knows_by_text(tracer_class(name))]
        raise UserError(
            f"{options.model} knows questions or KCs by number, which mean nothing in another course.",
            allowed=f"with --from: {', '.join(able)}",
            mend=f"--model {able[0]}",
        )
    check_tracer(options.tracer, available_inputs(bank, course.load_log()))


def _measured(model: MindModel, log: Log, simulated: bool) -> dict[str, Any] | None:
    """The carried tracer on every answer of the course it serves; None without any."""
    if not len(log):
        return None
    metrics = metrics_of(model.tracer.score(log).astype(np.float64), log.correct)
    students = len(np.unique(log.student))
    return {"students": students, "answers": len(log), "simulated": simulated, **asdict(metrics)}

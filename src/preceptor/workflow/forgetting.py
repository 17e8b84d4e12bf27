"""Measure what time adds to the prediction of answers."""

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from preceptor import parallel
from preceptor.course import Course, write_run
from preceptor.domain import Bank, Log, UserError, unknown_name
from preceptor.evaluate.forgetting import BucketResult, ForgettingDesign, ForgettingResult, ForgettingStudy
from preceptor.evaluate.forgetting_controls import GapEffect, reading
from preceptor.evaluate.forgetting_mastery import LOGISTIC
from preceptor.forgetting import curve_names
from preceptor.progress import Progress, part
from preceptor.trace import tracer_class, tracer_names
from preceptor.workflow.clock import Clock
from preceptor.workflow.forgetting_pieces import CurvePiece, MasteryPiece, opened_study, run_curve, run_mastery
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.tracing import TracerOptions, available_inputs, check_tracer
from preceptor.workflow.tracing_options import parse_model

WHAT = "mastery and curves"


def evaluate_course_forgetting(
    course: Course, design: ForgettingDesign, clock: Clock, progress: Progress, backend: str = "here"
) -> dict[str, Any]:
    """Evaluate forgetting on a course's log and write a run file.

    Args:
        course: A course whose log has a time on every answer.
        design: How to evaluate.
        clock: The clocks.
        progress: Told how far it is.
        backend: Where pieces run, see `preceptor.parallel.map`.

    Returns:
        `rows`, one a curve or baseline and bucket; `controls`, the effect of the gap beside each control; `reading`,
        what these allow one to say; `best`, the curve with the lowest log loss over all gaps.

    Raises:
        UserError: If the log is empty or lacks times, or an option is out of range or unknown.
        FailedPiecesError: If pieces failed in every try.
    """
    start, log = clock.monotonic(), course.load_log()
    parallel.require_backend(backend)
    _require(course, course.load_bank(), log, design)
    opened_study.cache_clear()  # what an earlier evaluation of this process read may have been replaced since
    found = _found(course, opened_study(course.path, design), backend, progress)
    result = {
        "rows": [_row(entry) for entry in found.buckets],
        "controls": [_effect(effect) for effect in found.effects],
        "reading": reading(found.effects),
        "best": found.best,
        "course": course.name,
        "model": design.model,
        "folds": design.folds,
        "students": found.students,
        "interactions": len(log),
        "simulated": course.simulated,
    }
    seconds = clock.monotonic() - start
    write_run(
        course,
        "evaluate-forgetting",
        asdict(design),
        course.data_hash,
        design.seed,
        result,
        seconds,
        at_seconds=clock.now(),
    )
    return {**result, "seconds": seconds}


def _found(course: Course, study: ForgettingStudy, backend: str, progress: Progress) -> ForgettingResult:
    """Run all pieces, under one bar."""
    masteries = [MasteryPiece(course.path, study.design, pair) for pair in study.masteries]
    told = part(progress, after=len(study.curves))
    mastery = study.joined(parallel.map(run_mastery, masteries, backend=backend, progress=told, what=WHAT))
    folder = course.path / "runs"
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=".forgetting-", dir=folder) as shared:  # where workers of other computers see it
        file = Path(shared) / "mastery.npy"
        np.save(file, mastery.by_test_fold)
        curves = [CurvePiece(course.path, study.design, fold, name, file) for fold, name in study.curves]
        told = part(progress, before=len(masteries))
        predicted = parallel.map(
            run_curve, curves, backend=backend, progress=told, key=lambda piece: piece.key, what=WHAT
        )
        return study.result(mastery, predicted)


def _require(course: Course, bank: Bank, log: Log, design: ForgettingDesign) -> None:
    """Refuse what cannot be evaluated, before anything is fitted."""
    require_at_least(3, folds=design.folds)
    tracer = _tracer_options(design.model)
    for curve in design.curves:
        if curve not in curve_names():
            raise unknown_name("forgetting curve", curve, curve_names())
    if not log.timed:
        raise UserError(
            f"The log of the course {course.name!r} has answers without a time; gaps are never invented.",
            allowed="a log with a time on every answer",
            mend="preceptor import FORMAT SOURCE --course DIR with a data set that has times",
        )
    if tracer is not None:
        check_tracer(tracer, available_inputs(bank, log))


def mastery_names() -> tuple[str, ...]:
    """The models that mastery may come from: `logistic`, and every tracer that knows no time."""
    return (LOGISTIC, *(name for name in tracer_names() if not tracer_class(name).time_aware))


def _tracer_options(model: str) -> TracerOptions | None:
    if model == LOGISTIC:
        return None
    options = parse_model(model)
    if options.model not in tracer_names():
        raise unknown_name("model of mastery", options.model, mastery_names())
    if tracer_class(options.model).time_aware:
        raise UserError(
            f"The tracer {options.model!r} knows time, so no curve is put on top of it.",
            allowed=", ".join(mastery_names()),
        )
    if options.forgetting:
        raise UserError(
            f"{model!r} names a curve, and this evaluation puts every curve on the tracer.",
            mend="leave forgetting= out, and name curves with --curve",
        )
    return options


def _row(entry: BucketResult) -> dict[str, Any]:
    return {
        "curve": entry.curve,
        "bucket": entry.bucket,
        "answers": entry.answers,
        "students": entry.students,
        "observed": entry.observed,
        **asdict(entry.scores),
        "over": {name: asdict(estimate) for name, estimate in entry.over.items()},
    }


def _effect(effect: GapEffect) -> dict[str, Any]:
    return {**asdict(effect), "found": effect.found, "helps": effect.helps}

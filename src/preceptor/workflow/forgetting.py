"""Measure what time adds to the prediction of answers."""

from dataclasses import asdict
from typing import Any

from preceptor.course import Course, write_run
from preceptor.domain import Log, UserError, unknown_name
from preceptor.evaluate.forgetting import BucketResult, ForgettingDesign, evaluate_forgetting
from preceptor.evaluate.forgetting_controls import GapEffect, reading
from preceptor.evaluate.forgetting_mastery import check_mastery
from preceptor.forgetting import curve_names
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock
from preceptor.workflow.limits import require_at_least


def evaluate_course_forgetting(
    course: Course, design: ForgettingDesign, clock: Clock, progress: Progress
) -> dict[str, Any]:
    """Evaluate forgetting on a course's log and write a run file.

    Args:
        course: A course whose log has a time on every answer.
        design: How to evaluate.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        `rows`, one a curve or baseline and bucket; `controls`, the effect of the gap beside each control; `reading`,
        what these allow one to say; `best`, the curve with the lowest log loss over all gaps.

    Raises:
        UserError: If the log is empty or lacks times, or an option is out of range or unknown.
    """
    start, log = clock.monotonic(), course.load_log()
    _require(course, log, design)
    found = evaluate_forgetting(log, course.load_bank().q_matrix, design, clock.monotonic, progress)
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


def _require(course: Course, log: Log, design: ForgettingDesign) -> None:
    require_at_least(3, folds=design.folds)
    check_mastery(design.model)
    for curve in design.curves:
        if curve not in curve_names():
            raise unknown_name("forgetting curve", curve, curve_names())
    if not log.timed:
        raise UserError(
            f"The log of the course {course.name!r} has answers without a time; gaps are never invented.",
            allowed="a log with a time on every answer",
            mend="preceptor import FORMAT SOURCE --course DIR with a data set that has times",
        )


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

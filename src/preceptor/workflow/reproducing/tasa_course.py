"""The courses of TASA's reproduction: their simulated students, their tracers, their time constants."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from preceptor.course import Course
from preceptor.course.files import new_folder
from preceptor.data import split_by_student
from preceptor.domain import UserError
from preceptor.forgetting import TAU_MODES, practice_log, tau_days
from preceptor.progress import Progress
from preceptor.simulate import taught_family_names
from preceptor.trace import question_rows
from preceptor.workflow.built_in import BuiltInOptions, subject_bank
from preceptor.workflow.clock import Clock
from preceptor.workflow.model_files import METRICS_FILE
from preceptor.workflow.models import UNTRAINED, load_trained
from preceptor.workflow.published import difference_note, published_counts
from preceptor.workflow.reproducing.courses import FOLDER
from preceptor.workflow.simulating import SimulateOptions, simulate_into
from preceptor.workflow.training import train, training_checkpoint
from preceptor.workflow.training_options import TrainOptions
from preceptor.workflow.tutor_evaluation import family_of

FAMILY = "logistic"
QUICK = SimulateOptions(students=80, days=20, family=FAMILY)
"""Few answers of few students; the bank is whole, since five tests need questions that nobody has seen."""
SIMPLE_TIME = "simple_time"
"""Accuracy that fades with time: smoothed accuracy with a fitted curve."""
TRAINED = {
    "dkt": TrainOptions(model="dkt", size="small"),
    UNTRAINED: TrainOptions(model=UNTRAINED, forgetting="none"),
    SIMPLE_TIME: TrainOptions(model=UNTRAINED),
    "akt": TrainOptions(model="akt", size="small"),
    "simplekt": TrainOptions(model="simplekt", size="small"),
    "lpkt": TrainOptions(model="lpkt", size="small"),
}
"""What the built-in course trains for each tracer of the paper."""
QUICK_TRAINED = ("dkt", UNTRAINED, SIMPLE_TIME)


def taught_course(folder: Path, *, quick: bool, clock: Clock, progress: Progress) -> Course:
    """The built-in course with students whom a tutor can teach, and the paper's tracers; what is there is kept.

    Args:
        folder: The reproduction's folder.
        quick: Whether it is a small one.
        clock: The clocks.
        progress: Told how far it is.
    """
    path = folder / FOLDER / f"built-in-{FAMILY}"
    if not path.exists():
        wanted = QUICK if quick else SimulateOptions(family=FAMILY)
        with new_folder(path) as made:
            fresh = Course.create(made, f"Mathematics, grades 3–8 (built in, simulated students: {FAMILY})")
            simulate_into(fresh, subject_bank(BuiltInOptions()), wanted, clock.now(), progress)
    course = Course.open(path)
    for kt, options in TRAINED.items():
        if (kt in QUICK_TRAINED or not quick) and kt_run(course, kt) in (None, UNTRAINED):
            interrupted = training_checkpoint(course, options).path.exists()
            train(course, replace(options, resume=interrupted), clock, progress)
    own = kt_run(course, "dkt")
    assert own is not None
    course.set_default("models", *own.split("/"))
    return course


def require_taught(course: Course) -> Course:
    """Refuse a course whose students are not simulated, or by a family that no tutor can teach.

    Raises:
        UserError: If that is so, or the course has no trained model.
    """
    family = family_of(course)
    if family not in taught_family_names():
        raise UserError(
            f"The students of the course {course.path} are of the family {family!r}, which knows no tutor.",
            allowed=", ".join(taught_family_names()),
            mend=f"preceptor simulate {course.path} --family {FAMILY}; preceptor train {course.path} --model dkt",
        )
    if course.default("models") is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path} --model dkt")
    return course


def kt_run(course: Course, kt: str) -> str | None:
    """The course's newest run of one of the paper's tracers, as an arm names it; None if there is none.

    Args:
        course: The course.
        kt: A word of `KTS`. `history` is accuracy without a curve, `simple_time` the same with one; without any run
            of theirs the course still knows `history`.
    """
    model = UNTRAINED if kt == SIMPLE_TIME else kt
    runs = [run for run in course.saved_runs("models") if run.parent.name == model]
    if model == UNTRAINED:
        if not runs:
            return UNTRAINED if kt == UNTRAINED else None
        runs = [run for run in runs if (_curve(run) != "none") == (kt == SIMPLE_TIME)]
    return f"{runs[-1].parent.name}/{runs[-1].name}" if runs else None


def _curve(run: Path) -> str:
    return str(json.loads((run / METRICS_FILE).read_text(encoding="utf-8"))["curve"])


def statistics(course: Course) -> dict[str, Any]:
    """Counts of a course, and why they differ from the published ones of its data set where there are any."""
    counts, found = course.counts(), published_counts(course.load_bank())
    note = "" if found is None else difference_note(counts, *found)
    return {"counts": counts, "note": note, "simulated": course.simulated}


def time_constants(course: Course) -> Mapping[str, float]:
    """τ in days by every mode, on the validation students of a course whose answers have times; empty without."""
    bank, log = course.load_bank(), course.load_log()
    trained = load_trained(course, bank)
    if not log.timed or not trained.metrics:
        return {}
    options = trained.metrics["options"]
    split = split_by_student(log, options["seed"], options["test_fold"], options["valid_fold"])
    valid = log.of_students(split.valid)
    practice = practice_log(
        valid, question_rows(valid, bank.q_matrix), bank.q_matrix, trained.model.tracer.score(valid)
    )
    return {mode: tau_days(mode, practice) for mode in TAU_MODES}

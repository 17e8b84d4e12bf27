"""Calibrate a trained semantic tracer: mastery of a concept becomes the mean over its questions."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course, write_run
from preceptor.data import split_by_student
from preceptor.domain import Bank, Log, UserError, digest, unknown_name
from preceptor.evaluate import Metrics, metrics_of
from preceptor.forgetting import make_curve
from preceptor.mind import MindModel
from preceptor.progress import Progress
from preceptor.trace.kc_calibration import KcCalibration
from preceptor.trace.kc_groups import ConceptGroups
from preceptor.trace.kc_plan import KcCalibrationPlan, KcCalibrationReport
from preceptor.trace.kc_states import drawn_rows, kc_error
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.workflow.clock import Clock
from preceptor.workflow.model_files import METRICS_FILE
from preceptor.workflow.models import TrainedMind, load_run, load_trained
from preceptor.workflow.run_ids import new_run_id
from preceptor.workflow.training import no_log, save_mind
from preceptor.workflow.vectors import copy_encoder

LEVELS = ("cluster", "concept")
MEASURED_STATES = 10_000
"""Most states, of test students and of training students, at which mastery is compared with its target."""


@dataclass(frozen=True, slots=True)
class CalibrateOptions:
    """How to calibrate.

    Args:
        run: Id of the run of `semantic-dkt` to calibrate; empty for the course's model.
        level: Whether concepts of a "cluster" share a mastery, or each "concept" has its own.
        plan: How concepts are calibrated.
        seed: Seeds states, members and order.
    """

    run: str = ""
    level: str = "concept"
    plan: KcCalibrationPlan = field(default_factory=KcCalibrationPlan)
    seed: int = 0

    @property
    def what(self) -> dict[str, Any]:
        """Everything that a result depends on."""
        return asdict(self)


@dataclass(frozen=True)
class CalibrateResult:
    """What a calibration gave.

    Args:
        calibrated_from: Id of the run that was calibrated.
        run_id: The saved run.
        report: What the calibration did.
        questions: Questions that targets are means of, by group: the median.
        before: What `measured` gave for the tracer before.
        after: The same afterwards.
        simulated: Whether the log was simulated.
        run: The run file.
    """

    calibrated_from: str
    run_id: str
    report: KcCalibrationReport
    questions: float
    before: "Measured"
    after: "Measured"
    simulated: bool = False
    run: Path | None = None

    def to_dict(self) -> dict[str, Any]:
        """The shape that `--json` prints."""
        return {
            "model": SemanticDktTracer.name,
            "calibrated_from": self.calibrated_from,
            "groups": self.report.groups,
            "questions_per_group": self.questions,
            "states": self.report.states,
            "epochs": self.report.epochs,
            "best_epoch": self.report.best_epoch,
            "valid_kc_mae": list(self.report.valid_kc_mae),
            "seconds": self.report.seconds,
            "before": asdict(self.before),
            "after": asdict(self.after),
            "simulated": self.simulated,
            "run": str(self.run) if self.run else self.run_id,
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """Concepts and questions of one tracer.

    Args:
        kc_mae: Mean |mastery − mean over the questions of the group|, at states of test students; None without any.
        kc_mae_states: The same at states of training students that calibration did not see; None where it saw all.
        test: Predictions of the test students' answers.
    """

    kc_mae: float | None
    kc_mae_states: float | None
    test: Metrics


def calibrate(course: Course, options: CalibrateOptions, clock: Clock, progress: Progress) -> CalibrateResult:
    """Calibrate on training students, choose on validation students, measure on test students, save as the default.

    A run that is calibrated already gives way to the one that it was made from.

    Raises:
        UserError: If there are no answers, there is no run of `semantic-dkt`, or an option is unknown.
    """
    if options.level not in LEVELS:
        raise UserError(f"--level is {options.level!r}.", allowed=", ".join(LEVELS))
    options.plan.check()
    bank, log = course.load_bank(), course.load_log()
    if not len(log):
        raise _no_states(course)
    trained, base = semantic_run(course, bank, options.run)
    assert trained.run is not None
    kept = trained.metrics["options"]
    split = split_by_student(log, kept["seed"], kept["test_fold"], kept["valid_fold"])
    parts = [log.of_students(part) for part in (split.train, split.valid, split.test)]
    groups = ConceptGroups.of(base.q_matrix, concept_groups(bank, options.level))
    calibration = KcCalibration(base, groups, options.plan)
    tracer, report = calibration.fit(*parts[:2], seed=options.seed, clock=clock.monotonic, progress=progress)
    measure = _Measure(
        base, groups, parts[0], parts[2], calibration.training_rows(parts[0], options.seed), options.seed
    )
    result = CalibrateResult(
        calibrated_from=trained.run.name,
        run_id="",
        report=report,
        questions=float(np.median(groups.member.sum(axis=1))),
        before=measure.of(base),
        after=measure.of(tracer),
        simulated=course.simulated,
    )
    return _saved(course, trained, tracer, parts, result, options, clock)


def _no_states(course: Course) -> UserError:
    """That there are no students to calibrate on, also for whoever imported a network without its answers."""
    told = no_log(course)
    network = "a network imported from ExRec serves without: where it was calibrated there, it still is"
    return UserError(told.given, told.allowed, f"{told.mend}; {network}")


def concept_groups(bank: Bank, level: str) -> list[Sequence[str]]:
    """Ids of the concepts that share a mastery."""
    if level == "cluster":
        return list(bank.clusters.values())
    return [(concept.concept_id,) for concept in bank.concepts]


def semantic_run(course: Course, bank: Bank, run_id: str) -> tuple[TrainedMind, SemanticDktTracer]:
    """An uncalibrated run of `semantic-dkt`: the one named, or the course's model, or what that was made from.

    Raises:
        UserError: If there is none.
    """
    runs = {path.name: path for path in course.saved_runs("models") if path.parent.name == SemanticDktTracer.name}
    if run_id and run_id not in runs:
        raise unknown_name("run of semantic-dkt", run_id, runs)
    trained = load_run(course, bank, runs[run_id]) if run_id else load_trained(course, bank)
    tracer = trained.model.tracer
    if trained.run is None and not runs:
        raise UserError(
            f"No {SemanticDktTracer.name} was trained for the course {course.name!r}: there is nothing to calibrate.",
            allowed=f"a course with a run of {SemanticDktTracer.name}",
            mend=f"preceptor train {course.path} --model {SemanticDktTracer.name}",
        )
    if not isinstance(tracer, SemanticDktTracer):
        raise UserError(
            f"The model of the course {course.name!r} is {tracer.name}, which has no vectors of concepts to calibrate.",
            allowed=f"a run of {SemanticDktTracer.name}" + (f": {', '.join(runs)}, by --run" if runs else ""),
            mend=f"preceptor train {course.path} --model {SemanticDktTracer.name}",
        )
    if tracer.calibrated:
        return semantic_run(course, bank, trained.metrics["calibrated_from"])
    return trained, tracer


@dataclass(frozen=True)
class _Measure:
    base: SemanticDktTracer
    groups: ConceptGroups
    train: Log
    test: Log
    seen: NDArray[np.int64]
    seed: int

    def of(self, tracer: SemanticDktTracer) -> Measured:
        """Concepts and questions of a tracer, at the same states for all."""
        rng = np.random.default_rng([self.seed, 2])
        unseen = rng.permutation(np.setdiff1d(np.arange(len(self.train)), self.seen))
        held = drawn_rows(self.test, MEASURED_STATES, rng)
        return Measured(
            kc_error(tracer, self.base, self.groups, self.test, held),
            kc_error(tracer, self.base, self.groups, self.train, np.sort(unseen[:MEASURED_STATES])),
            metrics_of(tracer.score(self.test), self.test.correct),
        )


def _saved(
    course: Course,
    trained: TrainedMind,
    tracer: SemanticDktTracer,
    parts: Sequence[Log],
    result: CalibrateResult,
    options: CalibrateOptions,
    clock: Clock,
) -> CalibrateResult:
    assert trained.run is not None
    _, valid, test = parts
    at_seconds, model = clock.now(), MindModel(tracer, trained.model.curve)
    if options.plan.moves_questions:
        model = MindModel(tracer, make_curve(trained.model.curve.name, len(tracer.q_matrix.concept_ids)))
        model.fit_curve(valid)
    key = digest(course.data_hash, options.what, result.calibrated_from)
    run_id = new_run_id(course, "models", SemanticDktTracer.name, key, at_seconds)
    result = replace(result, run_id=run_id)
    recall = metrics_of(model.score(test), test.correct)
    record = {
        **trained.metrics,
        "test": asdict(result.after.test),
        "test_with_forgetting": asdict(recall),
        "calibrated_from": result.calibrated_from,
        "calibration": {**result.to_dict(), "options": options.what},
        "run": run_id,
    }
    with course.new_run_folder("models", SemanticDktTracer.name, run_id) as folder:
        save_mind(model, [objective.to_dict() for objective in trained.objectives.values()], folder)
        copy_encoder(trained.run, folder)
        (folder / METRICS_FILE).write_text(json.dumps(record, indent=1))
    course.set_default("models", SemanticDktTracer.name, run_id)
    run = write_run(
        course,
        "calibrate",
        options.what,
        course.data_hash,
        options.seed,
        result.to_dict(),
        result.report.seconds,
        at_seconds=at_seconds,
    )
    return replace(result, run=run)

"""Train a tracer and everything that is fitted on top of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.course import Course, write_run
from preceptor.data import Split, split_by_student
from preceptor.domain import Bank, Log, QMatrix, UserError, digest
from preceptor.evaluate import auc_gain, concept_average, metrics_of
from preceptor.forgetting import TIMELESS_CURVE, curve_class, make_curve
from preceptor.mind import MindModel
from preceptor.progress import Progress
from preceptor.recommend import make_objective, objective_names
from preceptor.trace import Checkpoint, FitReport, code_digest, tracer_class
from preceptor.workflow.clock import Clock
from preceptor.workflow.model_files import LABELS_FILE, METRICS_FILE, MIND_FILE
from preceptor.workflow.run_ids import new_run_id
from preceptor.workflow.tracing import available_inputs, build_tracer, check_tracer, inputs_of
from preceptor.workflow.training_options import TrainOptions, TrainResult
from preceptor.workflow.vectors import KIND, TextSource, VectorsUsed, keep_encoder, new_texts_note, source_for


def train(course: Course, options: TrainOptions, clock: Clock, progress: Progress) -> TrainResult:
    """Train on the training students, choose on the validation students, measure on the test students, save.

    Raises:
        UserError: If the course has no log or an option is unknown.
    """
    bank, log = course.load_bank(), course.load_log()
    if not len(log):
        raise no_log(course)
    split = split_by_student(log, options.seed, options.test_fold, options.valid_fold)
    checkpoint = training_checkpoint(course, options)
    require_resumable(checkpoint, options)
    source = None if options.tracer.vectors_in_force == "none" else source_for(course, bank)
    model, _, result = fit_and_measure(bank, log, split, options, clock, progress, checkpoint, source)
    note = "" if source is None else new_texts_note(course, bank)
    result = replace(result, simulated=course.simulated, vectors_note=note)
    return keep(course, model, log.of_students(split.train), result, options, checkpoint, source, clock.now())


def no_log(course: Course) -> UserError:
    """That there is nothing to learn from, and the ways out."""
    return UserError(
        f"The course {course.name!r} has no answers to learn from.",
        allowed="a course with a log",
        mend=f"preceptor import FORMAT SOURCE --course {course.path} brings answers; without any, "
        f"`preceptor simulate {course.path}` gives a log that is marked simulated, and "
        f"`preceptor train {course.path} --model semantic-dkt --from OTHER_COURSE` learns from another course's log "
        "through the texts",
    )


def require_resumable(checkpoint: Checkpoint, options: TrainOptions) -> None:
    """Refuse to resume where only trainings of other kinds were interrupted.

    Raises:
        UserError: If that is so.
    """
    others = [file.name for file in checkpoint.path.parent.glob("interrupted-*.ckpt")]
    if options.resume and others and not checkpoint.path.exists():
        raise UserError(
            f"No training of this kind was interrupted; {checkpoint.path.parent} holds what {len(others)} other left.",
            allowed="the same course, model, options and version as before",
            mend="train without --resume to start anew",
        )


def keep(
    course: Course,
    model: MindModel,
    train_log: Log,
    result: TrainResult,
    options: TrainOptions,
    checkpoint: Checkpoint,
    source: TextSource | None,
    at_seconds: float,
) -> TrainResult:
    """Save a model with its text encoder and its objectives, make it the course's, and write the run file.

    Args:
        course: The course it will serve.
        model: Tracer and curve over the course's bank.
        train_log: What the objectives are fitted to, on the course's questions; they stay unfitted where it is empty.
        result: What the training gave.
        options: As asked for.
        checkpoint: Of the training, removed at the end.
        source: Where its text vectors come from; None if the tracer reads none.
        at_seconds: The time, UTC seconds.
    """
    run_id = new_run_id(course, "models", options.model, checkpoint.key, at_seconds)
    result = replace(result, run_id=run_id)
    with course.new_run_folder("models", options.model, run_id) as folder:
        save_mind(model, fitted_objectives(model.q_matrix, train_log), folder)
        keep_encoder(source, folder)
        record = {**result.to_dict(), "data_hash": course.data_hash, "options": options.what}
        (folder / METRICS_FILE).write_text(json.dumps(record, indent=1))
    course.set_default("models", options.model, run_id)
    run = write_run(
        course,
        "train",
        options.what,
        course.data_hash,
        options.seed,
        result.to_dict(),
        result.fit.seconds,
        at_seconds=at_seconds,
    )
    checkpoint.remove()
    return replace(result, run=run)


def training_checkpoint(course: Course, options: TrainOptions) -> Checkpoint:
    """Where a training of this kind leaves every pass; bound to the course's data and the options."""
    vectors = course.default(KIND) if options.tracer.vectors_in_force != "none" else None
    key = digest(course.data_hash, options.what, code_digest(), *([vectors.name] if vectors else []))
    return Checkpoint(course.path / "models" / options.model / f"interrupted-{key[:12]}.ckpt", key, options.resume)


def interrupted_epoch(course: Course, options: TrainOptions) -> int | None:
    """After which pass a training of the same kind was interrupted; None if none was."""
    try:
        left = replace(training_checkpoint(course, options), resume=True).load()
    except UserError:  # damaged: this training replaces it
        return None
    return len(left["history"]["losses"]) if left else None


def fit_and_measure(
    bank: Bank,
    log: Log,
    split: Split,
    options: TrainOptions,
    clock: Clock,
    progress: Progress,
    checkpoint: Checkpoint | None = None,
    source: TextSource | None = None,
) -> tuple[MindModel, FitReport, TrainResult]:
    """Fit tracer and curve and measure both; writes nothing but the checkpoint."""
    available = available_inputs(bank, log)
    check_tracer(options.tracer, available)
    make_curve(options.forgetting, len(bank.concepts))  # a wrong name is told before hours of training, and always
    train_log, valid_log, test_log = (log.of_students(part) for part in (split.train, split.valid, split.test))
    tracer = build_tracer(options.tracer, bank, source=source)
    fit = tracer.fit(
        train_log, valid_log, seed=options.seed, clock=clock.monotonic, progress=progress, checkpoint=checkpoint
    )
    model = MindModel(tracer, make_curve(curve_for(options.forgetting, log), len(bank.concepts))).fit_curve(valid_log)
    p_tracer, p_recall = tracer.score(test_log).astype(np.float64), model.score(test_log)
    floor = concept_average(train_log, test_log, bank.q_matrix)
    result = TrainResult(
        model=options.model,
        interactions=len(train_log),
        fit=fit,
        protocol=_protocol(log, split, options),
        test=metrics_of(p_tracer, test_log.correct),
        recall=metrics_of(p_recall, test_log.correct),
        floor=metrics_of(floor, test_log.correct),
        auc_gain=auc_gain(p_tracer, floor, test_log, options.seed),
        recall_auc_gain=auc_gain(p_recall, floor, test_log, options.seed),
        curve=model.curve.name,
        level_sd=model.curve.level_sd,
        run_id="",
        left_out=tuple(inputs_of(options.tracer, available)["left_out"]),
        answers_per_question=len(train_log) / max(len(np.unique(train_log.question)), 1),
        vectors=VectorsUsed.of(options.tracer.vectors_in_force, source),
    )
    return model, fit, result


def curve_for(asked: str, log: Log) -> str:
    """The curve that was asked for, or what stands in for it where not every answer has a time."""
    return asked if log.timed or not curve_class(asked).forgets else TIMELESS_CURVE


def save_mind(model: MindModel, objectives: list[dict[str, Any]], folder: Path) -> None:
    """Write tracer, curve, objectives and the labels it was trained on into an existing folder."""
    model.tracer.save(folder)
    concepts = list(model.q_matrix.concept_ids)
    content = {"curve": model.curve.to_dict(), "objectives": objectives, "concepts": concepts}
    (folder / MIND_FILE).write_text(json.dumps(content))
    rows = zip(model.q_matrix.question_ids, model.q_matrix.concepts.tolist(), strict=True)
    labels = {question: [concepts[c] for c in row if c >= 0] for question, row in rows}
    (folder / LABELS_FILE).write_text(json.dumps(labels))


def fitted_objectives(q_matrix: QMatrix, train_log: Log) -> list[dict[str, Any]]:
    """Every objective as `save_mind` takes them, fitted on a log; unfitted where it is empty."""
    made = [make_objective(name, q_matrix) for name in objective_names()]
    return [(objective.fit(train_log) if len(train_log) else objective).to_dict() for objective in made]


def _protocol(log: Log, split: Split, options: TrainOptions) -> dict[str, Any]:
    folds = bool((log.student_fold[np.unique(log.student)] >= 0).all())
    window = tracer_class(options.model).window
    return {
        "split": "folds of the data set" if folds else "by hash of seed and student",
        "test_fold": options.test_fold if folds else None,
        "valid_fold": options.valid_fold if folds else None,
        "students": {"train": len(split.train), "valid": len(split.valid), "test": len(split.test)},
        "concepts": "an axis of each question, never extra rows",
        "history": f"the last {window} answers" if window else "whole, from the first answer",
        "seed": options.seed,
    }

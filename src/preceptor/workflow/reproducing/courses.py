"""The courses a reproduction runs on: those given, or the built-in one, made in its folder."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from preceptor.annotate.varying import as_variation
from preceptor.course import Course, runs
from preceptor.course.files import new_folder
from preceptor.curriculum import built_in_bank
from preceptor.domain import Bank, Question, UserError
from preceptor.evaluate import PolicyDesign
from preceptor.progress import Progress
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.workflow.built_in import BuiltInOptions
from preceptor.workflow.calibrating import CalibrateOptions, calibrate
from preceptor.workflow.clock import Clock
from preceptor.workflow.demo import DemoOptions, demo
from preceptor.workflow.embedding import EmbedOptions, embed
from preceptor.workflow.models import load_trained
from preceptor.workflow.training import train, training_checkpoint
from preceptor.workflow.training_options import TrainOptions

FOLDER = "courses"
BUILT_IN, EXTENDED = "built-in", "built-in-extended"
QUICK = BuiltInOptions(students=150, days=30, questions_per_family=2)
VARIATIONS = 3
"""New questions of each original, as in the paper's extended bank."""


def course_names(courses: Sequence[Course]) -> list[str]:
    """What pages call courses: the folder, and their number too where two folders have one name."""
    folders = [course.path.name for course in courses]
    return [name if folders.count(name) == 1 else f"{name} {number}" for number, name in enumerate(folders, start=1)]


def built_in_course(folder: Path, *, quick: bool, clock: Clock, progress: Progress) -> Course:
    """The built-in course with a calibrated `semantic-dkt`; what is there already is kept.

    Args:
        folder: The reproduction's folder.
        quick: Whether it is a small one.
        clock: The clocks.
        progress: Told how far it is.
    """
    path = folder / FOLDER / BUILT_IN
    options = DemoOptions(QUICK, design=PolicyDesign(students=20)) if quick else DemoOptions()
    demo(path, options, clock, progress)
    course, encoder = Course.open(path), _encoder(quick)
    embedded = runs(course, "embed")
    if not embedded:  # what fine-tuning is worth; the course itself takes plain vectors, as `make policy-results` does
        embed(course, EmbedOptions(encoder, fine_tune=True), clock, progress)
    if not embedded or embedded[-1]["config"]["fine_tune"]:
        embed(course, EmbedOptions(encoder), clock, progress)
    wanted = TrainOptions(model=SemanticDktTracer.name, size="small" if quick else "base")
    return with_calibrated_tracer(course, wanted, clock, progress)


def with_calibrated_tracer(course: Course, wanted: TrainOptions, clock: Clock, progress: Progress) -> Course:
    """A course of vectors with a calibrated `semantic-dkt`; what is there already is kept, what was begun goes on.

    Args:
        course: The course.
        wanted: How to train it.
        clock: The clocks.
        progress: Told how far it is.
    """
    if not any(run.parent.name == SemanticDktTracer.name for run in course.saved_runs("models")):
        interrupted = training_checkpoint(course, wanted).path.exists()
        train(course, replace(wanted, resume=interrupted), clock, progress)
    if not _calibrated(course):
        calibrate(course, CalibrateOptions(), clock, progress)
    return course


def extended_course(folder: Path, course: Course, *, quick: bool, clock: Clock, progress: Progress) -> Course:
    """The same course with three more questions for each, written by the same generators; its tracer is not retrained.

    Args:
        folder: The reproduction's folder.
        course: The built-in course.
        quick: Whether that is a small one.
        clock: The clocks.
        progress: Told how far it is.
    """
    path = folder / FOLDER / EXTENDED
    if not path.exists():
        with new_folder(path) as made:
            shutil.copytree(course.path, made, dirs_exist_ok=True, ignore=shutil.ignore_patterns("policies"))
            larger = Course.open(made)
            larger.replace(bank=extended(course.load_bank()))
            embed(larger, EmbedOptions(_encoder(quick)), clock, progress)
    return Course.open(path)


def extended(bank: Bank) -> Bank:
    """The built-in bank with `VARIATIONS` new questions for each, marked as those of `annotate --extend` are."""
    families: dict[str, list[Question]] = {}
    for question in bank.questions:
        families.setdefault(question.family, []).append(question)
    each = len(bank.questions) // len(families)
    written: dict[str, list[Question]] = {}
    for question in built_in_bank(each * (1 + VARIATIONS)).questions:
        written.setdefault(question.family, []).append(question)
    made = [
        as_variation(families[family][i % each], i // each - 1, question)
        for family, questions in written.items()
        for i, question in enumerate(questions)
        if i >= each
    ]
    return replace(bank, questions=(*bank.questions, *made))


def require_calibrated(course: Course) -> Course:
    """Refuse a course whose model is no calibrated `semantic-dkt`.

    Raises:
        UserError: If it is none.
    """
    if not _calibrated(course):
        raise UserError(
            f"The model of the course {course.path} is no calibrated {SemanticDktTracer.name}.",
            allowed="a course whose mastery of concepts means what the paper says",
            mend=f"preceptor embed {course.path}; preceptor train {course.path} --model {SemanticDktTracer.name}; "
            f"preceptor calibrate {course.path}",
        )
    return course


def _calibrated(course: Course) -> bool:
    if course.default("models") is None:
        return False
    tracer = load_trained(course, course.load_bank()).model.tracer
    return isinstance(tracer, SemanticDktTracer) and tracer.calibrated


def _encoder(quick: bool) -> str:
    """The best installed one, or the one that needs no package."""
    return "lexical" if quick else ""

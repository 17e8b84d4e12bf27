"""Runs the pieces of tutor experiments; what an earlier run left is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from preceptor import parallel
from preceptor.course import Course, write_run
from preceptor.domain import Bank, UserError, digest
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.progress import Progress
from preceptor.workflow.kept_pieces import run_kept
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.models import named_run
from preceptor.workflow.piece_version import piece_version
from preceptor.workflow.simulating import load_truth
from preceptor.workflow.sources import prompts_of
from preceptor.workflow.spoken_design import SpokenDesign, model_told
from preceptor.workflow.tutor_pieces import TutorPiece, checked_arms, days_of, named_tracer, run_piece, taught_minds
from preceptor.workflow.tutor_voices import make_answers_file

WHAT = "arms and replicates"
_CODE = ("answers", "language", "tutor")
_MODULES = (
    "choosing", "minds", "models", "opening", "spoken_design", "steered", "tutor_arms", "tutor_dials", "tutor_pieces",
    "tutor_voices", "tutoring", "voice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabOptions:
    """What to compare.

    Args:
        arms: Names of arms.
        design: How; a `SpokenDesign` where variants speak through a language model.
        seeds: How many replicates.
        seed: The first of them.
        backend: Where pieces run, see `preceptor.parallel.map`.
    """

    arms: tuple[str, ...]
    design: LabDesign
    seeds: int = 5
    seed: int = 0
    backend: str = "here"


@dataclass(frozen=True)
class Ran:
    """What pieces hold.

    Args:
        arms: As they are reported.
        model: The course's model, NAME/RUN.
        pieces: What the pieces of each design hold, in the order of the designs.
        resumed: How many were there already.
    """

    arms: tuple[str, ...]
    model: str
    pieces: tuple[list[dict[str, Any]], ...]
    resumed: int


def run_arms(course: Course, options: LabOptions, designs: Sequence[LabDesign], progress: Progress) -> Ran:
    """Lead students through all arms, once for each design and replicate.

    Args:
        course: A simulated course with a trained model.
        options: Arms, replicates, backend.
        designs: How, one after the other.
        progress: Told how far it is.

    Raises:
        UserError: If the course is not simulated, has no trained model or other concepts than its students, or an arm,
            its tracer, a family or backend is unknown.
    """
    asked = [runnable(course, replace(options, design=design)) for design in designs]
    if _speaks(options):
        make_answers_file(course)
    pieces = [piece for own in asked for piece in own]
    known, resumed = run_kept(run_piece, pieces, options.backend, progress, WHAT)
    arms, model = _arms(course, course.load_bank(), options)
    return Ran(arms, model, tuple([known[piece] for piece in own] for own in asked), resumed)


def runnable(course: Course, options: LabOptions) -> list[TutorPiece]:
    """The pieces of a comparison, after everything that can be refused before it runs.

    Raises:
        UserError: As `run_arms`.
    """
    require_at_least(1, seeds=options.seeds)
    parallel.require_backend(options.backend)
    return pieces_of(course, options)


def recorded(
    command: str, course: Course, options: LabOptions, ran: Ran, found: Mapping[str, Any], seconds: float, at: float
) -> dict[str, Any]:
    """What `--json` prints of an experiment, with its run file.

    Args:
        command: What the run file is named by.
        course: The course.
        options: What was compared.
        ran: What was run.
        found: What the experiment says.
        seconds: How long it took.
        at: Now, UTC seconds.
    """
    result: dict[str, Any] = {
        "course": course.title,
        "simulated": True,
        "family": options.design.family,
        "arms": list(ran.arms),
        "seeds": options.seeds,
        "design": options.design.about,
        **model_told(options.design),
        "model": ran.model,
        "resumed": ran.resumed,
        **found,
    }
    config = {"arms": ran.arms, "seeds": options.seeds, "seed": options.seed, **options.design.about}
    run = write_run(course, command, config, course.data_hash, options.seed, result, seconds, at_seconds=at)
    return {**result, "seconds": seconds, "run": str(run)}


def pieces_of(course: Course, options: LabOptions) -> list[TutorPiece]:
    """Every piece of a comparison, with where its run file is.

    Raises:
        UserError: As `run_arms`.
    """
    bank = course.load_bank()
    arms, model = _arms(course, bank, options)
    minds = taught_minds(bank, options.design).parameter_hash
    code = piece_version(course, (*_CODE, *(f"workflow.{name}" for name in _MODULES)))
    words = (digest(prompts_of("tutor")),) if _speaks(options) else ()
    versions = {arm: " ".join((code, model, *_own_run(course, arm), minds, *words)) for arm in arms}
    days = _days(course)
    seeds = range(options.seed, options.seed + options.seeds)
    return [TutorPiece(course.path, arm, seed, options.design, days, versions[arm]) for seed in seeds for arm in arms]


def _own_run(course: Course, arm: str) -> tuple[str, ...]:
    """The saved run that an arm stands on by a tracer's name: trained anew, it is another arm."""
    tracer = named_tracer(arm)
    run = named_run(course, tracer) if tracer else None
    return (run.name,) if run else ()


def _speaks(options: LabOptions) -> bool:
    return isinstance(options.design, SpokenDesign)


def _arms(course: Course, bank: Bank, options: LabOptions) -> tuple[tuple[str, ...], str]:
    """The arms as they are reported, and the course's model by NAME/RUN."""
    model = _checked(course, bank)
    return checked_arms(options.arms, with_model=_speaks(options), default_model=model), model


def _checked(course: Course, bank: Bank) -> str:
    """The course's model by NAME/RUN."""
    if set(load_truth(course).concept_ids) != set(bank.concept):
        raise UserError(
            "The course has other concepts than its students know.",
            allowed="a simulated course with its own labels",
            mend="simulate into a copy that was not annotated anew",
        )
    run = course.default("models")
    if run is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path}")
    return f"{run.parent.name}/{run.name}"


def _days(course: Course) -> int:
    times = course.load_log().time_seconds
    return days_of(float(times.max() - times.min()))

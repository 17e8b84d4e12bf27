"""Do tutors teach? Every simulated student crosses every arm, between parallel tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from preceptor import parallel
from preceptor.course import Course, write_run
from preceptor.domain import UserError
from preceptor.evaluate.power import ASSUMED_SD, Power
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.evaluate.tutoring.outcomes import PRIMARY
from preceptor.evaluate.tutoring.rows import Table, calibrations, joined
from preceptor.progress import Progress
from preceptor.simulate import make_taught_family
from preceptor.tutor.variants import DEFAULT_VARIANT
from preceptor.workflow.clock import Clock
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.simulating import load_truth
from preceptor.workflow.tutor_pieces import TutorPiece, checked_arms, days_of, run_piece

REFERENCES = ("random", DEFAULT_VARIANT)
"""Arms that all others are held against."""
WHAT = "arms and replicates"
VERSION = "1"
"""Changes when pieces of an earlier version of the program would not be found again."""


@dataclass(frozen=True, slots=True)
class LabOptions:
    """What to compare.

    Args:
        arms: Names of arms.
        design: How.
        seeds: How many replicates.
        seed: The first of them.
        backend: Where pieces run, see `preceptor.parallel.map`.
    """

    arms: tuple[str, ...]
    design: LabDesign
    seeds: int = 5
    seed: int = 0
    backend: str = "here"


def evaluate_tutor(course: Course, options: LabOptions, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Lead students through arms, and compare what they gained.

    What was done before is read from its run file, so that a killed run goes on where it was.

    Args:
        course: A simulated course with a trained model.
        options: What to compare.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the course is not simulated, has no trained model or other concepts than its students, or an arm
            is unknown.
    """
    require_at_least(1, seeds=options.seeds)
    parallel.require_backend(options.backend)
    start, arms = clock.monotonic(), checked_arms(options.arms)
    model, pieces = _checked(course), pieces_of(course, options)
    known = {piece: found for piece in pieces if (found := piece.load()) is not None}
    new = [piece for piece in pieces if piece not in known]
    known |= zip(new, parallel.map(run_piece, new, backend=options.backend, progress=progress, what=WHAT), strict=True)
    result = {
        "course": course.title,
        "simulated": True,
        "family": options.design.family,
        "arms": list(arms),
        "seeds": options.seeds,
        "design": options.design.about,
        "model": model,
        "power": power_of(options, len(arms)),
        "resumed": len(pieces) - len(new),
        **measured([known[piece] for piece in pieces], options.seed),
    }
    seconds = clock.monotonic() - start
    config = {"arms": arms, "seeds": options.seeds, "seed": options.seed, **options.design.about}
    run = write_run(
        course, "evaluate-tutor", config, course.data_hash, options.seed, result, seconds, at_seconds=clock.now()
    )
    return {**result, "seconds": seconds, "run": str(run)}


def pieces_of(course: Course, options: LabOptions) -> list[TutorPiece]:
    """Every piece of a comparison, with where its run file is.

    Raises:
        UserError: If the course is not simulated or has no trained model, or an arm is unknown.
    """
    model, minds = _checked(course), make_taught_family(options.design.family, course.load_bank()).parameter_hash
    version = f"{VERSION} {course.data_hash} {model} {minds}"
    return [
        TutorPiece(course.path, arm, seed, options.design, _days(course), version)
        for seed in range(options.seed, options.seed + options.seeds)
        for arm in checked_arms(options.arms)
    ]


def family_of(course: Course) -> str:
    """The family of a course's own students.

    Raises:
        UserError: If they are not simulated.
    """
    return load_truth(course).family


def power_of(options: LabOptions, arms: int) -> dict[str, Any]:
    """What the experiment can find, before it runs."""
    power = Power(options.design.students, ASSUMED_SD, "assumed", max(arms - 1, 1))
    return {"detectable": power.detectable, "sd": power.sd, "source": power.source, "told": str(power)}


def measured(pieces: Sequence[Mapping[str, Any]], seed: int) -> dict[str, Any]:
    """Everything that is told of the pieces of one family."""
    table = Table(joined(pieces), seed)
    costs: dict[str, list[float]] = {}
    for piece in pieces:
        costs.setdefault(piece["arm"], []).append(piece["milliseconds_per_turn"])
    return {
        "primary": PRIMARY,
        "rows": table.rows(),
        "gains": table.gains(),
        "differences": [row for reference in REFERENCES for row in table.differences(reference)],
        "path": table.path(),
        "calibration": calibrations(pieces),
        "milliseconds_per_turn": {arm: float(np.mean(found)) for arm, found in costs.items()},
    }


def _checked(course: Course) -> str:
    """The course's model by NAME/RUN."""
    truth = load_truth(course)
    bank = course.load_bank()
    if set(truth.concept_ids) != set(bank.concept):
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

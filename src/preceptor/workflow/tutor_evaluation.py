"""Do tutors teach? Every simulated student crosses every arm, between parallel tests."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from preceptor.course import Course
from preceptor.evaluate.power import Power, assumed_sd
from preceptor.evaluate.tutoring.outcomes import PRIMARY
from preceptor.evaluate.tutoring.rows import Table, calibrations, joined
from preceptor.progress import Progress
from preceptor.tutor.variants import DEFAULT_VARIANT
from preceptor.workflow.clock import Clock
from preceptor.workflow.simulating import load_truth
from preceptor.workflow.spoken_design import SpokenDesign
from preceptor.workflow.tutor_runs import LabOptions, recorded, run_arms
from preceptor.workflow.tutor_voices import spoken_rows

REFERENCES = ("random", DEFAULT_VARIANT)
"""Arms that all others are held against."""


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
        UserError: As `run_arms`.
    """
    start = clock.monotonic()
    ran = run_arms(course, options, [options.design], progress)
    found = {"power": power_of(options, len(ran.arms)), **measured(ran.pieces[0], options.seed)}
    if isinstance(options.design, SpokenDesign):
        found["spoken"] = spoken_rows(ran.pieces[0])
    found["power_measured"] = _power_measured(found["differences"], len(ran.arms))
    return recorded("evaluate-tutor", course, options, ran, found, clock.monotonic() - start, clock.now())


def family_of(course: Course) -> str:
    """The family of a course's own students.

    Raises:
        UserError: If they are not simulated.
    """
    return load_truth(course).family


def power_of(options: LabOptions, arms: int) -> dict[str, Any]:
    """What the experiment can find, before it runs."""
    design = options.design
    sd = assumed_sd(design.concepts * design.items, options.seeds)
    return _told(Power(design.students, sd, "assumed", max(arms - 1, 1)))


def _power_measured(differences: Sequence[Mapping[str, Any]], arms: int) -> dict[str, Any] | None:
    """The same by the deviation that was found between our tutor and the first reference; None if either is missing."""
    wanted = (DEFAULT_VARIANT, REFERENCES[0], PRIMARY)
    found = [row for row in differences if (row["arm"], row["reference"], row["outcome"]) == wanted]
    return _told(Power(found[0]["n"], found[0]["sd"], "measured", max(arms - 1, 1))) if found else None


def _told(power: Power) -> dict[str, Any]:
    return {"detectable": power.detectable, "sd": power.sd, "source": power.source, "told": str(power)}


def measured(pieces: Sequence[Mapping[str, Any]], seed: int) -> dict[str, Any]:
    """Everything that is told of the pieces of one family."""
    table = Table(joined(pieces), seed)
    by_arm: dict[str, list[Mapping[str, Any]]] = {}
    for piece in pieces:
        by_arm.setdefault(piece["arm"], []).append(piece)
    return {
        "primary": PRIMARY,
        "rows": table.rows(),
        "gains": table.gains(),
        "differences": [row for reference in REFERENCES for row in table.differences(reference)],
        "path": table.path(),
        "calibration": calibrations(pieces),
        "milliseconds_per_turn": {
            arm: float(np.mean([piece["milliseconds_per_turn"] for piece in own])) for arm, own in by_arm.items()
        },
        "tokens": {arm: sum(piece["tokens"] for piece in own) for arm, own in by_arm.items()},
    }

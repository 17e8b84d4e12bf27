"""How far figures about tutors hang on what no log tells of students: every open number at both ends of its range."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from preceptor.course import Course
from preceptor.domain import UserError, unknown_name
from preceptor.evaluate.tutoring.outcomes import PRIMARY
from preceptor.evaluate.tutoring.rows import Table, joined
from preceptor.progress import Progress
from preceptor.simulate import SWEEPS
from preceptor.workflow.clock import Clock
from preceptor.workflow.tutor_evaluation import REFERENCES
from preceptor.workflow.tutor_runs import LabOptions, recorded, run_arms

OUTCOMES = (PRIMARY, "recall_day7")


def sweep_tutor(
    course: Course, options: LabOptions, clock: Clock, progress: Progress, numbers: str = "open"
) -> dict[str, Any]:
    """Compare arms with every number of the family that logs do not tell at either end of its range, one at a time.

    Args:
        course: A simulated course with a trained model, which stays the same.
        options: What to compare; `random` belongs to the arms.
        clock: The clocks.
        progress: Told how far it is.
        numbers: Which, a name of `SWEEPS`.

    Returns:
        `numbers`, and `sweep`, rows {parameter, value, arm, outcome, mean, sd, ci95, n}: each arm less `random`.

    Raises:
        UserError: As `swept` and `run_arms`.
    """
    ranges, start = swept(options, numbers), clock.monotonic()
    values = [("", 0.0), *((name, value) for name, ends in ranges.items() for value in ends)]
    given = dict(options.design.latent)
    latents = [{**given, name: value} if name else given for name, value in values]
    designs = [replace(options.design, latent=tuple(sorted(latent.items()))) for latent in latents]
    ran = run_arms(course, options, designs, progress)
    rows = [
        {"parameter": name, "value": value if name else None, **row}
        for (name, value), pieces in zip(values, ran.pieces, strict=True)
        for row in _rows(pieces, options.seed)
    ]
    return recorded(
        "sweep-tutor", course, options, ran, {"numbers": numbers, "sweep": rows}, clock.monotonic() - start, clock.now()
    )


def swept(options: LabOptions, numbers: str) -> dict[str, tuple[float, float]]:
    """The ends of each number's range.

    Args:
        options: What is to be compared.
        numbers: A name of `SWEEPS`.

    Raises:
        UserError: If there are no such numbers, or the family has none of them, or no arm is held against `random`.
    """
    if numbers not in SWEEPS:
        raise unknown_name("numbers to sweep", numbers, SWEEPS)
    if REFERENCES[0] not in options.arms or len(options.arms) < 2:
        raise UserError(
            f"arms is {','.join(options.arms)!r}.",
            allowed=f"{REFERENCES[0]}, which others are held against, and others",
        )
    ranges = SWEEPS[numbers](options.design.family)
    if not ranges:
        raise UserError(f"No number of the family {options.design.family!r} is known to be {numbers}.")
    return ranges


def _rows(pieces: Sequence[Mapping[str, Any]], seed: int) -> list[dict[str, Any]]:
    wanted = ("arm", "outcome", "mean", "sd", "ci95", "n")
    found = Table(joined(pieces), seed).differences(REFERENCES[0], OUTCOMES)
    return [{name: row[name] for name in wanted} for row in found]

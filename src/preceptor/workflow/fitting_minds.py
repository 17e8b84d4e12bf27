"""Fit a family of latent minds to real logs, and tell what they say and what they leave open."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.domain import UserError, digest
from preceptor.evaluate.minds.fit import Fitted, Problem, Target, fit, rises
from preceptor.evaluate.minds.stages import SOURCES, Stage, stages
from preceptor.progress import Progress
from preceptor.simulate import family_class, swept_ranges, taught_family_names

EVALUATIONS = 10
"""Most steps of the optimiser from each start."""
DIGITS = 3
"""Significant digits of a published parameter."""
TOLD = 4.0
"""A rise of the scaled loss above which the moments tell: about two standard errors."""


def fit_minds(family: str, data: Path, progress: Progress) -> dict[str, Any]:
    """Fit a family in stages.

    Args:
        family: One that can be taught.
        data: Holds the folders of the logs.
        progress: Told what is being fitted.

    Returns:
        The parameters, and for each stage the moments of real and simulated students.

    Raises:
        UserError: If the family cannot be taught or a log is missing.
    """
    if family not in taught_family_names():
        raise UserError(f"The family {family!r} cannot be fitted.", allowed=", ".join(taught_family_names()))
    kind = family_class(family).parameters_class
    parameters, told, tests = kind(), [], []
    targets: dict[str, Target] = {}
    for stage in stages(family):
        for log in stage.logs:
            if log not in targets:
                progress(f"reading {log}", 0, 1)
                targets[log] = SOURCES[log].target(data / log)
        problem = Problem(family, parameters, stage.free, tuple(targets[log] for log in stage.logs))
        found = fit(problem, stage.starts, EVALUATIONS, progress)
        fitted = {name: _rounded(getattr(found.parameters, name)) for name in stage.kept}
        told.append(_stage(stage, found))
        if stage.kept:
            tests += _tests(stage, found, fitted, swept_ranges(family), progress)
        parameters = replace(parameters, **fitted)
    return {
        "family": family,
        "parameters": asdict(parameters),
        "parameter_hash": digest(family, *sorted(asdict(parameters).items())),
        "stages": told,
        "tests": tests,
        "told_from": TOLD,
    }


def _stage(stage: Stage, found: Fitted) -> dict[str, Any]:
    problem = found.problem
    names = zip(problem.names, found.x, strict=True)
    values = {f"{name} of {log}" if log else name: _rounded(problem.free[name].outside(x)) for (name, log), x in names}
    logs = [_log(target, problem, found) for target in problem.targets]
    return {
        "name": stage.name,
        "fitted": values,
        "kept": list(stage.kept),
        "loss": found.loss,
        "losses": list(found.losses),
        "moments": int(sum(len(log["moments"]) for log in logs)),
        "logs": logs,
    }


def _log(target: Target, problem: Problem, found: Fitted) -> dict[str, Any]:
    brought, schedule = target.brought(problem.family, problem.at(found.x, target.name)), target.schedule
    return {
        "log": target.name,
        "students": schedule.students,
        "answers": len(schedule.student),
        "questions": len(schedule.bank.questions),
        "concepts": len(schedule.bank.concepts),
        "moments": [
            {"name": name, "real": {"mean": wanted, "ci95": list(ends)}, "simulated": brought[name]}
            for (name, wanted), ends in zip(target.wanted.items(), target.intervals, strict=True)
        ],
    }


def _tests(
    stage: Stage,
    found: Fitted,
    fitted: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
    progress: Progress,
) -> list[dict[str, Any]]:
    """Whether the logs tell the fitted numbers from their half and double, and the open ones from their ends."""
    progress(f"asking what {stage.name} tells", 0, 1)
    around = {name: _around(found, name, value) for name, value in fitted.items()}
    asked = {**{name: ends for name, ends in ranges.items() if name not in fitted}, **around}
    return [
        {
            "stage": stage.name,
            "parameter": name,
            "fitted": name in fitted,
            "range": list(asked[name]),
            "rises": list(rise),
        }
        for name, rise in rises(found, asked).items()
    ]


def _around(found: Fitted, name: str, value: float) -> tuple[float, float]:
    """Half and double, or half a logit to either side, within the bounds."""
    scale = found.problem.free[name]
    reach = np.log(2.0) if scale.kind == "log" else 0.5
    ends = [scale.outside(scale.inside(value) + side * reach) for side in (-1, 1)]
    return max(ends[0], scale.low), min(ends[1], scale.high)


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")

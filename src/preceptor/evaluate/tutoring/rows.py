"""Means, gains and paired differences of a tutor experiment, from one number a student, replicate and arm."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import REPLICATES, Estimate, resamples
from preceptor.evaluate.gains import group_gain, normalised_gain, symmetric_change
from preceptor.evaluate.paired import Drawn, compared, mean_of, paired
from preceptor.evaluate.tutoring.outcomes import expected_calibration_error

Values = Mapping[str, NDArray[np.float64]]
"""Outcome → float64 [students, replicates]."""
LATER = ("now", "day1", "day7", "day30")
COMPARED = (
    *(f"{kind}_{form}" for kind in ("accuracy", "expected", "recall", "transfer") for form in LATER),
    "turns_to_criterion",
)
"""Outcomes in which arms are held against a reference."""


def joined(pieces: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Arm → outcome → float64 [students, replicates], replicates in the order of their seeds.

    Args:
        pieces: What pieces hold, of one design and family.
    """
    by_arm: dict[str, list[Mapping[str, Any]]] = {}
    for piece in sorted(pieces, key=lambda piece: piece["seed"]):
        by_arm.setdefault(piece["arm"], []).append(piece)
    return {
        arm: {
            name: np.array([piece["outcomes"][name] for piece in own], dtype=np.float64).T
            for name in own[0]["outcomes"]
            if all(name in piece["outcomes"] for piece in own)
        }
        for arm, own in by_arm.items()
    }


class Table:
    """Rows over the students of one family.

    Args:
        values: Arm → outcome → float64 [students, replicates].
        seed: Draws the resamples, which all figures share.
        replicates: How many resamples.
    """

    def __init__(self, values: Mapping[str, Values], seed: int, replicates: int = REPLICATES) -> None:
        self.values = values
        students = len(next(iter(next(iter(values.values())).values())))
        self.shares = resamples(students, np.random.default_rng([seed, students]), replicates)

    def rows(self) -> list[dict[str, Any]]:
        """One row an arm and outcome: its mean with an interval over students."""
        return [
            {"arm": arm, "outcome": name, **_told(mean_of(one, self.shares)), "seeds": one.shape[1]}
            for arm, outcomes in self.values.items()
            for name, one in outcomes.items()
            if (~np.isnan(one)).any(axis=1).sum() > 1 and not name.startswith("path_")
        ]

    def gains(self) -> list[dict[str, Any]]:
        """Normalised gain of the group and of each student, and symmetric change, from before to every later test."""
        found = []
        for arm, outcomes in self.values.items():
            pre = outcomes["accuracy_pre"]
            for form in LATER:
                post = outcomes[f"accuracy_{form}"]
                row = {"arm": arm, "form": form, "group_gain": _told(group_gain(pre, post, self.shares))}
                for name, own in (("symmetric_change", symmetric_change), ("normalised_gain", normalised_gain)):
                    change = own(pre, post)
                    if (~np.isnan(change)).any(axis=1).sum() > 1:
                        row[name] = _told(mean_of(change, self.shares))
                found.append(row)
        return found

    def differences(self, reference: str, outcomes: Sequence[str] = COMPARED) -> list[dict[str, Any]]:
        """Every arm less a reference, within student and replicate, corrected for the number of arms (Holm)."""
        if reference not in self.values:
            return []
        found = []
        for outcome in outcomes:
            figures = {
                arm: paired(values[outcome], self.values[reference][outcome], self.shares)
                for arm, values in self.values.items()
                if arm != reference and outcome in values
            }
            for arm, one in compared(figures).items() if figures else ():
                found.append(
                    {
                        "arm": arm,
                        "reference": reference,
                        "outcome": outcome,
                        **_estimate(one.estimate),
                        "p": one.p,
                        "holm_p": one.holm_p,
                        "holm_ci95": list(one.holm_ci95),
                        "holds": one.holds,
                        "n": one.students,
                    }
                )
        return found

    def path(self) -> list[dict[str, Any]]:
        """True recall at the horizon after every number of turns, less what it was before the session."""
        found = []
        for arm, outcomes in self.values.items():
            for turn in range(len([name for name in outcomes if name.startswith("path_")])):
                gain = outcomes[f"path_{turn}"] - outcomes["path_0"]
                found.append({"arm": arm, "turns": turn, **_told(mean_of(gain, self.shares))})
        return found


def calibrations(pieces: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Expected calibration error of every arm that believes something, over all its replicates."""
    sums: dict[tuple[str, str], NDArray[np.float64]] = {}
    for piece in pieces:
        for form, rows in piece["calibration"].items():
            key = (piece["arm"], form)
            sums[key] = sums.get(key, np.zeros((len(rows), 3))) + np.asarray(rows)
    return [
        {"arm": arm, "form": form, "ece": expected_calibration_error(rows), "answers": int(rows[:, 0].sum())}
        for (arm, form), rows in sums.items()
    ]


def _told(drawn: Drawn) -> dict[str, Any]:
    return {**_estimate(drawn.estimate), "n": drawn.students}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {"mean": estimate.mean, "sd": estimate.sd, "ci95": list(estimate.ci95)}

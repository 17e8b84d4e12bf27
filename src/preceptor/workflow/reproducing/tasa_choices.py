"""What evaluation choices do to a gain: the same answers, counted as TASA counted them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.gains import group_gain, normalised_gain
from preceptor.evaluate.paired import Drawn, mean_of

Floats = NDArray[np.float64]
LEAST_PRE, MOST_PRE = 0.2, 0.6
"""The original kept students whose test before lay here."""
MOST_TESTS = 2
"""The original took each test twice."""
RULES: Mapping[str, Callable[..., Floats]] = {"mean": np.mean, "max": np.max, "min": np.min}
UNMEASURED = "not measured: it moves only students that a language model plays"


def choices(
    arms: Mapping[str, Mapping[str, Floats]], seed: int, rules: Sequence[str], styles: Sequence[str]
) -> list[dict[str, Any]]:
    """Rows of the watermarked table.

    Args:
        arms: Arm → outcome → float64 [students, replicates].
        seed: Draws the resamples.
        rules: Which words of `RULES` count the two tests of a student; of a single test there is nothing to count.
        styles: Words before the test that are no results.
    """
    return [row for arm, outcomes in arms.items() for row in _of_arm(arm, outcomes, seed, rules, styles)]


def _of_arm(
    arm: str, outcomes: Mapping[str, Floats], seed: int, rules: Sequence[str], styles: Sequence[str]
) -> list[dict[str, Any]]:
    every = outcomes["accuracy_pre"], outcomes["accuracy_now"]
    pre, post = (accuracies[:, :MOST_TESTS] for accuracies in every)
    tests = pre.shape[1]
    shares = resamples(len(pre), np.random.default_rng([seed, len(pre)]))  # those of the tables above
    gain = normalised_gain(pre, post)
    low = np.where((pre >= LEAST_PRE) & (pre <= MOST_PRE), gain, np.nan)
    few = f"only students whose test before lay in {LEAST_PRE} to {MOST_PRE}"
    several = tests > 1
    counted = [(f"{rule} of {tests} tests of each student", RULES[rule](gain, axis=1)) for rule in rules if several]
    counted += [(few, low)]
    counted += [(f"both: max of {tests}, and only these students", _best(low))] if several else []
    return [
        _row(arm, "gain of the group, all replicates (ours)", group_gain(*every, shares)),
        *(_row(arm, told, mean_of(values, shares)) for told, values in counted if _enough(values)),
        *({"arm": arm, "choice": f"told before the test: {one}", "gain": None, "why": UNMEASURED} for one in styles),
    ]


def _best(values: Floats) -> Floats:
    """The highest of each student; NaN where there is none."""
    best = np.where(np.isnan(values), -np.inf, values).max(axis=1)
    return np.where(np.isneginf(best), np.nan, best)


def _enough(values: Floats) -> bool:
    """Whether two students or more have a value, so that there is an interval."""
    return int((~np.isnan(values.reshape(len(values), -1))).any(axis=1).sum()) > 1


def _row(arm: str, choice: str, drawn: Drawn) -> dict[str, Any]:
    return {"arm": arm, "choice": choice, "gain": asdict(drawn.estimate), "students": drawn.students, "why": ""}

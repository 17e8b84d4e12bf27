"""FSRS-6 for right and wrong answers."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import Parameter, Scale
from preceptor.forgetting.power import power_law
from preceptor.forgetting.practice import PracticeLog

LEAST_STABILITY, MOST_STABILITY = 0.001, 36_500.0
EASY, GOOD = 4.0, 3.0


class Fsrs6Curve(FittedCurve):
    """The Free Spaced Repetition Scheduler, version 6, as what is left of mastery.

    Retention is (1 + f·t/S)^(−w20), f = 0.9^(−1/w20) − 1. Memory of a student and concept is (difficulty D, stability
    S in days). A wrong answer is the grade *again*, a right one *good*; credit between them mixes both outcomes.
    With h the retention just before the answer,

    first answer: S = first_again or first_again + first_good; D = difficulty − e^(spread·(G−1)) + 1, G = 1 or 3;
    right after a day and more: S ← S·(1 + growth·(11 − D)·S^(−saturation)·(e^(spacing·(1−h)) − 1)), which grows with
    what was forgotten;
    wrong after a day and more: S ← lapse·D^(−lapse_difficulty)·((S+1)^lapse_stability − 1)·e^(lapse_gap·(1−h)), at most
    S·e^(−same_day·same_day_shift);
    within a day: S ← S·e^(same_day·(G − 3 + same_day_shift))·S^(−same_day_saturation), no less than S if right and no
    more if wrong;
    then D ← reversion·D_easy + (1 − reversion)·(D − step·(G−3)·(10 − D)/9), within 1..10, D_easy that of a first
    answer with G = 4, which may lie below 1.

    Starts are the published defaults, fitted values maximise the likelihood. S times the factors of concept and
    student is the strength; the recursion itself knows no student.
    """

    name: ClassVar[str] = "fsrs6"
    prior_strength: ClassVar[tuple[float, float]] = (1.0, 1.0)
    memory_size: ClassVar[int] = 2
    own: ClassVar[tuple[Parameter, ...]] = tuple(
        Parameter(name, start, 0.5, Scale.POSITIVE)
        for name, start in {
            "w20": 0.1542,
            "first_again": 0.212,
            "first_good": 2.0945,
            "difficulty": 6.4133,
            "spread": 0.8334,
            "step": 3.0194,
            "reversion": 0.001,
            "growth": 6.5026,
            "saturation": 0.1666,
            "spacing": 0.796,
            "lapse": 1.4835,
            "lapse_difficulty": 0.0614,
            "lapse_stability": 0.2629,
            "lapse_gap": 1.6483,
            "same_day": 0.5425,
            "same_day_shift": 0.0912,
            "same_day_saturation": 0.0658,
        }.items()
    )

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """(1 + f·t/S)^(−w20)."""
        return power_law(values["w20"], elapsed_days / strength_days)

    @staticmethod
    def learned(values: Mapping[str, Any], seen: Any, xp: Any) -> Any:
        """Log of stability; that of a first wrong answer where nothing was practised."""
        stability = seen.memory[..., 1]
        return xp.where(stability > 0, xp.log(stability.clip(min=LEAST_STABILITY)), np.log(LEAST_STABILITY))

    @classmethod
    def remembered(cls, values: Mapping[str, Any], memory: Any, elapsed_days: Any, credit: Any, xp: Any) -> Any:
        """Difficulty and stability after one more answer."""
        difficulty, stability = memory[:, 0], memory[:, 1].clip(min=LEAST_STABILITY)
        new = memory[:, 1] <= 0
        first = values["first_again"] + credit * values["first_good"]
        later = _after_a_day(values, difficulty.clip(min=1.0), stability, elapsed_days, credit, xp)
        same_day = _within_a_day(values, stability, credit, xp)
        after = xp.where(new, first, xp.where(elapsed_days < 1.0, same_day, later))
        hardness = xp.where(new, _first_difficulty(values, credit, xp), _difficulty(values, difficulty, credit, xp))
        return xp.stack([hardness.clip(min=1.0, max=10.0), after.clip(min=LEAST_STABILITY, max=MOST_STABILITY)], 1)

    @classmethod
    def replay(cls, log: PracticeLog) -> Callable[[Mapping[str, Any]], Any]:
        """A compiled walk through all strands with its derivative."""
        from preceptor.forgetting.fsrs6_replay import Fsrs6Replay  # torch and numba are loaded only to fit

        return Fsrs6Replay(log, tuple(parameter.name for parameter in cls.own))


def _first_difficulty(values: Mapping[str, Any], credit: Any, xp: Any) -> Any:
    return values["difficulty"] - xp.exp(values["spread"] * (GOOD - 1.0) * credit) + 1.0


def _difficulty(values: Mapping[str, Any], difficulty: Any, credit: Any, xp: Any) -> Any:
    grade = 1.0 + (GOOD - 1.0) * credit
    moved = difficulty - values["step"] * (grade - GOOD) * (10.0 - difficulty) / 9.0
    easiest = values["difficulty"] - xp.exp(values["spread"] * (EASY - 1.0) + 0.0 * credit) + 1.0
    return values["reversion"] * easiest + (1.0 - values["reversion"]) * moved


def _after_a_day(values: Mapping[str, Any], difficulty: Any, stability: Any, elapsed: Any, credit: Any, xp: Any) -> Any:
    forgotten = 1.0 - power_law(values["w20"], elapsed / stability)
    growth = (11.0 - difficulty) * stability ** -values["saturation"] * (xp.exp(values["spacing"] * forgotten) - 1.0)
    right = stability * (1.0 + values["growth"] * growth)
    lapse = values["lapse"] * difficulty ** -values["lapse_difficulty"]
    lapse = lapse * ((stability + 1.0) ** values["lapse_stability"] - 1.0) * xp.exp(values["lapse_gap"] * forgotten)
    most = stability * xp.exp(-values["same_day"] * values["same_day_shift"] + 0.0 * credit)
    return credit * right + (1.0 - credit) * xp.minimum(most, lapse)


def _within_a_day(values: Mapping[str, Any], stability: Any, credit: Any, xp: Any) -> Any:
    common = stability ** (1.0 - values["same_day_saturation"])
    shift = values["same_day"] * values["same_day_shift"]
    right = common * xp.exp(shift + 0.0 * credit)
    wrong = common * xp.exp(shift - (GOOD - 1.0) * values["same_day"] + 0.0 * credit)
    return credit * xp.maximum(right, stability) + (1.0 - credit) * xp.minimum(wrong, stability)

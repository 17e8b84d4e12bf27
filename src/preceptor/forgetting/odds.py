"""The odds curve: a power law on the odds, a straight line in log time on the logit scale."""

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import GROWTH, Parameter, Scale

LOG_NINETY_PERCENT = float(np.log(0.9))


class OddsCurve(FittedCurve):
    """The odds of a right answer fall with a power of time; a stronger memory has a smaller power.

    With m' = (m − g)/(1 − g) the mastery above guessing, logit R' = logit m' + ln h and

    h(t; S) = (1 + t/τ)^(−w), w = −ln 0.9 / ln(1 + S/τ),

    so h(0) = 1, h(S) = 0.9 and h → 0. Concept, practice and student add up to −ln w instead of ln S. Time has one
    scale τ for all, expected near an hour: what happens within a sitting is the tracer's. A curve on P(correct) takes
    most from those who know most; this one moves everyone alike on the logit, as item response models expect of harder
    circumstances.
    """

    name: ClassVar[str] = "odds"
    prior_strength: ClassVar[tuple[float, float]] = (20.0, 1.0)
    log_strength_range: ClassVar[tuple[float, float]] = (-3.0, 7.0)
    own: ClassVar[tuple[Parameter, ...]] = (Parameter("scale_days", 0.04, 0.3, Scale.POSITIVE), *GROWTH)

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """(1 + t/τ)^(−w)."""
        scale = values["scale_days"]
        return xp.exp(LOG_NINETY_PERCENT * xp.log1p(elapsed_days / scale) / xp.log1p(strength_days / scale))

    @classmethod
    def days(cls, values: Mapping[str, Any], log_strength: Any, xp: Any) -> Any:
        """S = τ·(0.9^(−1/w) − 1) from −ln w."""
        inverse_power = xp.exp(log_strength.clip(*cls.log_strength_range))
        return values["scale_days"] * xp.expm1(-LOG_NINETY_PERCENT * inverse_power)

    @staticmethod
    def left(mastery: Any, retention: Any, guess_floor: Any, xp: Any) -> Any:
        """Recall g + (1 − g)·R' where m > g, else m."""
        above = ((mastery - guess_floor) / (1.0 - guess_floor)).clip(min=0.0)
        recalled = above * retention / (1.0 - above * (1.0 - retention)).clip(min=1e-12)
        return xp.where(mastery > guess_floor, guess_floor + (1.0 - guess_floor) * recalled, mastery)

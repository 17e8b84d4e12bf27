"""The odds curve: what fades is the odds of a right answer, quickly at the end of a sitting, then with log time."""

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import GROWTH, Parameter, Scale

LOG_NINETY_PERCENT = float(np.log(0.9))
LOG_DAYS = np.arange(-16.0, 125.0, 0.005)
"""Where the time to 90 % is looked up: logarithms of days."""


class OddsCurve(FittedCurve):
    """The odds of a right answer fall with a power of time; a stronger memory has a smaller power.

    With m' = (m − g)/(1 − g) the mastery above guessing, logit R' = logit m' + ln h and

    ln h(t) = −w·G(t), G(t) = ln(1 + t/τ) + κ·t/(t + τ),

    so h(0) = 1 and h → 0. The first part of G is a power law; the second is lost once a sitting is over, and no
    further. Concept, practice and student add up to −ln w. Strength S is the time to 90 % of the odds:
    w·G(S) = −ln 0.9. κ and τ are the same for all. The prior holds τ near an hour, for within a sitting gaps say who
    hurries and who struggles, which fits answers better than forgetting does and misleads at long gaps. A curve on
    P(correct) takes most from those who know most; this one moves everyone alike on the logit, as item response
    models expect of harder circumstances.
    """

    name: ClassVar[str] = "odds"
    prior_strength: ClassVar[tuple[float, float]] = (20.0, 1.0)
    log_strength_range: ClassVar[tuple[float, float]] = (-3.0, 7.0)
    own: ClassVar[tuple[Parameter, ...]] = (
        Parameter("scale_days", 0.04, 0.2, Scale.POSITIVE),
        Parameter("quick", 4.0, 1.0, Scale.POSITIVE),
        *GROWTH,
    )

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """0.9^(G(t)/G(S))."""
        return xp.exp(LOG_NINETY_PERCENT * _lost(values, elapsed_days, xp) / _lost(values, strength_days, xp))

    @classmethod
    def held_by(cls, values: Mapping[str, Any], elapsed_days: Any, log_strength: Any, xp: Any) -> Any:
        """e^(−w·G(t))."""
        return xp.exp(-_lost(values, elapsed_days, xp) * xp.exp(-log_strength.clip(*cls.log_strength_range)))

    @classmethod
    def days(cls, values: Mapping[str, Any], log_strength: Any, xp: Any) -> Any:
        """The time S at which w·G(S) = −ln 0.9, looked up to a hundred-thousandth; arrays only."""
        wanted = np.log(-LOG_NINETY_PERCENT) + log_strength.clip(*cls.log_strength_range)
        return np.exp(np.interp(wanted, np.log(_lost(values, np.exp(LOG_DAYS), np)), LOG_DAYS))

    @staticmethod
    def left(mastery: Any, retention: Any, guess_floor: Any, xp: Any) -> Any:
        """Recall g + (1 − g)·R' where m > g, else m."""
        above = ((mastery - guess_floor) / (1.0 - guess_floor)).clip(min=0.0)
        recalled = above * retention / (1.0 - above * (1.0 - retention)).clip(min=1e-12)
        return xp.where(mastery > guess_floor, guess_floor + (1.0 - guess_floor) * recalled, mastery)


def _lost(values: Mapping[str, Any], days: Any, xp: Any) -> Any:
    """G(t)."""
    return xp.log1p(days / values["scale_days"]) + values["quick"] * days / (days + values["scale_days"])

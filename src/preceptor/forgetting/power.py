"""The power curve, fitted jointly with a recalibration of mastery."""

from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.forgetting.contract import Counters, ForgettingCurve, PracticeLog
from preceptor.forgetting.power_parameters import LOG_STRENGTH_RANGE, PowerParameters


class PowerCurve(ForgettingCurve):
    """Power-law forgetting (Wixted & Ebbesen, 1991) in the form in which strength is the time to 90 %.

    h(t; S) = (1 + f·t/S)^(−d) with f = 0.9^(−1/d) − 1, so that h(S; S) = 0.9.

    log S = s_c + w₁·log(1 + spaced) + w₂·log(1 + credit) − w₃·log(1 + failures), one base s_c a concept, all w ≥ 0:
    strength grows with success, most with success after a pause. Mastery m of the tracer becomes
    σ(a + b·logit m) with one (a, b) for practised and one for unpractised concepts; both are fitted together with
    the curve on the next answers, so that what the tracer has already averaged over gaps is not counted twice.

    Args:
        concepts: Number of concepts.
        parameters: Fitted values; before `fit` a curve with a strength of one week.
    """

    name: ClassVar[str] = "power"

    def __init__(self, concepts: int, parameters: PowerParameters | None = None) -> None:
        self.parameters = parameters or PowerParameters.prior(concepts)

    @property
    def guess_floor(self) -> float:
        """P(correct) on an open question by guessing, fitted."""
        return self.parameters.guess_floor

    def fit(self, log: PracticeLog) -> Self:
        """Maximise the likelihood of the answers, see `power_fit`."""
        from preceptor.forgetting.power_fit import fit_power  # torch is loaded only to fit

        self.parameters = fit_power(log, len(self.parameters.base))
        return self

    def retention(self, elapsed_days: NDArray[np.float64], strength_days: NDArray[np.float64]) -> NDArray[np.float64]:
        """(1 + f·t/S)^(−d)."""
        decay = self.parameters.decay
        factor = 0.9 ** (-1.0 / decay) - 1.0
        return np.asarray((1.0 + factor * elapsed_days / strength_days) ** -decay)

    def strength_days(self, concepts: NDArray[Any], counters: Counters) -> NDArray[np.float64]:
        """Exp of the linear form above."""
        p = self.parameters
        failures = np.maximum(counters.attempts - counters.credit, 0)
        log_strength = (
            p.base[np.maximum(concepts, 0)]
            + p.w_spaced * np.log1p(counters.spaced, dtype=np.float64)
            + p.w_credit * np.log1p(counters.credit, dtype=np.float64)
            - p.w_failures * np.log1p(failures, dtype=np.float64)
        )
        return np.asarray(np.exp(np.clip(log_strength, *LOG_STRENGTH_RANGE)))

    def recalibrate(self, mastery: NDArray[Any], practised: NDArray[Any]) -> NDArray[np.float64]:
        """σ(a + b·logit m)."""
        p = self.parameters
        clipped = np.clip(np.asarray(mastery, dtype=np.float64), 1e-6, 1 - 1e-6)
        logit = np.log(clipped / (1 - clipped))
        shifted = np.where(practised, p.shift + p.slope * logit, p.new_shift + p.new_slope * logit)
        return np.asarray(1 / (1 + np.exp(-shifted)))

    def to_dict(self) -> dict[str, Any]:
        """Name and parameters."""
        return {"name": self.name, **self.parameters.to_dict()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`."""
        parameters = PowerParameters.from_dict({key: value for key, value in values.items() if key != "name"})
        return cls(len(parameters.base), parameters)

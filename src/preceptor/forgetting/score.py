"""Forgetting scores of TASA (Wu et al., 2026), for replication only; the product uses recall and what is forgotten."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import UserError
from preceptor.registry import Registry

SCORES = Registry(
    "forgetting score",
    "preceptor.forgetting_scores",
    {
        "tasa-exponential": "preceptor.forgetting.score:TasaExponential",
        "tasa-rational": "preceptor.forgetting.score:TasaRational",
    },
)


class ForgettingScore(ABC):
    """A number in 0..1 that grows with time and falls with mastery.

    Args:
        tau_days: Time constant in days, above 0; see `tau_days`.

    Raises:
        UserError: If it is not.
    """

    name: ClassVar[str]

    def __init__(self, tau_days: float) -> None:
        if not 0 < tau_days < np.inf:
            raise UserError(f"A time constant of {tau_days} days.", "a number above 0", "give tau in days")
        self.tau_days = tau_days

    @abstractmethod
    def score(self, mastery: NDArray[Any], elapsed_days: NDArray[Any]) -> NDArray[np.float64]:
        """F of the broadcast shape, from mastery in 0..1 and days since the last practice."""


class TasaExponential(ForgettingScore):
    """Equations 7 and 13: F = 1 − s·exp(−Δt/S). A new and unknown concept counts as forgotten (F = 1 − s at Δt = 0)."""

    name: ClassVar[str] = "tasa-exponential"

    def score(self, mastery: NDArray[Any], elapsed_days: NDArray[Any]) -> NDArray[np.float64]:
        """1 − s·exp(−Δt/τ)."""
        return np.asarray(1.0 - mastery * np.exp(-elapsed_days / self.tau_days))


class TasaRational(ForgettingScore):
    """Equations 8 and 15: F = (1 − s)·Δt/(Δt + τ). What is mastered never counts as forgotten (F ≤ 1 − s).

    It does not follow from equation 13, of which it is said to be an approximation: with exp(−x) ≈ 1/(1 + x) that
    becomes (1 − s + x)/(1 + x).
    """

    name: ClassVar[str] = "tasa-rational"

    def score(self, mastery: NDArray[Any], elapsed_days: NDArray[Any]) -> NDArray[np.float64]:
        """(1 − s)·Δt/(Δt + τ)."""
        return np.asarray((1.0 - mastery) * elapsed_days / (elapsed_days + self.tau_days))


def score_names() -> tuple[str, ...]:
    """Names of all scores, other packages' included."""
    return SCORES.names()


def make_score(name: str, tau_days: float) -> ForgettingScore:
    """A score by name.

    Raises:
        UserError: If no score has this name, or the time constant is not above 0.
    """
    return cast(type[ForgettingScore], SCORES.resolve(name))(tau_days)

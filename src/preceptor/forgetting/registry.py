"""Forgetting curves by name."""

from typing import Any, cast

from preceptor.forgetting.contract import ForgettingCurve
from preceptor.registry import Registry

CURVES = Registry(
    "forgetting curve",
    "preceptor.curves",
    {
        "exponential": "preceptor.forgetting.exponential:ExponentialCurve",
        "fsrs6": "preceptor.forgetting.fsrs6:Fsrs6Curve",
        "half-life": "preceptor.forgetting.half_life:HalfLifeCurve",
        "level": "preceptor.forgetting.level:LevelCurve",
        "none": "preceptor.forgetting.none:NoForgetting",
        "odds": "preceptor.forgetting.odds:OddsCurve",
        "power": "preceptor.forgetting.power:PowerCurve",
    },
)


DEFAULT_CURVE = "odds"
"""The one curve whose log loss after 7 days is surely below mastery alone's on held-out students of both timed data
sets, whatever mastery it stands on, see docs/results/forgetting.md."""


TIMELESS_CURVE = "level"
"""What stands in for a curve where not every answer has a time."""


def curve_names() -> tuple[str, ...]:
    """Names of all curves, other packages' included."""
    return CURVES.names()


def forgetting_names() -> tuple[str, ...]:
    """Names of the curves by which something fades."""
    return tuple(name for name in curve_names() if curve_class(name).forgets)


def curve_class(name: str) -> type[ForgettingCurve]:
    """The class behind a name.

    Raises:
        UserError: If no curve has this name.
    """
    return cast(type[ForgettingCurve], CURVES.resolve(name))


def make_curve(name: str, concepts: int) -> ForgettingCurve:
    """An unfitted curve over a number of concepts."""
    return curve_class(name)(concepts)


def load_curve(values: dict[str, Any]) -> ForgettingCurve:
    """A fitted curve from what `to_dict` gave."""
    return curve_class(values["name"]).from_dict(values)

"""Forgetting curves by name."""

from importlib import import_module
from typing import Any, cast

from preceptor.domain import unknown_name
from preceptor.forgetting.contract import ForgettingCurve

CURVES = {
    "none": "preceptor.forgetting.none:NoForgetting",
    "power": "preceptor.forgetting.power:PowerCurve",
}


def curve_names() -> tuple[str, ...]:
    """Names of all curves."""
    return tuple(sorted(CURVES))


def curve_class(name: str) -> type[ForgettingCurve]:
    """The class behind a name.

    Raises:
        UserError: If no curve has this name.
    """
    if name not in CURVES:
        raise unknown_name("forgetting curve", name, CURVES)
    module, attribute = CURVES[name].split(":")
    return cast(type[ForgettingCurve], getattr(import_module(module), attribute))


def make_curve(name: str, concepts: int) -> ForgettingCurve:
    """An unfitted curve over a number of concepts."""
    return curve_class(name)(concepts)


def load_curve(values: dict[str, Any]) -> ForgettingCurve:
    """A fitted curve from what `to_dict` gave."""
    return curve_class(values["name"]).from_dict(values)

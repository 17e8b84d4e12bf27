"""Which values the numbers of a taught family can have at all."""

import math
from dataclasses import asdict

from preceptor.domain import UserError
from preceptor.simulate.taught_parameters import TaughtParameters

_ABOVE_0 = ("_days", "_width")
_FROM_0 = ("_sd", "_gain", "_growth")
_ANY = ("_logit",)


def require_possible(parameters: TaughtParameters) -> None:
    """Refuse numbers that no student can have; what a number means its ending says, and shares are the rest.

    Raises:
        UserError: Naming every number that is out of its limits.
    """
    wrong = {name: limits for name, value in asdict(parameters).items() if (limits := _broken(name, value))}
    if wrong:
        given = ", ".join(f"{name}={getattr(parameters, name):g}" for name in wrong)
        raise UserError(f"No student has {given}.", allowed="; ".join(f"{name} {what}" for name, what in wrong.items()))


def _broken(name: str, value: float) -> str:
    """The limits that a number breaks; empty if it keeps them."""
    if name.endswith(_ANY):
        return "" if math.isfinite(value) else "a number"
    if name.endswith(_ABOVE_0):
        return "" if 0 < value < math.inf else "above 0"
    if name.endswith(_FROM_0):
        return "" if 0 <= value < math.inf else "0 or more"
    return "" if 0 <= value <= 1 else "from 0 to 1"

"""Limits of the numbers users give."""

import math

from preceptor.domain import UserError


def require_at_least(least: float, **given: float) -> None:
    """Refuse numbers that are too small, infinite or none.

    Args:
        least: The least value allowed.
        given: Option name, with underscores → value.

    Raises:
        UserError: Naming the option as the command line spells it.
    """
    for name, value in given.items():
        if not (value >= least and math.isfinite(value)):
            raise UserError(f"--{name.replace('_', '-')} is {value:g}.", allowed=f"{least:g} or more")

"""How large a language model is, by what the user says or by its name."""

import re

from preceptor.domain import UserError

LEAST_PARAMETERS = 4_000_000_000
"""A model with fewer shows that the parts fit together; what it says or judges is evidence of nothing."""
LEAST = "4B"
PLUMBING = "PLUMBING, NO EVIDENCE"
_UNITS = {"m": 1_000_000, "b": 1_000_000_000}
_SIZE = re.compile(r"(?<![a-z0-9.])(?:(\d+)x)?(\d+(?:\.\d+)?)([bm])(?![a-z0-9])", re.IGNORECASE)
"""7B, 1.5b, 135M, 8x7B; no part of a word or of another number."""


def parameters_of(name: str, told: str = "") -> int | None:
    """The number of a model's parameters; None if nobody says. Of several sizes in a name the smallest counts.

    Args:
        name: The model's name at its server, for example "llama3.1-8b-instruct".
        told: What the user says, for example "7B"; empty for nothing.

    Raises:
        UserError: If the user's words are no size.
    """
    if not told:
        return min(map(_number, _SIZE.finditer(name)), default=None)
    found = _SIZE.fullmatch(told.strip())
    if found is None:
        raise UserError(f"The model's size is {told!r}.", allowed="parameters in millions or billions: 135M, 7B, 8x7B")
    return _number(found)


def is_evidence(parameters: int | None) -> bool:
    """Whether figures of a model of this size may support a claim; a size that nobody knows does not."""
    return parameters is not None and parameters >= LEAST_PARAMETERS


def _number(found: re.Match[str]) -> int:
    times, value, unit = found.groups()
    return round(int(times or 1) * float(value) * _UNITS[unit.lower()])

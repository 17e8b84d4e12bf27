"""What every arm of a tutor experiment shares: how long, how many, when tests are taken."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from preceptor.domain import SECONDS_PER_DAY, UserError, digest

FORMS = ("pre", "now", "day1", "day7", "day30")
"""The tests, in the order in which they are taken."""
FORM_DAYS = (0.0, 0.0, 1.0, 7.0, 30.0)
"""Days from the session to each test; the first is taken before it."""
CRITERION = 0.8
"""Mean latent recall of the scope at which a student counts as done."""


@dataclass(frozen=True, slots=True)
class LabDesign:
    """How tutors are compared; the same for every arm.

    Args:
        family: How students know, learn and forget, a registered family of latent minds.
        students: How many students; each goes through every arm in every replicate.
        turns: Questions of a session.
        concepts: Concepts that a session is about.
        items: Test items for each of these concepts on every form.
        horizon_days: When recall counts for whoever plans.
        turn_seconds: From one question to the next.
        tests_teach: Whether students learn from the tests, too.
        latent: Parameters of the family that are not its own, by name: how far figures hang on what no log tells.
        forgets: Whether students forget; without it time stands still for them, a check of the lab and no result.
    """

    family: str
    students: int = 400
    turns: int = 10
    concepts: int = 4
    items: int = 2
    horizon_days: float = 7.0
    turn_seconds: float = 60.0
    tests_teach: bool = False
    latent: tuple[tuple[str, float], ...] = ()
    forgets: bool = True

    def __post_init__(self) -> None:
        """Refuse an experiment without students, turns or items."""
        for name, least in (("students", 2), ("turns", 1), ("concepts", 1), ("items", 1)):
            if getattr(self, name) < least:
                raise UserError(f"{name} is {getattr(self, name)}.", allowed=f"{least} or more")
        if not 0 <= self.horizon_days < math.inf:
            raise UserError(f"horizon_days is {self.horizon_days:g}.", allowed="0 or more")

    @property
    def config_hash(self) -> str:
        """Equal between arms that may be compared."""
        return digest("tutor lab", *(f"{name}={value!r}" for name, value in asdict(self).items()))

    def days(self) -> Iterator[tuple[int, float]]:
        """Every test by its place, with the days since the session."""
        yield from enumerate(FORM_DAYS)

    @property
    def about(self) -> dict[str, Any]:
        """As JSON values, with the hash."""
        return {**{f.name: getattr(self, f.name) for f in fields(self)}, "config_hash": self.config_hash}


def chance(*key: int) -> np.random.Generator:
    """Randomness that depends on numbers only: seed, student, and what it is for; never on an arm or its name."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(list(key))))


def later(at_seconds: Any, days: float) -> Any:
    """A time so many days later."""
    return at_seconds + days * SECONDS_PER_DAY

"""How much a tutor retrieves, written behind an arm's name: `tasa+lambda=0.3+k=5+keep=2`."""

from dataclasses import dataclass, replace
from typing import Self

from preceptor.domain import UserError
from preceptor.tutor import Ranking

MARK = "+"
_NAMES = {"lambda": "weight", "k": "candidates", "keep": "kept"}


@dataclass(frozen=True, slots=True)
class Dials:
    """Numbers of retrieval (tasa.md, §11.1).

    Args:
        weight: λ, of the description's similarity; the keywords' has 1 − λ.
        candidates: K, how many entries are looked at closely.
        kept: How many are kept of them.
    """

    weight: float = 0.5
    candidates: int = 10
    kept: int = 3

    def __post_init__(self) -> None:
        """Refuse what no ranking has."""
        self.on(Ranking())

    @classmethod
    def split(cls, name: str) -> tuple[str, Self]:
        """An arm's name without its dials, and the dials.

        Raises:
            UserError: If there is no such dial, or its number is out of range.
        """
        base, *parts = name.split(MARK)
        given: dict[str, float | int] = {}
        for part in parts:
            dial, _, value = part.partition("=")
            try:
                given[_NAMES[dial]] = float(value) if dial == "lambda" else int(value)
            except (KeyError, ValueError) as error:
                allowed = ", ".join(f"{MARK}{known}=NUMBER" for known in _NAMES)
                raise UserError(f"The arm {name!r} ends with {part!r}.", allowed=allowed) from error
        return base, cls(**given)  # type: ignore[arg-type]

    @property
    def suffix(self) -> str:
        """What stands behind an arm's name; empty where all is as usual."""
        usual = Dials()
        own = ((dial, getattr(self, field), getattr(usual, field)) for dial, field in _NAMES.items())
        return "".join(f"{MARK}{dial}={value:g}" for dial, value, default in own if value != default)

    def on(self, ranking: Ranking) -> Ranking:
        """A ranking with these numbers."""
        return replace(ranking, weight=self.weight, candidates=self.candidates, kept=self.kept)


USUAL = Dials()

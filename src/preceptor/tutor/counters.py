"""What happened behind a tutor's words, counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from preceptor.llm import Failure
from preceptor.tutor.guard import Refused

_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Counters:
    """Counts of one turn; those of a session are their sum.

    Args:
        released: Sentences of drafts that a guard released.
        refused: Refused sentences by reason.
        failed: Failed model calls by kind.
        dropped: What else was thrown away, by what it was: unverified claims, rewritings with changed numbers.
    """

    released: int = 0
    refused: Mapping[str, int] = field(default_factory=lambda: _NONE)
    failed: Mapping[str, int] = field(default_factory=lambda: _NONE)
    dropped: Mapping[str, int] = field(default_factory=lambda: _NONE)

    def __add__(self, other: "Counters") -> "Counters":
        return Counters(
            self.released + other.released,
            dict(Counter(self.refused) + Counter(other.refused)),
            dict(Counter(self.failed) + Counter(other.failed)),
            dict(Counter(self.dropped) + Counter(other.dropped)),
        )

    @property
    def fell_back(self) -> bool:
        """Whether the deterministic text took over."""
        return bool(self.refused or self.failed)

    @classmethod
    def of_release(cls) -> "Counters":
        """One released sentence."""
        return cls(released=1)

    @classmethod
    def of_refusal(cls, refused: Refused) -> "Counters":
        """One refused sentence."""
        return cls(refused={refused.reason.value: 1})

    @classmethod
    def of_failure(cls, failure: Failure) -> "Counters":
        """One failed call."""
        return cls(failed={failure.kind.value: 1})

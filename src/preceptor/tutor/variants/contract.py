"""What a tutor is made of."""

import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Protocol

from preceptor.answers import Computer
from preceptor.domain import UserError, digest
from preceptor.llm import LanguageModel
from preceptor.tutor.guard import Guard, SentenceGuard
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Draft
from preceptor.tutor.variants.knows import Knows
from preceptor.tutor.variants.sight import seen

TUTOR = "tutor"
"""The role of the model that speaks to the student."""
SELECTION = "-selection"
"""Ends the name of a rival without a capable model: it selects questions and information, and no more."""


@dataclass(frozen=True, slots=True)
class SessionBudget:
    """What every variant gets, the same for all of them; one that needs fewer calls leaves the others unused.

    Args:
        turns: Questions in a session, the last one answered and graded, too.
        calls_per_turn: Calls of a model in a turn at most.
        max_tokens: Longest reply of a call.
        timeout_seconds: Longest wait for all calls of a turn together.
        context_turns: How many earlier turns of the session stand in a prompt.
    """

    turns: int = 10
    calls_per_turn: int = 5
    max_tokens: int = 400
    timeout_seconds: float = 20.0
    context_turns: int = 6

    def __post_init__(self) -> None:
        """Refuse a budget that allows nothing."""
        for name, value in asdict(self).items():
            least = 0 if name == "context_turns" else 1
            if value < least:
                raise UserError(f"{name} is {value}.", allowed=f"{least} or more")

    @property
    def config_hash(self) -> str:
        """Equal between arms that may be compared."""
        return digest(*(f"{name}={value!r}" for name, value in asdict(self).items()))


@dataclass(frozen=True)
class Kit:
    """What a strategy works with.

    Args:
        models: Models by role: "tutor" always, others where a variant asks for them.
        budget: What may be spent in a turn.
        knows: What the variant may use.
        prompts: The name of its prompt files.
        guard: Checks drafts that a strategy validates itself; whatever it yields is checked once more.
        computer: Computes what a model asks for; None where nothing can be computed but plain fractions.
        monotonic: Seconds that never go back.
    """

    models: Mapping[str, LanguageModel]
    budget: SessionBudget
    knows: Knows
    prompts: str
    guard: Guard = field(default_factory=SentenceGuard)
    computer: Computer | None = None
    monotonic: Callable[[], float] = time.monotonic


class Strategy(Protocol):
    """How a variant makes a draft out of a situation: one call, a loop over tools, validated drafts."""

    def __call__(self, situation: Situation, kit: Kit) -> Generator[Draft]:
        """Yield sentences and counts, then at most one `Ended`; see `Speaker.speak`."""
        ...


@dataclass(frozen=True)
class Variant:
    """A tutor.

    Args:
        name: As it is registered.
        knows: What it may use.
        policy: A registered policy that chooses its questions; empty for the course's own.
        prompts: The name of its prompt files; empty if it has none.
        strategy: Makes the draft where there is a model; None for a tutor that never asks one.
        calls_per_turn: How many calls it was made for; never more than the budget allows.
        replicates: Whether it is an original's reduced form, kept for replication only.
        composes: Whether it is whole without a model, because it composes its words itself.
    """

    name: str
    knows: Knows
    policy: str = ""
    prompts: str = ""
    strategy: Strategy | None = None
    calls_per_turn: int = 1
    replicates: bool = False
    composes: bool = False

    def named(self, *, with_model: bool) -> str:
        """Its name in results: without a model, a rival only selects questions and information."""
        return self.name if with_model or self.composes else f"{self.name}{SELECTION}"


class VariantSpeaker:
    """A variant with its models is a `Speaker`.

    Args:
        strategy: Makes the drafts.
        kit: What it works with.
    """

    def __init__(self, strategy: Strategy, kit: Kit) -> None:
        self._strategy, self._kit = strategy, kit

    def speak(self, situation: Situation) -> Generator[Draft]:
        """Draft a turn from what the variant may know; see `Speaker.speak`."""
        return self._strategy(seen(situation, self._kit.knows), self._kit)

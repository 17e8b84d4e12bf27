"""Who tutors: a variant, its models with their costs, and the guard before the student."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from preceptor.answers import Computer
from preceptor.llm import Failure, FailureKind, LanguageModel, MeteredModel, Price, Reply, Request, Spending, heard
from preceptor.tutor.guard import Guard, SentenceGuard
from preceptor.tutor.speaker import Speaker
from preceptor.tutor.variants import DEFAULT_VARIANT, Kit, SessionBudget, Variant, VariantSpeaker, named_variant


@dataclass(frozen=True)
class Tutor:
    """A tutor as a dialogue uses it.

    Args:
        variant: What it knows, and how it drafts.
        models: Language models by role; without one for the tutor, all words are composed from the course.
        model_name: The tutor's model in transcripts; empty for none.
        price: What its tokens cost.
        budget: What a session may take, the same for every variant.
        guard: What every drafted sentence has to pass.
        monotonic: Seconds that never go back.
    """

    variant: Variant = field(default_factory=lambda: named_variant(DEFAULT_VARIANT))
    models: Mapping[str, LanguageModel] = field(default_factory=dict)
    model_name: str = ""
    price: Price = field(default_factory=Price)
    budget: SessionBudget = field(default_factory=SessionBudget)
    guard: Guard = field(default_factory=SentenceGuard)
    monotonic: Callable[[], float] = time.monotonic

    @property
    def name(self) -> str:
        """The variant's name in transcripts and results."""
        return self.variant.named(with_model=bool(self.models))

    def meter(self, computer: Computer | None = None) -> "Meter":
        """A speaker for one turn, and what it takes.

        Args:
            computer: Computes what a variant's model asks for.
        """
        return Meter(self, computer)


class Meter:
    """One turn of a tutor, measured.

    Args:
        tutor: The tutor.
        computer: Computes what a variant's model asks for.

    Attributes:
        speaker: Drafts the turn's words; None where they are composed.
    """

    def __init__(self, tutor: Tutor, computer: Computer | None = None) -> None:
        self._tutor = tutor
        self._start = tutor.monotonic()
        most = min(tutor.budget.calls_per_turn, tutor.variant.calls_per_turn)
        calls = _Calls(most)
        self._models = {role: MeteredModel(_Limited(model, calls)) for role, model in tutor.models.items()}
        self.speaker: Speaker | None = None
        strategy = tutor.variant.strategy
        if self._models and strategy is not None:
            variant = tutor.variant
            kit = Kit(
                self._models, tutor.budget, variant.knows, variant.prompts, tutor.guard, computer, tutor.monotonic
            )
            self.speaker = VariantSpeaker(strategy, kit)

    @property
    def spent(self) -> Spending:
        """What all models took so far."""
        return sum((model.spent for model in self._models.values()), Spending())

    @property
    def cost(self) -> float:
        """The same in money."""
        return self._tutor.price.of(self.spent.input_tokens, self.spent.output_tokens)

    @property
    def milliseconds(self) -> float:
        """Since the turn began."""
        return 1000 * (self._tutor.monotonic() - self._start)


class _Calls:
    """How many calls are left in a turn."""

    def __init__(self, left: int) -> None:
        self.left = left


class _Limited:
    """A model that is asked no more often than a turn allows, whatever a strategy does."""

    def __init__(self, model: LanguageModel, calls: _Calls) -> None:
        self._model, self._calls = model, calls

    def complete(self, request: Request) -> Reply | Failure:
        """Ask if a call is left."""
        return self._model.complete(request) if self._take() else _NO_CALL

    def stream(self, request: Request) -> Iterator[str | Reply | Failure]:
        """Listen if a call is left."""
        if self._take():
            yield from heard(self._model, request)
        else:
            yield _NO_CALL

    def _take(self) -> bool:
        self._calls.left -= 1
        return self._calls.left >= 0


_NO_CALL = Failure(FailureKind.BUDGET, "no call is left in this turn")

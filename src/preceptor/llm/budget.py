"""Tokens and money: what was spent, and how much may be."""

import math
from dataclasses import dataclass

from preceptor.domain import UserError

PER = 1_000_000
"""Prices are given for so many tokens."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in any currency.

    Args:
        read: For a million tokens read.
        written: For a million tokens written.
    """

    read: float = 0.0
    written: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no price."""
        for value in (self.read, self.written):
            if not (math.isfinite(value) and value >= 0):
                raise UserError(f"A price is {value:g}.", allowed="0 or more for a million tokens")

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """Cost of so many tokens."""
        return (input_tokens * self.read + output_tokens * self.written) / PER


FREE = Price()


@dataclass(frozen=True, slots=True)
class Spending:
    """What answers took.

    Args:
        answers: How many there were.
        input_tokens: Tokens read.
        output_tokens: Tokens written.
    """

    answers: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def tokens(self) -> int:
        """Tokens read and written."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: "Spending") -> "Spending":
        return Spending(
            self.answers + other.answers,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
        )

    def __sub__(self, other: "Spending") -> "Spending":
        return self + Spending(-other.answers, -other.input_tokens, -other.output_tokens)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent.

    Args:
        tokens: Tokens read and written; None for no limit.
        money: In the currency of the price; None for no limit.
        price: What tokens cost.
    """

    tokens: int | None = None
    money: float | None = None
    price: Price = FREE

    def __post_init__(self) -> None:
        """Refuse a budget that could never be reached."""
        if self.tokens is not None and self.tokens < 1:
            raise UserError(f"The budget is {self.tokens} tokens.", allowed="1 or more")
        if self.money is not None and not (math.isfinite(self.money) and self.money > 0):
            raise UserError(f"The budget is {self.money:g}.", allowed="more than 0")
        if self.money is not None and self.price == FREE:
            raise UserError(
                "A budget of money was given, but no price.",
                mend="say what a million tokens cost: --price-in, --price-out",
            )

    def exceeded_by(self, spent: Spending) -> str:
        """What limit a spending would exceed, in words; empty for none."""
        if self.tokens is not None and spent.tokens > self.tokens:
            return f"{self.tokens:,} tokens"
        if self.money is not None and self.price.of(spent.input_tokens, spent.output_tokens) > self.money:
            return f"{self.money:g} of money"
        return ""


NO_LIMIT = Budget()

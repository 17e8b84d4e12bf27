"""Wrong ideas with a name, and what to say about them."""

from preceptor.curriculum.misconceptions import (
    decimals,
    equations,
    expressions,
    factors_and_powers,
    fractions,
    functions,
    geometry,
    negative_numbers,
    percent,
    ratios,
    statistics,
    whole_numbers,
)
from preceptor.domain import Misconception

TOPICS = (
    whole_numbers,
    factors_and_powers,
    fractions,
    decimals,
    ratios,
    percent,
    negative_numbers,
    expressions,
    equations,
    functions,
    geometry,
    statistics,
)

MISCONCEPTIONS: tuple[Misconception, ...] = tuple(
    misconception for topic in TOPICS for misconception in topic.MISCONCEPTIONS
)

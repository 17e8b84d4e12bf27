"""All question families, in teaching order."""

from preceptor.curriculum.families import (
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
from preceptor.curriculum.family import Family

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


def families() -> tuple[Family, ...]:
    """List every question family."""
    return tuple(family for topic in TOPICS for family in topic.FAMILIES)

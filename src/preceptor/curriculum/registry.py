"""All question families, in teaching order."""

from preceptor.curriculum import (
    decimals,
    equations,
    expressions,
    factors_and_powers,
    fraction_operations,
    fractions,
    geometry,
    integers,
    percent,
    ratios,
    statistics,
    whole_numbers,
)
from preceptor.curriculum.family import Family

_TOPICS = (
    whole_numbers,
    factors_and_powers,
    fractions,
    fraction_operations,
    decimals,
    ratios,
    percent,
    integers,
    expressions,
    equations,
    geometry,
    statistics,
)


def families() -> tuple[Family, ...]:
    """List every question family."""
    return tuple(family for topic in _TOPICS for family in topic.FAMILIES)

"""Tutors: ours, its rivals and its ablations, as small objects for one session loop."""

from preceptor.tutor.variants.contract import Kit, Knows, SessionBudget, Strategy, Variant
from preceptor.tutor.variants.registry import DEFAULT_VARIANT, VARIANTS, named_variant, variant_names

__all__ = [
    "DEFAULT_VARIANT",
    "VARIANTS",
    "Kit",
    "Knows",
    "SessionBudget",
    "Strategy",
    "Variant",
    "named_variant",
    "variant_names",
]

"""Tutors: ours, its rivals and its ablations, as small objects for one session loop."""

from preceptor.tutor.variants.contract import SELECTION, TUTOR, Kit, SessionBudget, Strategy, Variant, VariantSpeaker
from preceptor.tutor.variants.knows import EVERYTHING, Knows
from preceptor.tutor.variants.registry import DEFAULT_VARIANT, VARIANTS, named_variant, variant_names

__all__ = [
    "DEFAULT_VARIANT",
    "EVERYTHING",
    "SELECTION",
    "TUTOR",
    "VARIANTS",
    "Kit",
    "Knows",
    "SessionBudget",
    "Strategy",
    "Variant",
    "VariantSpeaker",
    "named_variant",
    "variant_names",
]

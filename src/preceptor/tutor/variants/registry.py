"""Tutors by name."""

from preceptor.registry import Registry
from preceptor.tutor.variants.contract import Variant

DEFAULT_VARIANT = "tasa"

VARIANTS = Registry(
    "tutor variant",
    "preceptor.tutor_variants",
    {
        "tasa": "preceptor.tutor.variants.tasa:TASA",
    },
)


def variant_names() -> tuple[str, ...]:
    """Names of all variants, other packages' included."""
    return VARIANTS.names()


def named_variant(name: str) -> Variant:
    """A registered variant.

    Raises:
        UnknownNameError: If there is none with this name.
    """
    found: Variant = VARIANTS.resolve(name)
    return found

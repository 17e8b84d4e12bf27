"""Tutors by name."""

from preceptor.registry import Registry
from preceptor.tutor.variants.contract import Variant

DEFAULT_VARIANT = "tasa"

VARIANTS = Registry(
    "tutor variant",
    "preceptor.tutor_variants",
    {
        "mathchat": "preceptor.tutor.variants.mathchat:MATHCHAT",
        "mathchat-original": "preceptor.tutor.variants.originals:MATHCHAT",
        "pss-mv": "preceptor.tutor.variants.pss_mv:PSS_MV",
        "pss-mv-original": "preceptor.tutor.variants.originals:PSS_MV",
        "tasa": "preceptor.tutor.variants.tasa:TASA",
        "tasa-no-forgetting": "preceptor.tutor.variants.ablations:NO_FORGETTING",
        "tasa-no-memory": "preceptor.tutor.variants.ablations:NO_MEMORY",
        "tasa-no-persona": "preceptor.tutor.variants.ablations:NO_PERSONA",
        "tasa-original": "preceptor.tutor.variants.originals:TASA",
        "tutorllm": "preceptor.tutor.variants.tutorllm:TUTORLLM",
        "tutorllm-original": "preceptor.tutor.variants.originals:TUTORLLM",
        "vanilla-icl": "preceptor.tutor.variants.vanilla_icl:VANILLA_ICL",
        "vanilla-icl-original": "preceptor.tutor.variants.originals:VANILLA_ICL",
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

"""Families of latent minds by name."""

from typing import Any, cast

from preceptor.domain import Bank
from preceptor.registry import Registry
from preceptor.simulate.family import LatentFamily

DEFAULT_FAMILY = "graded"
FAMILIES = Registry(
    "family of latent minds",
    "preceptor.latent_families",
    {
        "all-or-none": "preceptor.simulate.known:KnownMind",
        "graded": "preceptor.simulate.latent:LatentMind",
    },
)


def family_names() -> tuple[str, ...]:
    """Names of all families, other packages' included."""
    return FAMILIES.names()


def family_class(name: str) -> type[LatentFamily[Any, Any]]:
    """A family.

    Raises:
        UserError: If none has this name.
    """
    return cast(type[LatentFamily[Any, Any]], FAMILIES.resolve(name))


def make_family(name: str, bank: Bank, parameters: Any = None) -> LatentFamily[Any, Any]:
    """Minds of a family over a bank.

    Args:
        name: A registered family.
        bank: What the students are asked.
        parameters: Its numbers; None for the frozen ones.

    Raises:
        UserError: If no family has this name or the prerequisites form a cycle.
    """
    return family_class(name)(bank, parameters)

"""Families of latent minds by name."""

from typing import Any, cast

from preceptor.domain import Bank, UserError, unknown_name
from preceptor.registry import Registry
from preceptor.simulate.family import LatentFamily
from preceptor.simulate.taught import TaughtFamily

DEFAULT_FAMILY = "graded"
FAMILIES = Registry(
    "family of latent minds",
    "preceptor.latent_families",
    {
        "all-or-none": "preceptor.simulate.known:KnownMind",
        "graded": "preceptor.simulate.latent:LatentMind",
        "logistic": "preceptor.simulate.logistic:LogisticMind",
        "misconception": "preceptor.simulate.misconception:MisconceptionMind",
        "two-state": "preceptor.simulate.two_state:TwoStateMind",
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


def taught_family_names() -> tuple[str, ...]:
    """Names of the families that a tutor can teach."""
    return tuple(name for name in family_names() if issubclass(family_class(name), TaughtFamily))


def make_taught_family(name: str, bank: Bank, parameters: Any = None) -> TaughtFamily[Any, Any]:
    """Minds of a family that a tutor can teach.

    Args:
        name: One of `taught_family_names`.
        bank: What the students are asked.
        parameters: Its numbers; None for the frozen ones.

    Raises:
        UserError: If no such family has this name or the prerequisites form a cycle.
    """
    taught = taught_family_names()
    if name not in family_names():
        raise unknown_name("family that a tutor can teach", name, taught)
    family = make_family(name, bank, parameters)
    if not isinstance(family, TaughtFamily):
        raise UserError(f"The family {name!r} knows no tutor.", allowed=", ".join(taught), mend=f"--family {taught[0]}")
    return family

"""A persona as JSON values: what a version in the store holds."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from preceptor.tutor.persona import PersonaEntry
from preceptor.tutor.tally import Tally
from preceptor.tutor.traits import Trait


def persona_content(entries: Iterable[PersonaEntry], tally: Tally, answers: int) -> dict[str, Any]:
    """All that is known, as it was at one moment.

    Args:
        entries: The persona, one entry a concept.
        tally: For the traits over all concepts.
        answers: Answers in the history.
    """
    return {
        "answers": answers,
        "traits": _known(tally.traits()),
        "concepts": [{**_values(entry), "traits": _known(entry.traits)} for entry in entries],
    }


def _known(traits: Iterable[Trait]) -> list[Mapping[str, Any]]:
    """The traits with enough evidence; of the others nothing is said."""
    return [_values(trait) for trait in traits if trait.known]


def _values(told: PersonaEntry | Trait) -> dict[str, Any]:
    """What it holds, by name; nothing is copied, as `asdict` would."""
    return {field.name: getattr(told, field.name) for field in fields(told)}

"""A student's history: what was imported, then what was answered live."""

from collections.abc import Iterable
from dataclasses import replace

from preceptor.domain import Interaction


def join_history(imported: Iterable[Interaction], live: Iterable[Interaction]) -> tuple[Interaction, ...]:
    """Join imported and live interactions by event id and number them from 0.

    Neither source is ever copied into the other. An event that stands in both (live answers that were exported
    and imported again) counts once, at its imported place, with its live grade: a correction may be younger than the
    export.

    Args:
        imported: The student's interactions in the log, in order.
        live: The student's interactions in the store, in order.
    """
    by_id: dict[str, Interaction] = {}
    for event in imported:
        by_id.setdefault(event.event_id, event)
    for event in live:
        known = by_id.get(event.event_id, event)
        by_id[event.event_id] = replace(known, correct=event.correct, outcome=event.outcome)
    return tuple(replace(event, position=position) for position, event in enumerate(by_id.values()))

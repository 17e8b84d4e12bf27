"""Review events as lines of JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from preceptor.annotate.review_events import Action, Event

KINDS: Mapping[str, type] = {kind.__name__: kind for kind in get_args(Action)}


def to_line(event: Event) -> str:
    """Write an event as one line, without the line's end."""
    written = {
        "event_id": event.event_id,
        "at_seconds": event.at_seconds,
        "author": event.author,
        "kind": type(event.action).__name__,
        "action": asdict(event.action),
    } | ({"row": event.row} if event.row else {})
    return json.dumps(written, ensure_ascii=False, allow_nan=False)


def from_line(line: str) -> Event:
    """Read an event back; it equals the one that was written.

    Raises:
        ValueError: If the line is no event this version knows.
    """
    try:
        found = json.loads(line)
        action = _read(KINDS[found["kind"]], found["action"])
        named = str(found["event_id"]), float(found["at_seconds"]), str(found["author"])
        return Event(*named, action, str(found.get("row", "")))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no review event: {error}") from error


def _read(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        if unknown := set(value) - set(hints):
            raise KeyError(*sorted(unknown))
        return kind(**{name: _read(hints[name], part) for name, part in value.items()})  # type: ignore[operator]
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is no list")
        return tuple(_read(get_args(kind)[0], part) for part in value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value

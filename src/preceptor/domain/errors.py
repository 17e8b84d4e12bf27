"""Errors a user can act on."""

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """A mistake in what the user gave; the command line prints it without a traceback and exits with 2.

    Args:
        given: What was given and what is wrong with it.
        allowed: What would be accepted.
        mend: The next step that puts it right.
    """

    def __init__(self, given: str, allowed: str = "", mend: str = "") -> None:
        self.given = given
        self.allowed = allowed
        self.mend = mend
        parts = [given, f"Allowed: {allowed}" if allowed else "", f"To mend it: {mend}" if mend else ""]
        super().__init__("\n".join(part for part in parts if part))


class MissingExtraError(UserError):
    """An optional package is not installed.

    Args:
        feature: What the user asked for.
        extra: The extra that brings it.
    """

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the optional extra '{extra}', which is not installed.",
            mend=f"pip install 'preceptor[{extra}]'",
        )


class UnknownNameError(UserError):
    """A name that no registry, file or table knows.

    Args:
        kind: The kind of thing, for example "student".
        given: What was given and what is wrong with it.
        allowed: What would be accepted.
        mend: The next step that puts it right.
    """

    def __init__(self, kind: str, given: str, allowed: str = "", mend: str = "") -> None:
        self.kind = kind
        super().__init__(given, allowed, mend)


class ConflictError(UserError):
    """An idempotency key that was already used with other content."""


_MOST_NAMES = 20


def unknown_name(kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """Build the error for a name that no registry or file knows.

    Args:
        kind: The kind of thing, for example "tracer".
        name: The name that was given.
        known: The names that would be accepted.

    Returns:
        An error that lists the valid names and offers the nearest one.
    """
    names = sorted(known)
    nearest = difflib.get_close_matches(name, names, n=1)
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    shown = ", ".join(names[:_MOST_NAMES]) + more
    mend = f"did you mean {nearest[0]!r}?" if nearest else ""
    return UnknownNameError(kind, f"Unknown {kind} {name!r}.", allowed=shown or "none exist yet", mend=mend)

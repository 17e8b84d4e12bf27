"""Which names of students may be imported."""

import unicodedata

LONGEST = 100


def name_fault(name: str) -> str:
    """Say what is wrong with a student's name, so that every student who is imported has a page and an address.

    Args:
        name: The name, without outer spaces.

    Returns:
        The reason to refuse it; empty if it is fine.
    """
    if not name:
        return "student is empty"
    if len(name) > LONGEST:
        return f"student has {len(name)} characters, more than {LONGEST}"
    # Servers decode "%2F" before they look for a page, and browsers walk "..", so no quoting saves these.
    if name in (".", ".."):
        return f"student is {name!r}, which no address can hold"
    if any(sign in "/\\" or unicodedata.category(sign) == "Cc" for sign in name):
        return f"student is {name!r}; slashes and control characters are not allowed"
    return ""

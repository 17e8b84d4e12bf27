"""Sentences found again in a text, with what stood in their places."""

import re

from preceptor.tutor.tongue import Tongue

FIGURE = r"-?\d[\d,.]*(?: \w+)?"
"""A number, perhaps with the word behind it."""
ANYTHING = r".+?"


def read_back(sentence: str, text: str, say: Tongue, place: str, **known: str) -> re.Match[str] | None:
    """Match a sentence at the beginning of a text, whole.

    Args:
        sentence: In English, with its places in braces.
        text: What may begin with it, in the language.
        say: The language.
        place: Regular expression of what may stand in a place.
        known: What stands in some of the places, as it is.

    Returns:
        The match, with a group a place; None if the text begins otherwise.
    """
    names = re.findall(r"\{(\w+)\}", sentence)
    # the translation with its places left standing, so that each becomes a group
    template = re.escape(say(sentence, **{name: f"{{{name}}}" for name in names}))
    for name in names:
        group = re.escape(known[name]) if name in known else place
        template = template.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>{group})")
    return re.match(template + r"(?: |$)", text)

"""How a text shows the right option of a choice."""

import re

from preceptor.evaluate.examiner.number_words import spoken
from preceptor.evaluate.examiner.plain_text import plain
from preceptor.evaluate.examiner.wording import CHOOSE, CLAIM_AFTER, CLAIM_BEFORE, MARKUP

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def shows_option(key: str, options: tuple[str, ...], known: str, text: str) -> str:
    """How a text shows the right option; empty if it does not."""
    words = spoken(text)
    place = next(number for number, option in enumerate(options) if option == key)
    letter, ordinal = "ABCDEFGH"[place], _ORDINALS[place]
    german = ("erste", "zweite", "dritte", "vierte", "fünfte", "sechste")[place]
    names = (
        r"(?i:option|choice|answer|letter|number|antwort|nummer|buchstabe)"
        rf"\s*(?i:is |ist )?[:(]?(?:{place + 1}|{letter})\b(?! of)"
    )
    if re.search(names, words) or words.strip(" .!()").upper() in (letter, str(place + 1)):
        return "names the option by its place"
    if re.search(
        rf"\b(?:{ordinal}|{german}\w?) (?:option|one|choice|answer|antwort|möglichkeit)\b", text, re.IGNORECASE
    ):
        return "names the option by its place"
    seen = [option for option in options if _mentions(option, text) or _mentions(option, words)]
    if key in seen:
        if not _mentions(key, known):
            return "" if len(seen) == len(options) else "shows the option"
        return "asserts the option" if _asserts_option(key, text) or _asserts_option(key, words) else ""
    others = len(options) - 1
    ruled_out = re.search(r"\b(?:not|nor|neither|wrong|cross|rule|falsch|nicht|streich)", text, re.IGNORECASE)
    ordinals = [word for word in _ORDINALS[: len(options)] if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    if ruled_out and len(ordinals) == others and ordinal not in ordinals:
        return "rules out all others"
    return "rules out all others" if others > 1 and len(seen) == others and ruled_out else ""


def _pattern(option: str) -> str:
    signs = [re.escape(sign) for sign in re.sub(r"\s", "", plain(option))]
    return r"(?<![\w./-])" + r"\s*".join(signs) + r"(?![\w/^]|[.,]\d)"


def _mentions(option: str, text: str) -> bool:
    return bool(re.search(_pattern(option), text, re.IGNORECASE))


def _asserts_option(option: str, text: str) -> bool:
    for match in re.finditer(_pattern(option), text, re.IGNORECASE):
        before, behind = text[: match.start()], text[match.end() :]
        before, behind = MARKUP.sub("", before), MARKUP.sub("", behind)
        alone = re.search(r"(?:^|[:\n])\W*$", before) and not re.search(r"\w", behind)
        if alone or CLAIM_BEFORE.search(before) or CHOOSE.search(before) or CLAIM_AFTER.search(behind):
            return True
    return False

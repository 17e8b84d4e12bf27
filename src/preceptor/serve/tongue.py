"""The words of the pages, in the language of the course."""

from nicegui import context
from nicegui.language import Language
from nicegui.slot import Slot

from preceptor.language import sentences, written_number

PACKAGE = "preceptor.serve"
LOCALES: dict[str, Language] = {"en": "en-US", "de": "de"}
"""ISO 639-1 code → what a page is told: its `lang`, and the language of the interface's own texts."""
_LANGUAGES = {locale: language for language, locale in LOCALES.items()}


def page_language() -> str:
    """The language of the page that is being drawn or used, as an ISO 639-1 code; English where there is no page."""
    locale = context.client.page.resolve_language() if Slot.get_stack() else None
    return "en" if locale is None else _LANGUAGES[locale]


def say(sentence: str, /, **parts: object) -> str:
    """Say a sentence in the language of the page, see `preceptor.language.Sentences`.

    Args:
        sentence: The whole sentence in English; `{name}` stands for the part `name`.
        parts: What stands in its places, already in the language.
    """
    return sentences(PACKAGE, page_language())(sentence, **parts)


def figure(number: str) -> str:
    """A number as the language of the page writes it.

    Args:
        number: As English writes it.
    """
    return written_number(number, page_language())

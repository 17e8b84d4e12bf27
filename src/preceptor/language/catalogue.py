"""Sentences in another language, from the gettext catalogues that lie beside the code that speaks them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from preceptor.domain import unknown_name

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""ISO 639-1 code → the language's own name. English is the language of the code itself."""


@dataclass(frozen=True)
class Catalogue:
    """Translations of whole sentences.

    Args:
        language: ISO 639-1 code.
        sentences: English sentence → its translation; empty for English.
    """

    language: str = "en"
    sentences: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, sentence: str) -> str:
        """Translate a sentence; one that is not in the catalogue stays English."""
        return self.sentences.get(sentence, sentence)

    def lacks(self, sentence: str) -> bool:
        """Whether a sentence has no translation."""
        return self.language != "en" and bool(sentence) and sentence not in self.sentences


@cache
def catalogue(package: str, language: str) -> Catalogue:
    """Load all catalogues `locale/LANGUAGE/*.po` of a package.

    Args:
        package: Dotted name of the package that holds the folder `locale`.
        language: ISO 639-1 code.

    Raises:
        UnknownNameError: If there is no such language.
    """
    require_language(language)
    sentences: dict[str, str] = {}
    if language != "en":
        folder = files(package) / "locale" / language
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".po"):
                with file.open("rb") as opened:
                    entries = read_po(opened, locale=language)
                translated = ((str(e.id), str(e.string)) for e in entries if e.id and e.string and not e.fuzzy)
                sentences.update(translated)
    return Catalogue(language, sentences)


def require_language(language: str) -> None:
    """Refuse a language without catalogues.

    Raises:
        UnknownNameError: If there is no such language.
    """
    if language not in LANGUAGES:
        raise unknown_name("language", language, LANGUAGES)

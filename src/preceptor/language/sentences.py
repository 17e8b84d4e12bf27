"""Sentences with named parts, said in a language."""

from dataclasses import dataclass
from functools import cache

from preceptor.language.catalogue import Catalogue, catalogue


@dataclass(frozen=True)
class Sentences:
    """Says the sentences of one package in one language.

    Args:
        catalogue: The translations.
    """

    catalogue: Catalogue

    @property
    def language(self) -> str:
        """ISO 639-1 code."""
        return self.catalogue.language

    def __call__(self, sentence: str, /, **parts: object) -> str:
        """Translate a sentence and put its parts in place; `{name}` stands for the part `name`.

        Args:
            sentence: The sentence in English, whole, so that a translation may turn it around.
            parts: What stands in its places, already in the language.
        """
        return self.catalogue(sentence).format(**parts)


@cache
def sentences(package: str, language: str) -> Sentences:
    """The sentences of a package, from its catalogues; see `preceptor.language.catalogue`.

    Raises:
        UnknownNameError: If there is no such language.
    """
    return Sentences(catalogue(package, language))

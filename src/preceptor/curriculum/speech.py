"""The course's words in one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from preceptor.curriculum.notation import Value
from preceptor.curriculum.template import sentence
from preceptor.language import Catalogue, catalogue, localised

PACKAGE = "preceptor.curriculum"


@dataclass(frozen=True)
class Speech:
    """Turns templates into sentences of one language.

    Args:
        catalogue: The sentences of the language.
    """

    catalogue: Catalogue

    @property
    def language(self) -> str:
        """ISO 639-1 code."""
        return self.catalogue.language

    def __call__(self, template: str, values: Mapping[str, Value]) -> str:
        """Translate a template, fill it, and write its mathematics as the language does."""
        return localised(sentence(self.catalogue(template), values), self.language)


ENGLISH = Speech(Catalogue())


def speech(language: str) -> Speech:
    """The course's words in a language.

    Raises:
        UnknownNameError: If the course is not written in it.
    """
    return Speech(catalogue(PACKAGE, language))

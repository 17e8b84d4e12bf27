"""Other languages than English: catalogues of sentences, and how numbers are written."""

from preceptor.language.catalogue import LANGUAGES, Catalogue, catalogue, require_language
from preceptor.language.controls import visible
from preceptor.language.mathematics import localised, written_number
from preceptor.language.sentences import Sentences, sentences

__all__ = [
    "LANGUAGES",
    "Catalogue",
    "Sentences",
    "catalogue",
    "localised",
    "require_language",
    "sentences",
    "visible",
    "written_number",
]

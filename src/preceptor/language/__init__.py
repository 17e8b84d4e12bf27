"""Other languages than English: catalogues of sentences, and how numbers are written."""

from preceptor.language.catalogue import LANGUAGES, Catalogue, catalogue, require_language
from preceptor.language.mathematics import localised

__all__ = ["LANGUAGES", "Catalogue", "catalogue", "localised", "require_language"]

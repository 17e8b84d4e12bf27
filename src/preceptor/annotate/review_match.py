"""Which concept of an annotation an event means."""

from collections.abc import Iterable

from preceptor.annotate.review_events import ConceptRef, folded
from preceptor.domain import Concept


class NotFoundError(Exception):
    """An event's object is not there, or what it asks cannot be; the message is a sentence that says which."""


def match(wanted: ConceptRef, concepts: Iterable[Concept]) -> Concept:
    """Find the concept a reference means.

    Where both have a code, the codes decide; otherwise the names, without case. Among several the name and then the id
    decide. An id alone decides nothing: another annotation may have given it to another concept.

    Raises:
        NotFoundError: If no concept is meant, or more than one.
    """
    concepts = tuple(concepts)
    code, name = folded(wanted.code), folded(wanted.name)
    found = [concept for concept in concepts if code and folded(concept.code) == code]
    found = found or [c for c in concepts if folded(c.name) == name and not (code and c.code)]
    for narrower in (
        [concept for concept in found if folded(concept.name) == name],
        [concept for concept in found if concept.concept_id == wanted.concept_id],
    ):
        found = narrower if len(found) > 1 and narrower else found
    if len(found) == 1:
        return found[0]
    what = f"“{wanted.name}”" if not code else f"“{wanted.name}” ({wanted.code})"
    raise NotFoundError(f"Several concepts are called {what}." if found else f"There is no concept {what}.")

"""Annotators by name; each is made of a framework and an encoder."""

from preceptor.annotate.contract import Annotator
from preceptor.annotate.framework import Framework
from preceptor.embed import Encoder
from preceptor.registry import Registry

ANNOTATORS = Registry("annotator", "preceptor.annotators", {"builtin": "preceptor.annotate.builtin:BuiltinAnnotator"})


def annotator_names() -> tuple[str, ...]:
    """Names of all annotators, other packages' included."""
    return ANNOTATORS.names()


def make_annotator(name: str, framework: Framework, encoder: Encoder) -> Annotator:
    """Make an annotator.

    Raises:
        UserError: If no annotator has this name.
    """
    made: Annotator = ANNOTATORS.resolve(name)(framework, encoder)
    return made

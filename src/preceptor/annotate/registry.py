"""Annotators by name; each is made of a framework and an encoder."""

from typing import Any

from preceptor.annotate.contract import Annotator
from preceptor.annotate.framework import Framework
from preceptor.embed import Encoder
from preceptor.registry import Registry

ANNOTATORS = Registry(
    "annotator",
    "preceptor.annotators",
    {
        "builtin": "preceptor.annotate.builtin:BuiltinAnnotator",
        "model": "preceptor.annotate.asking:AskingAnnotator",
    },
)


def annotator_names() -> tuple[str, ...]:
    """Names of all annotators, other packages' included."""
    return ANNOTATORS.names()


def make_annotator(name: str, framework: Framework, encoder: Encoder, **tools: Any) -> Annotator:
    """Make an annotator.

    Args:
        name: A registered name.
        framework: Names the concepts.
        encoder: Gives vectors of texts.
        tools: What this annotator needs besides, for example a language model.

    Raises:
        UserError: If no annotator has this name.
    """
    made: Annotator = ANNOTATORS.resolve(name)(framework, encoder, **tools)
    return made

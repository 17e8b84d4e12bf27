"""From questions without labels to steps, concepts, clusters and prerequisites."""

from preceptor.annotate.apply import UNLABELLED, Review, applied, as_given, hidden
from preceptor.annotate.builtin import BuiltinAnnotator, Ranked
from preceptor.annotate.content import content_of
from preceptor.annotate.contract import (
    Annotation,
    Annotator,
    Failed,
    Label,
    Prerequisite,
    QuestionLabels,
    Source,
    Stage,
)
from preceptor.annotate.files import read_annotation, write_annotation
from preceptor.annotate.framework import Framework, read_framework
from preceptor.annotate.matching import nearest_by_words
from preceptor.annotate.registry import annotator_names, make_annotator
from preceptor.annotate.wording import says_something, what_is_read

__all__ = [
    "UNLABELLED",
    "Annotation",
    "Annotator",
    "BuiltinAnnotator",
    "Failed",
    "Framework",
    "Label",
    "Prerequisite",
    "QuestionLabels",
    "Ranked",
    "Review",
    "Source",
    "Stage",
    "annotator_names",
    "applied",
    "as_given",
    "content_of",
    "hidden",
    "make_annotator",
    "nearest_by_words",
    "read_annotation",
    "read_framework",
    "says_something",
    "what_is_read",
    "write_annotation",
]

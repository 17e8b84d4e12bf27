"""From questions without labels to steps, concepts, clusters and prerequisites."""

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

__all__ = ["Annotation", "Annotator", "Failed", "Label", "Prerequisite", "QuestionLabels", "Source", "Stage"]

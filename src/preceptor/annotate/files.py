"""An annotation as JSON, kept in the course beside what was made of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from preceptor.annotate.contract import (
    Annotation,
    Failed,
    Label,
    Prerequisite,
    QuestionLabels,
    Source,
    Stage,
)
from preceptor.domain import Concept, Step, UserError

FILE = "annotation.json"


def write_annotation(folder: Path, annotation: Annotation) -> None:
    """Write an annotation into a folder.

    Raises:
        OSError: If it cannot be written.
    """
    (folder / FILE).write_text(json.dumps(asdict(annotation), ensure_ascii=False, indent=1), encoding="utf-8")


def read_annotation(folder: Path) -> Annotation:
    """Read an annotation; it equals the one that was written.

    Raises:
        UserError: If it is missing or damaged.
    """
    path = folder / FILE
    try:
        return _annotation(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"Cannot read {path}: {error!r}.", mend="annotate the course again") from error


def _annotation(found: Mapping[str, Any]) -> Annotation:
    return Annotation(
        annotator=found["annotator"],
        framework=found["framework"],
        concepts=tuple(Concept(**{**row, "prerequisites": tuple(row["prerequisites"])}) for row in found["concepts"]),
        prerequisites=tuple(Prerequisite(**{**row, "source": Source(row["source"])}) for row in found["prerequisites"]),
        questions=tuple(_labels(row) for row in found["questions"]),
        failures=tuple(Failed(**{**row, "stage": Stage(row["stage"])}) for row in found["failures"]),
        counts=dict(found["counts"]),
    )


def _labels(row: Mapping[str, Any]) -> QuestionLabels:
    steps = tuple(Step(**{**step, "concepts": tuple(step["concepts"])}) for step in row["steps"])
    labels = tuple(Label(**label) for label in row["labels"])
    return QuestionLabels(row["question_id"], row["content"], labels, steps, row.get("bare", False))

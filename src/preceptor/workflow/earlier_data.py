"""Says that the model in use saw other data than the course has now."""

import json
from pathlib import Path

from preceptor.course import Course
from preceptor.domain import Bank
from preceptor.workflow.model_files import LABELS_FILE, METRICS_FILE


def earlier_data_note(course: Course, bank: Bank) -> str:
    """What the model in use was trained on, where that is not what the course has now; empty where it is.

    Args:
        course: The course.
        bank: Its bank.
    """
    folder = course.default("models")
    if folder is None:
        return ""
    name, again = (
        f"{folder.parent.name}/{folder.name}",
        f"Train it again: preceptor train {course.path} --model {folder.parent.name}",
    )
    if told := _other_labels(folder, bank):
        return f"The model {name} was trained on earlier labels: {told} have others now. {again}"
    trained = json.loads((folder / METRICS_FILE).read_text(encoding="utf-8")).get("data_hash")
    if trained is None or trained == course.data_hash:  # a model from elsewhere was trained on no data of the course
        return ""
    return f"The model {name} was trained on other questions or answers than the course has now. {again}"


def _other_labels(folder: Path, bank: Bank) -> str:
    """How many questions have other labels now; empty if none has, or the model is of a version that kept none."""
    if not (folder / LABELS_FILE).is_file():
        return ""
    known = json.loads((folder / LABELS_FILE).read_text(encoding="utf-8"))
    asked = [question for question in bank.questions if question.question_id in known]
    changed = sum(set(known[question.question_id]) != set(question.concepts) for question in asked)
    return f"{changed:,} of {len(asked):,} questions" if changed else ""

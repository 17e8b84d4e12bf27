"""Stands in for the annotation's own storage until that branch is merged."""

import pickle
from dataclasses import replace

from preceptor.annotate import Annotation
from preceptor.course import Course
from preceptor.domain import Bank, Question, digest


def content_of(question: Question) -> str:
    return digest(question.text, question.key, question.options)


def keep_annotation(course: Course, annotation: Annotation) -> None:
    (course.path / "annotations").mkdir(exist_ok=True)
    (course.path / "annotations" / "interim.pickle").write_bytes(pickle.dumps(annotation))


def stored_annotation(course: Course) -> Annotation | None:
    path = course.path / "annotations" / "interim.pickle"
    return pickle.loads(path.read_bytes()) if path.exists() else None


def applied(bank: Bank, annotation: Annotation) -> Bank:
    needs: dict[str, list[str]] = {}
    for link in annotation.prerequisites:
        needs.setdefault(link.concept_id, []).append(link.needs)
    concepts = tuple(replace(c, prerequisites=tuple(needs.get(c.concept_id, ()))) for c in annotation.concepts)
    found = {labels.question_id: labels for labels in annotation.questions}
    questions = tuple(
        replace(
            q,
            concepts=tuple(label.concept_id for label in found[q.question_id].labels),
            steps=found[q.question_id].steps,
        )
        if q.question_id in found
        else replace(q, concepts=())
        for q in bank.questions
    )
    return Bank(concepts, questions, ())

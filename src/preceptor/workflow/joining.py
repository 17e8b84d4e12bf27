"""Questions and KCs that join a bank after a model was trained."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import Bank
from preceptor.embed import CourseVectors, LexicalEncoder
from preceptor.trace import FitReport, QuestionVectors, Tracer, trained_vocabulary
from preceptor.workflow.model_files import ENCODER_FOLDER, METRICS_FILE
from preceptor.workflow.tracing import TracerOptions, build_tracer
from preceptor.workflow.vectors import TextSource, course_vectors, source_before, text_vectors


def without(bank: Bank, unseen: NDArray[np.int64]) -> Bank:
    """The bank before some questions joined: without them, and without the KCs that they alone exercise.

    Args:
        bank: The whole bank.
        unseen: Rows of its questions.
    """
    later = set(unseen.tolist())
    known = tuple(question for row, question in enumerate(bank.questions) if row not in later)
    kept = {concept for question in known for concept in question.concepts}
    gone = {concept for row in later for concept in bank.questions[row].concepts} - kept
    return replace(bank, questions=known, concepts=tuple(c for c in bank.concepts if c.concept_id not in gone))


def fitted_before(
    options: TracerOptions,
    bank: Bank,
    unseen: NDArray[np.int64],
    fit: Callable[[Tracer], FitReport],
    stored: CourseVectors | None = None,
) -> tuple[Tracer, FitReport]:
    """A tracer that was fitted before some questions joined the bank, over the whole bank.

    Neither network nor text encoder has seen them. A model of texts then gets their vectors, one of ids the mean of
    its trained rows: exactly what happens to a question that a teacher adds.

    Args:
        options: Which tracer.
        bank: The whole bank.
        unseen: Rows of the questions that join later.
        fit: Fits the tracer it is given.
        stored: The course's vectors of the whole bank, not fine-tuned; None if it has none.
    """
    before = without(bank, unseen)
    source = None if options.vectors_in_force == "none" else source_before(stored, before)
    tracer = build_tracer(options, before, source=source)
    report = fit(tracer)
    vectors = None if source is None else text_vectors(bank, tuned=False, source=source)
    return tracer.grown(bank.q_matrix, vectors), report


def joined_vectors(course: Course, folder: Path, bank: Bank) -> QuestionVectors | None:
    """Text vectors of the questions and KCs that joined since a model was saved.

    They come from the encoder kept beside the model, or from the course's vectors where an encoder of the same key
    made those that the model was trained with.

    Args:
        course: The course.
        folder: Of the saved model.
        bank: The bank as it is now.

    Returns:
        Vectors of the whole bank, zeros for what the model knows; None if nothing joined or it reads no texts.
    """
    source = _source_of(course, folder, bank)
    if source is None:
        return None
    known_questions, known_concepts = (frozenset(ids) for ids in trained_vocabulary(folder))
    questions = [row for row, q in enumerate(bank.questions) if q.question_id not in known_questions]
    concepts = [row for row, c in enumerate(bank.concepts) if c.concept_id not in known_concepts]
    if not questions and not concepts:
        return None
    joined = Bank(tuple(bank.concepts[row] for row in concepts), tuple(bank.questions[row] for row in questions))
    new = text_vectors(joined, tuned=False, source=source)
    found = QuestionVectors.blank(len(bank.questions), len(bank.concepts), new.width, tuned=False)
    found.questions[questions], found.concepts[concepts] = new.questions, new.concepts
    return found


def _source_of(course: Course, folder: Path, bank: Bank) -> TextSource | None:
    if (folder / ENCODER_FOLDER).is_dir():
        return LexicalEncoder.load(folder / ENCODER_FOLDER)
    used = json.loads((folder / METRICS_FILE).read_text()).get("vectors", {})
    now = course_vectors(course, bank)
    return now if now and now.in_one_space(used.get("key", "")) else None

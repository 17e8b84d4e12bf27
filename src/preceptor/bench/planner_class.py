"""A made-up class that learns: questions with vectors, and a log of answers in which practice pays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.trace import QuestionVectors

TOPICS, FOCUS, GAIN = 40, 0.8, 0.25
"""Groups of near concepts; share of answers on the concept a student is at; logits that an answer adds to it."""
_MOVES_ON, PAUSE_SECONDS = 0.2, 3_600.0


@dataclass(frozen=True)
class MadeUpClass:
    """Students of one bank.

    Args:
        q_matrix: Every question has one concept.
        vectors: Concepts of a topic are near each other, questions near their concept.
        log: All students, each with the same number of answers.
    """

    q_matrix: QMatrix
    vectors: QuestionVectors
    log: Log


def made_up_class(
    questions: int, concepts: int, width: int, students: int, answers: int, rng: np.random.Generator
) -> MadeUpClass:
    """Draw a class.

    P(correct) = σ(ability of the student on the concept − difficulty). An answer raises the ability on its concept,
    and on others as far as their vectors are near.
    """
    topic = _unit(rng.normal(size=(TOPICS, width)))
    of_concept = _unit(topic[rng.integers(TOPICS, size=concepts)] + _unit(rng.normal(size=(concepts, width))))
    own = np.arange(questions) % concepts
    of_question = _unit(of_concept[own] + 0.7 * _unit(rng.normal(size=(questions, width))))
    difficulty = rng.normal(0, 0.7, size=concepts)[own] + rng.normal(0, 0.5, size=questions)
    near = np.maximum(of_concept @ of_concept.T - 0.2, 0)
    np.fill_diagonal(near, 1)
    ability = rng.normal(0.3, 0.8, size=(students, 1)) + rng.normal(0, 0.6, size=(students, concepts))
    focus = rng.integers(concepts, size=students)
    asked, correct = np.empty((2, students, answers), dtype=np.int64)
    for t in range(answers):
        focus = np.where(rng.random(students) < _MOVES_ON, rng.integers(concepts, size=students), focus)
        of_focus = focus + concepts * rng.integers(questions // concepts, size=students)
        asked[:, t] = np.where(rng.random(students) < FOCUS, of_focus, rng.integers(questions, size=students))
        logit = ability[np.arange(students), own[asked[:, t]]] - difficulty[asked[:, t]]
        correct[:, t] = rng.random(students) < 1 / (1 + np.exp(-logit))
        ability += GAIN * near[own[asked[:, t]]]
    names = tuple(f"q{i}" for i in range(questions)), tuple(f"c{i}" for i in range(concepts))
    q_matrix = QMatrix(*names, own[:, None].astype(np.int32), np.full(questions, np.nan, dtype=np.float32))
    log = Log.of(
        tuple(map(str, range(students))),
        q_matrix.question_ids,
        student=np.repeat(np.arange(students), answers),
        question=asked.ravel(),
        correct=correct.ravel(),
        event_id=np.zeros(asked.size, dtype="S20"),
        revision=np.zeros(asked.size, dtype="S21"),
        time_seconds=np.tile(np.arange(answers) * PAUSE_SECONDS, students),
    )
    vectors = QuestionVectors(of_question.astype(np.float32), of_concept.astype(np.float32))
    return MadeUpClass(q_matrix, vectors, log)


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

"""What an answer on a set of concepts is expected to add to mastery, whoever the student is."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY
from preceptor.trace import Answers, Tracer

STUDENTS, ANSWERS = 4, 20
"""Made-up students, and what each has answered before."""
TOGETHER, BYTES = 4_096, 2**28
"""Most hypothetical students held at once, and most bytes of their states; change no result."""


def expected_gains(
    tracer: Tracer, question: NDArray[np.int64], horizon_days: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """What an answer to each question is expected to add to mastery of its concepts.

    g(q) = mean over students and concepts c of q of Σ_y P(y | q) · m_c(after (q, y)) − m_c

    with the tracer's own P and m, over students who answered questions by lot and were right as often as the tracer
    says. What an answer adds differs far more between questions than between students; so g says where to look, and
    what is found there is worked out for the student in question.

    Args:
        tracer: A fitted tracer.
        question: int64 [m], rows of the Q-matrix.
        horizon_days: When m is read, for a tracer that knows time.
        rng: Draws the made-up students.

    Returns:
        float64 [m].
    """
    n, start = STUDENTS, np.zeros(STUDENTS)
    state = tracer.initial(n)
    for asked in rng.integers(len(tracer.q_matrix.question_ids), size=(ANSWERS, n)):
        solved = rng.random(n) < tracer.predict(state, asked[:, None], start)[:, 0]
        state = tracer.update(state, _answers(asked, solved, start))
    together = max(1, min(TOGETHER, int(BYTES / state.bytes_each)) // n)
    parts = [question[i : i + together] for i in range(0, len(question), together)]
    found = [_gains(tracer, state, part, start, start + horizon_days * SECONDS_PER_DAY) for part in parts]
    return np.concatenate([np.zeros(0), *found])


def _gains(
    tracer: Tracer,
    state: Any,
    question: NDArray[np.int64],
    at_seconds: NDArray[np.float64],
    later: NDArray[np.float64],
) -> NDArray[np.float64]:
    n = len(at_seconds)
    p_correct = tracer.predict(state, np.broadcast_to(question, (n, len(question))), at_seconds)
    student, asked = np.repeat(np.arange(n), len(question)), np.tile(question, n)
    own = tracer.q_matrix.concepts[question]
    real, concepts = own >= 0, np.maximum(tracer.q_matrix.concepts[asked], 0)

    def after(credit: float) -> NDArray[np.float64]:
        answers = _answers(asked, np.full(len(asked), credit), at_seconds[student])
        mastery = tracer.mastery_of(tracer.branches(state, student, answers), concepts, later[student])
        return mastery.reshape(n, *own.shape).astype(np.float64)

    every = tracer.mastery(state, np.arange(len(tracer.q_matrix.concept_ids)), later)
    right, wrong = after(1.0), after(0.0)
    gain = (wrong + p_correct[..., None] * (right - wrong) - every[:, own]) * real
    return np.asarray(gain.sum(axis=2).mean(axis=0) / np.maximum(real.sum(axis=1), 1))


def _answers(question: NDArray[np.int64], correct: NDArray[Any], at_seconds: NDArray[np.float64]) -> Answers:
    unknown = np.full(len(question), np.nan, dtype=np.float32)
    return Answers(question, correct.astype(np.float32), at_seconds, unknown)

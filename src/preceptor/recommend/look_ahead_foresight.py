"""What one answer would change, by any tracer: both outcomes of every question, weighed by their probability."""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.recommend.choosing import Plan
from preceptor.trace import Answers, Tracer

ENTRIES = 4_000_000
"""Most entries students × concepts held at once for hypothetical students; bounds memory, changes no result."""


class Foresight(ABC):
    """Looks one answer ahead.

    The value of a state s is V(s) = Σ_c w_c·m_c(s) with m_c the tracer's mastery of concept c, and what a question q
    promises is Σ_y P(y | q, s)·V(s after (q, y)) − V(s).
    """

    @abstractmethod
    def plan(
        self, state: Any, question: NDArray[np.int64], weights: NDArray[np.float64], at_seconds: NDArray[np.float64]
    ) -> Plan:
        """What questions promise.

        Args:
            state: The tracer's state of n students.
            question: int64 [n, m], rows of the Q-matrix.
            weights: float64 [n, concepts], w.
            at_seconds: float64 [n], now; mastery is read at the same moment.

        Returns:
            [n, m] each.
        """


class TracerForesight(Foresight):
    """By the verbs of the contract alone.

    Args:
        tracer: Any fitted tracer.
    """

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def plan(
        self, state: Any, question: NDArray[np.int64], weights: NDArray[np.float64], at_seconds: NDArray[np.float64]
    ) -> Plan:
        """One update and one mastery of each hypothetical student."""
        p_correct = self._tracer.predict(state, question, at_seconds).astype(np.float64)
        concepts = np.flatnonzero(weights.any(axis=0))
        own = weights[:, concepts]
        now = (own * self._tracer.mastery(state, concepts, at_seconds)).sum(axis=1)
        wrong, right = (self._after(state, question, credit, concepts, own, at_seconds) for credit in (0.0, 1.0))
        return Plan(p_correct, p_correct * right + (1 - p_correct) * wrong - now[:, None])

    def _after(
        self,
        state: Any,
        question: NDArray[np.int64],
        credit: float,
        concepts: NDArray[np.int64],
        weights: NDArray[np.float64],
        at_seconds: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Value of every student after each question was answered with this credit, [n, m]."""
        student = np.repeat(np.arange(len(question)), question.shape[1])
        values = np.empty(len(student))
        together = max(1, ENTRIES // max(len(self._tracer.q_matrix.concept_ids), 1))
        for start in range(0, len(student), together):
            part = slice(start, start + together)
            who, asked, at = student[part], question.reshape(-1)[part], at_seconds[student[part]]
            answers = Answers(
                asked, np.full(len(who), credit, np.float32), at, np.full(len(who), np.nan, dtype=np.float32)
            )
            after = self._tracer.branches(state, who, answers)
            values[part] = (weights[who] * self._tracer.mastery(after, concepts, at)).sum(axis=1)
        return values.reshape(question.shape)

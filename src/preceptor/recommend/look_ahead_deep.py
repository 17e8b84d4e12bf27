"""Look-ahead over several answers, along a beam of the questions that promise most at once."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel
from preceptor.recommend.choosing import Plan
from preceptor.recommend.look_ahead import LookAhead
from preceptor.recommend.look_ahead_pruned import PrunedLookAhead
from preceptor.trace import Answers

DEPTH, BREADTH = 2, 8


@dataclass(frozen=True, slots=True)
class _Beam:
    question: NDArray[np.int64]  # [n, breadth], the most promising first
    p_correct: NDArray[np.float64]  # [n, breadth]
    improvement: NDArray[np.float64]  # [n, breadth], by one answer; −∞ where fewer may be asked


class DeepLookAhead(LookAhead):
    """Asks what raises the objective's mean mastery most with the best answers to follow.

    With Δ(q | s) the one-step improvement of `LookAhead`, for depth d

    Δ_d(q | s) = Δ(q | s) + Σ_y P(y | q, s) · max_{q′ ∈ B(s′)} Δ_{d−1}(q′ | s′),   s′ = s after (q, y),

    where B(s) are the `breadth` questions with the highest Δ(· | s) that may be asked, one for all that the tracer
    cannot tell apart, and never the one just asked unless it is the only one. The weights are those of now. With a
    breadth of the whole bank it is the best plan that reacts to answers; a narrower one costs 2·breadth one-step
    look-aheads a further level.

    Args:
        model: The model behind the minds.
        depth: Answers looked ahead, at least 1.
        breadth: Questions followed at every level.
        one_step: The one-step look-ahead behind it; the pruned one where None.
    """

    name: ClassVar[str] = "look-ahead-deep"

    def __init__(
        self, model: MindModel, depth: int = DEPTH, breadth: int = BREADTH, one_step: LookAhead | None = None
    ) -> None:
        super().__init__(model)
        self.depth, self.breadth = depth, breadth
        self._one_step = one_step or PrunedLookAhead(model)

    def foresee(
        self, state: Any, allowed: NDArray[np.bool_], weights: NDArray[np.float64], at_seconds: NDArray[np.float64]
    ) -> Plan:
        """What the questions of the first beam promise; −∞ for all others."""
        beam = self._beam(state, allowed, weights, at_seconds)
        total = self._followed(beam, state, allowed, weights, at_seconds, self.depth)
        p_correct, improvement = np.zeros(allowed.shape), np.full(allowed.shape, -np.inf)
        real = np.isfinite(beam.improvement)
        student = np.nonzero(real)[0]
        p_correct[student, beam.question[real]] = beam.p_correct[real]
        improvement[student, beam.question[real]] = total[real]
        return Plan(p_correct, improvement)

    def _followed(
        self,
        beam: _Beam,
        state: Any,
        allowed: NDArray[np.bool_],
        weights: NDArray[np.float64],
        at_seconds: NDArray[np.float64],
        depth: int,
    ) -> NDArray[np.float64]:
        """Δ_depth of the beam's questions, [n, breadth]."""
        if depth <= 1:
            return beam.improvement
        total = beam.improvement.copy()
        student, place = np.nonzero(np.isfinite(total))
        question, at = beam.question[student, place], at_seconds[student]
        before, left = state.take(student), _without(allowed[student], question)
        for credit in (0.0, 1.0):
            answers = Answers(
                question, np.full(len(student), credit, np.float32), at, np.full(len(student), np.nan, np.float32)
            )
            after = self.model.tracer.update(before, answers)
            further = self._beam(after, left, weights[student], at)
            best = self._followed(further, after, left, weights[student], at, depth - 1).max(axis=1)
            p_correct = beam.p_correct[student, place]
            total[student, place] += (p_correct if credit else 1 - p_correct) * best
        return total

    def _beam(
        self, state: Any, allowed: NDArray[np.bool_], weights: NDArray[np.float64], at_seconds: NDArray[np.float64]
    ) -> _Beam:
        """The most promising questions of each student by one answer."""
        plan = self._one_step.foresee(state, allowed, weights, at_seconds)
        improvement = np.where(self._first_of_class(allowed), plan.improvement, -np.inf)
        question = np.argsort(-improvement, axis=1, kind="stable")[:, : self.breadth]
        student = np.arange(len(question))[:, None]
        return _Beam(question, plan.p_correct[student, question], improvement[student, question])

    def _first_of_class(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of the allowed questions that the tracer cannot tell apart the first, bool [n, questions]."""
        if len(self._representative) == allowed.shape[1]:
            return allowed
        student, question = np.nonzero(allowed)
        _, first = np.unique(student * allowed.shape[1] + self._class_of[question], return_index=True)
        found = np.zeros_like(allowed)
        found[student[first], question[first]] = True
        return found


def _without(allowed: NDArray[np.bool_], question: NDArray[np.int64]) -> NDArray[np.bool_]:
    """What is left when the question just asked is not asked again, unless it is the only one."""
    left = allowed.copy()
    left[np.arange(len(left)), question] = False
    return np.where(left.any(axis=1, keepdims=True), left, allowed)

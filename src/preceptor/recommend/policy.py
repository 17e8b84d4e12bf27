"""The contract of everything that chooses questions."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import UserError
from preceptor.mind import MindModel, Minds
from preceptor.recommend.objectives import Objective
from preceptor.trace.q_classes import distinct_concepts


@dataclass(frozen=True, slots=True)
class Choice:
    """One question for each of n students.

    Args:
        question: int64 [n], rows of the Q-matrix.
        p_correct: float64 [n], P(correct) now.
        improvement: float64 [n], expected improvement; NaN for a policy that does not plan.
    """

    question: NDArray[np.int64]
    p_correct: NDArray[np.float64]
    improvement: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of the best questions for a single student; `improvement` is NaN for a policy that does not plan.

    Args:
        question: Row of the Q-matrix.
        p_correct: P(correct) now.
        improvement: Expected improvement.
        delayed: Whether it counted for less because its concepts have not rested.
    """

    question: int
    p_correct: float
    improvement: float
    delayed: bool = False


class Policy(ABC):
    """A chooser of questions.

    Every policy spells the arguments of `choose` out: so a type checker holds each to the contract.

    Args:
        model: The model behind the minds.

    Attributes:
        left: Questions left to ask; None unless somebody counts.
    """

    name: ClassVar[str]
    heeds_objective: ClassVar[bool] = True
    """Whether choices depend on the objective."""

    def __init__(self, model: MindModel) -> None:
        self.model = model
        self.left: int | None = None

    @abstractmethod
    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """Choose a question for each student.

        Args:
            minds: The students.
            candidates: bool [questions], what may be asked; [n, questions] where it is not the same for everybody.
            objective: What to improve.
            at_seconds: float64 [n], now.
            rng: Randomness, for policies that draw.

        Raises:
            UserError: If nothing may be asked.
        """

    @property
    def told(self) -> str:
        """The policy in a few words."""
        return self.name

    @cached_property
    def concept_set(self) -> NDArray[np.int64]:
        """int64 [questions]: equal for questions that exercise the same concepts."""
        return distinct_concepts(self.model.q_matrix)[1]

    def rank(
        self,
        mind: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: float,
        k: int,
        rng: np.random.Generator | None = None,
    ) -> list[Ranked]:
        """The k best questions of a single student, best first, at most one of each set of concepts.

        A policy that scores no questions chooses again from what is left.

        Args:
            mind: The student.
            candidates: bool [questions], what may be asked.
            objective: What to improve.
            at_seconds: Now.
            k: Most questions.
            rng: Randomness, for policies that draw; None for draws that are always the same.

        Raises:
            UserError: If nothing may be asked.
        """
        rng = np.random.default_rng(0) if rng is None else rng
        left, at = self.askable(mind, candidates)[0], np.array([at_seconds])
        found: list[Ranked] = []
        while len(found) < k and left.any():
            chosen = self.choose(mind, left, objective, at, rng)
            question = int(chosen.question[0])
            found.append(Ranked(question, float(chosen.p_correct[0]), float(chosen.improvement[0])))
            left &= self.concept_set != self.concept_set[question]
        return found

    def askable(self, minds: Minds, candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Candidates of every student, bool [n, questions]: all but the question just answered.

        Where that question is the only one, it may be asked again.
        """
        if not candidates.any(axis=-1).all():
            raise UserError(
                "No question of this course can be asked.",
                allowed="at least one question with a checkable key that is not excluded",
                mend="import a question bank or include questions again",
            )
        allowed = np.broadcast_to(candidates, (len(minds), candidates.shape[-1])).copy()
        last = minds.recent[:, -1]
        other = (last >= 0) & (allowed.sum(axis=1) > 1)
        allowed[np.flatnonzero(other), last[other]] = False
        return allowed

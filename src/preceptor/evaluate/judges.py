"""Judges of policies: worlds that answer as students would, learn from it, and say what is recalled."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank
from preceptor.evaluate.cohort import Cohort
from preceptor.evaluate.latent_world import LatentWorld
from preceptor.mind import MindModel, replay_log
from preceptor.trace import Answers


class Judge(ABC):
    """Students whom every policy asks at the same times; no verb changes the state it is given.

    Questions and concepts are rows of the course's bank, times UTC seconds.

    Args:
        name: As it is reported.
        cohort: Its students.
    """

    simulated: ClassVar[bool]
    """Whether it judges by a latent truth."""
    own = False
    """Whether it is the very tracer that the policies look through."""

    def __init__(self, name: str, cohort: Cohort) -> None:
        self.name = name
        self.cohort = cohort

    @abstractmethod
    def answers_to(self) -> NDArray[np.bool_]:
        """Which questions it can be asked, bool [questions]."""

    @abstractmethod
    def start(self) -> Any:
        """The cohort before its withheld answers."""

    @abstractmethod
    def respond(
        self, state: Any, question: NDArray[np.int64], at_seconds: NDArray[np.float64], uniform: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Whether each student is right.

        Args:
            state: n students.
            question: int64 [n].
            at_seconds: float64 [n].
            uniform: float64 [2, n] in 0..1; the same numbers in every arm pair the arms.
        """

    @abstractmethod
    def practise(
        self, state: Any, question: NDArray[np.int64], correct: NDArray[np.bool_], at_seconds: NDArray[np.float64]
    ) -> Any:
        """The students after these answers."""

    @abstractmethod
    def recall(self, state: Any, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Recall of every concept of the course, float64 [n, concepts]; NaN for one it knows nothing of."""

    @abstractmethod
    def about(self) -> dict[str, Any]:
        """What a run file says of it."""


class LatentJudge(Judge):
    """The latent truth of simulated students.

    Args:
        name: As it is reported.
        cohort: Its students, with a truth.
        bank: The course's bank; other banks may have been imported beside the one the students know.
    """

    simulated: ClassVar[bool] = True

    def __init__(self, name: str, cohort: Cohort, bank: Bank) -> None:
        super().__init__(name, cohort)
        if cohort.truth is None:
            raise ValueError("people have no latent truth")
        self.world = LatentWorld.of(bank, cohort.truth)
        self._state = cohort.truth.state.take(cohort.truth_rows)
        self._column = np.array([bank.q_matrix.concept_index[name] for name in cohort.truth.concept_ids])
        self._concepts = len(bank.concepts)

    def answers_to(self) -> NDArray[np.bool_]:
        """The questions of the students' own bank."""
        return np.asarray(self.world.question >= 0)

    def start(self) -> Any:
        """Their true state."""
        return self._state

    def respond(
        self, state: Any, question: NDArray[np.int64], at_seconds: NDArray[np.float64], uniform: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """As the latent minds answer."""
        correct, _ = self.world.latent.respond(state, self.world.question[question], at_seconds, *uniform)
        return correct

    def practise(
        self, state: Any, question: NDArray[np.int64], correct: NDArray[np.bool_], at_seconds: NDArray[np.float64]
    ) -> Any:
        """As the latent minds learn."""
        return self.world.latent.practise(state, self.world.question[question], correct, at_seconds)

    def recall(self, state: Any, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """True recall."""
        found = np.full((len(state), self._concepts), np.nan)
        found[:, self._column] = self.world.latent.recall(state, None, at_seconds)
        return found

    def about(self) -> dict[str, Any]:
        """The family and the hash of its numbers."""
        latent = self.world.latent
        return {"kind": "latent", "family": latent.name, "parameters": latent.parameter_hash}


class TracerJudge(Judge):
    """A tracer with its curve: what it believes becomes what happens.

    Args:
        name: As it is reported.
        cohort: Its students.
        model: The tracer and its curve, over the course's bank.
        own: Whether the policies look through this very tracer.
        trained: What a run file says of its training.
    """

    simulated: ClassVar[bool] = False

    def __init__(
        self, name: str, cohort: Cohort, model: MindModel, *, own: bool, trained: dict[str, Any] | None = None
    ) -> None:
        super().__init__(name, cohort)
        self.model, self.own, self.trained = model, own, trained or {}
        self._minds = replay_log(model, cohort.log, cohort.students, cohort.first)

    def answers_to(self) -> NDArray[np.bool_]:
        """Every question."""
        return np.ones(len(self.model.q_matrix.question_ids), dtype=bool)

    def start(self) -> Any:
        """Their replayed minds."""
        return self._minds

    def respond(
        self, state: Any, question: NDArray[np.int64], at_seconds: NDArray[np.float64], uniform: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Right where the first number is below P(correct)."""
        return np.asarray(uniform[0] < self.model.p_correct(state, question[:, None], at_seconds)[:, 0])

    def practise(
        self, state: Any, question: NDArray[np.int64], correct: NDArray[np.bool_], at_seconds: NDArray[np.float64]
    ) -> Any:
        """One step of the tracer."""
        return self.model.answer(state, answered(question, correct, at_seconds))

    def recall(self, state: Any, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """The tracer's recall."""
        return self.model.recall(state, at_seconds)

    def about(self) -> dict[str, Any]:
        """Which tracer, and how it was trained."""
        return {"kind": "tracer", "own": self.own, "curve": self.model.curve.name, **self.trained}


def answered(question: NDArray[np.int64], correct: NDArray[np.bool_], at_seconds: NDArray[np.float64]) -> Answers:
    """Answers as a tracer takes them; nobody knows how long they took."""
    unknown = np.full(len(question), np.nan, dtype=np.float32)
    return Answers(question, correct.astype(np.float32), at_seconds, unknown)

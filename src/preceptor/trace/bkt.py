"""Bayesian Knowledge Tracing (Corbett and Anderson, 1995), fitted, with concepts as an axis."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.progress import Progress, silent
from preceptor.trace.answers import Answers, FitReport, mean_log_loss
from preceptor.trace.bkt_fit import BktParameters, average_concept, filtered, fitted
from preceptor.trace.checkpoint import Checkpoint
from preceptor.trace.contract import Tracer
from preceptor.trace.q_classes import distinct_concepts
from preceptor.trace.state import ArrayState
from preceptor.trace.strands import Strands, question_means

AVERAGE_PASSES, PASSES = 20, 15
CANDIDATES = ((False, (10.0,)), (True, (10.0, 3.0, 30.0, 100.0)))
"""Whether concepts may be forgotten, and for how many chances of each kind the average concept counts."""


@dataclass(frozen=True)
class BktState(ArrayState):
    """P(known) of n students for every concept, float64 [n, concepts]."""

    known: NDArray[np.float64]


class BktTracer(Tracer):
    """One two-state chain a concept: a student knows it or not, answers accordingly, and may learn or forget it.

    P(right on c) = guess_c + (1 − slip_c − guess_c)·P(known_c). An answer changes P(known) of each concept of its
    question by Bayes' rule, then the student may learn (0 → 1) or forget (1 → 0). A question of several concepts is
    predicted as the mean over them; the alternative, that all must be known, had the higher log loss on the
    validation students of ASSISTments 2009 and 2017. The five probabilities of every concept are fitted by
    expectation and maximisation, drawn towards those of the average concept; by how much, and whether there is
    forgetting at all, the validation students' log loss decides. Forgetting here goes by answers, not by time.
    """

    name: ClassVar[str] = "bkt"
    by_concept: ClassVar[frozenset[str]] = frozenset(field.name for field in fields(BktParameters))

    def __init__(self, q_matrix: QMatrix) -> None:
        super().__init__(q_matrix)
        self.parameters = BktParameters.typical(len(q_matrix.concept_ids))
        self.overall = 0.5

    def fit(
        self,
        train: Log,
        valid: Log,
        *,
        seed: int,
        clock: Callable[[], float],
        progress: Progress = silent,
        checkpoint: Checkpoint | None = None,
    ) -> FitReport:
        """Fit every candidate and keep the best; without randomness, so `seed` changes nothing."""
        begun = clock()
        self.overall = float(train.correct.mean()) if len(train) else 0.5
        strands = Strands.of_concepts(train, self.q_matrix)
        correct = train.correct[strands.row].astype(np.float64)
        candidates, losses = [], []
        for forgets, weights in CANDIDATES:
            average = average_concept(strands, correct, forgets, AVERAGE_PASSES)
            centre = self.parameters = average.of(np.zeros(len(self.q_matrix.concept_ids), dtype=np.int64))
            for weight in weights:
                self.parameters = fitted(strands, correct, self.parameters, centre, weight, PASSES)
                candidates.append(self.parameters)
                losses.append(mean_log_loss(self.score(valid), valid.correct))
                progress(self.name, len(losses), sum(len(some) for _, some in CANDIDATES))
        best = int(np.argmin(losses))
        self.parameters = candidates[best]
        return FitReport(len(losses), len(train), tuple(losses), best + 1, clock() - begun)

    def initial(self, n: int) -> BktState:
        """What students know who have answered nothing."""
        return BktState(np.tile(self.parameters.prior, (n, 1)))

    def update(self, state: BktState, answers: Answers) -> BktState:
        """Bayes' rule, then learning and forgetting, for the concepts of the question."""
        concepts = self.q_matrix.concepts[answers.question]
        student, slot = np.nonzero(concepts >= 0)
        concept = concepts[student, slot]
        own, known = self.parameters.of(concept), state.known.copy()
        given = own.after(known[student, concept], answers.correct[student].astype(np.float64))
        known[student, concept] = own.next(given)
        return BktState(known)

    def predict(self, state: BktState, questions: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """Mean over each question's concepts of P(right); the training students' accuracy for one without concepts."""
        right = self.parameters.right(state.known)
        return question_means(right, self.q_matrix.concepts[questions], self.overall).astype(np.float32)

    def mastery(self, state: BktState, concepts: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """P(right) on each concept."""
        return self.parameters.right(state.known)[:, concepts].astype(np.float32)

    def score(self, log: Log) -> NDArray[np.float32]:
        """One pass over all strands at once."""
        strands = Strands.of_concepts(log, self.q_matrix)
        known = filtered(strands, log.correct[strands.row].astype(np.float64), self.parameters).before
        right = self.parameters.of(strands.concept).right(known)
        return strands.row_means(right, len(log), self.overall).astype(np.float32)

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Questions with the same concepts are one class."""
        return distinct_concepts(self.q_matrix)

    def weights(self) -> dict[str, NDArray[Any]]:
        """The five probabilities of every concept and the training students' accuracy."""
        return {**asdict(self.parameters), "overall": np.array(self.overall)}

    def set_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Take what `weights` gave."""
        self.parameters = BktParameters(**{name: weights[name] for name in self.by_concept})
        self.overall = weights["overall"].item()

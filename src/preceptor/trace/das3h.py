"""Logistic knowledge tracing by wins and attempts in time windows (DAS3H: Choffin et al., 2019)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from preceptor.domain import Log, QMatrix
from preceptor.progress import Progress, silent
from preceptor.trace.answers import Answers, FitReport, mean_log_loss, question_rows
from preceptor.trace.checkpoint import Checkpoint
from preceptor.trace.contract import Tracer
from preceptor.trace.das3h_counts import NEVER, Found, ability_features, aged, counted, latest, surprised
from preceptor.trace.das3h_fit import MEMORIES, WINDOWS, Das3hWeights, Design, fit_logistic, least, penalties
from preceptor.trace.state import ArrayState
from preceptor.trace.strands import question_means

PASSES = 100
STRENGTHS = (4.0, 2.0, 1.0, 0.5)
"""Candidates for the penalty of a question's difficulty."""
EXPECTED_WEIGHT = 5.0
"""For how many answers the overall accuracy counts in what is expected on a question."""
SUREST = 12.0
"""Largest logit; keeps probabilities between 0 and 1 in single precision."""


@dataclass(frozen=True)
class Das3hState(ArrayState):
    """Counts of n students.

    Args:
        counts: float32 [n, concepts, windows, 2], wins and attempts as of `last_seconds`.
        last_seconds: float64 [n, concepts], `NEVER` where never practiced or no time is known.
        ability: float32 [n, memories, 2], running sums of surprises and of answers.
    """

    counts: NDArray[np.float32]
    last_seconds: NDArray[np.float64]
    ability: NDArray[np.float32]


class Das3hTracer(Tracer):
    """Logistic regression on ability, difficulty, and practice of each concept at several time scales.

    logit P = b + Σ_m a_m·ability_m − δ_q + mean over the question's concepts k of
    [β_k + Σ_w (θ_w + θ_kw)·log(1 + wins_kw) + (φ_w + φ_kw)·log(1 + attempts_kw)],
    with windows w of an hour, a day, 7 days, 30 days and ever. Four things differ from the paper:

    - A new student has no fitted parameter. Ability is measured as the answers come: the mean of (credit − expected
      credit of the question) over the last 5, the last 25 and all answers, drawn towards 0.
    - Windows fade (see `aged`), so that a state has constant size and a sweep equals stepping.
    - Concepts of a question are averaged, where the paper adds them up, so that a question with many is not further
      from ½ than one with few.
    - All concepts share weights of the windows, and each deviates from them under a penalty. Weights of wins and
      abilities are never negative: with all else equal, a better answer never predicts a worse one.

    Penalties draw difficulties and deviations to 0; the validation students choose the strength. Without any time in
    the training log only the window "ever" is fitted, and predictions do not depend on time (Performance Factors
    Analysis: Pavlik et al., 2009).
    """

    name: ClassVar[str] = "das3h"
    time_aware: ClassVar[bool] = True
    uses: ClassVar[frozenset[str]] = frozenset({"times", "question ids"})
    by_question: ClassVar[frozenset[str]] = frozenset({"difficulty", "expected"})
    by_concept: ClassVar[frozenset[str]] = frozenset({"ease", "own"})

    def __init__(self, q_matrix: QMatrix) -> None:
        super().__init__(q_matrix)
        self.fitted = Das3hWeights.zero(q_matrix)
        self.expected = np.full(len(q_matrix.question_ids), 0.5, dtype=np.float32)
        self.timed = True

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
        """Fit with every candidate penalty and keep the best; without randomness, so `seed` changes nothing."""
        begun = clock()
        self.timed = bool(np.isfinite(train.time_seconds).any())
        self.expected = self._expected(train)
        design, candidates, losses = Design.of(self._found(train), self.q_matrix), [], []
        lowest = least(self.q_matrix)
        weights = np.zeros(design.dense.shape[1] + design.sparse.shape[1])
        for done, strength in enumerate(STRENGTHS, 1):
            penalty = penalties(self.q_matrix, strength)
            weights = fit_logistic(design, train.correct, penalty, lowest, weights, PASSES)
            self.fitted = Das3hWeights.of(weights, self.q_matrix)
            candidates.append(self.fitted)
            losses.append(mean_log_loss(self.score(valid), valid.correct))
            progress(self.name, done, len(STRENGTHS))
        best = int(np.argmin(losses))
        self.fitted = candidates[best]
        return FitReport(len(losses), len(train), tuple(losses), best + 1, clock() - begun)

    def initial(self, n: int) -> Das3hState:
        """Nothing counted."""
        concepts = len(self.q_matrix.concept_ids)
        return Das3hState(
            np.zeros((n, concepts, WINDOWS, 2), dtype=np.float32),
            np.full((n, concepts), NEVER),
            np.zeros((n, MEMORIES, 2), dtype=np.float32),
        )

    def update(self, state: Das3hState, answers: Answers) -> Das3hState:
        """Count the answer for all concepts of its question and for the ability."""
        concepts = self.q_matrix.concepts[answers.question]
        student, slot = np.nonzero(concepts >= 0)
        own = student, concepts[student, slot]
        credit, now = answers.correct.astype(np.float32), answers.time_seconds[student]
        counts, last = state.counts.copy(), state.last_seconds.copy()
        counts[own] = counted(aged(counts[own], now - last[own]), credit[student])
        last[own] = latest(last[own], now)
        return Das3hState(counts, last, surprised(state.ability, credit - self.expected[answers.question]))

    def predict(
        self, state: Das3hState, questions: NDArray[Any], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """P(correct) at a time: windows fade up to then."""
        of_concepts = question_means(self._of_concepts(state, at_seconds), self.q_matrix.concepts[questions], 0.0)
        return _probability(self._of_student(state) + of_concepts - self.fitted.difficulty[questions])

    def mastery(
        self, state: Das3hState, concepts: NDArray[Any], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """P(correct) at a time on a question of average difficulty for each concept."""
        return _probability(self._of_student(state) + self._of_concepts(state, at_seconds)[:, concepts])

    def score(self, log: Log) -> NDArray[np.float32]:
        """One sweep over all strands at once."""
        found = self._found(log)
        of_entries = self.fitted.of_concepts(found.practice, found.strands.concept)
        of_concepts = found.strands.row_means(of_entries, len(log), 0.0)
        of_student = self.fitted.intercept + found.abilities @ self.fitted.ability
        return _probability(of_student + of_concepts - self.fitted.difficulty[found.question])

    def weights(self) -> dict[str, NDArray[Any]]:
        """The regression's weights, what is expected on every question, and whether times count."""
        return {**asdict(self.fitted), "expected": self.expected, "timed": np.array(self.timed)}

    def set_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Take what `weights` gave."""
        own = dict(weights)
        self.timed, self.expected = bool(own.pop("timed")), own.pop("expected")
        self.fitted = Das3hWeights(**own)

    def _expected(self, train: Log) -> NDArray[np.float32]:
        """Accuracy of the training students on every question, drawn towards their accuracy on all."""
        rows, n = question_rows(train, self.q_matrix), len(self.q_matrix.question_ids)
        overall = float(train.correct.mean()) if len(train) else 0.5
        credit, answers = np.bincount(rows, train.correct, n), np.bincount(rows, minlength=n)
        return ((credit + EXPECTED_WEIGHT * overall) / (answers + EXPECTED_WEIGHT)).astype(np.float32)

    def _found(self, log: Log) -> Found:
        return Found.of(log, self.q_matrix, self.expected, self.timed)

    def _of_concepts(self, state: Das3hState, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        counts = aged(state.counts, at_seconds[:, None] - state.last_seconds)
        if not self.timed:
            counts[:, :, :-1] = 0
        return self.fitted.of_concepts(np.log1p(counts), np.arange(counts.shape[1]))

    def _of_student(self, state: Das3hState) -> NDArray[np.float64]:
        of_student = self.fitted.intercept + ability_features(state.ability) @ self.fitted.ability
        return np.asarray(of_student[:, None], dtype=np.float64)


def _probability(logits: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(expit(np.clip(logits, -SUREST, SUREST)), dtype=np.float32)

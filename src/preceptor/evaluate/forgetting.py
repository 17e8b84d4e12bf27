"""Does time improve the prediction of the next answer over mastery alone? By gap, on held-out students."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from preceptor.domain import Log, QMatrix
from preceptor.evaluate.bootstrap import Estimate
from preceptor.evaluate.forgetting_controls import LONG_DAYS, GapEffect, gap_effects
from preceptor.evaluate.forgetting_folds import OutOfFold, fitted_to, left_out, out_of_fold, student_folds
from preceptor.evaluate.forgetting_gaps import BUCKETS, FIRST, Gaps
from preceptor.evaluate.forgetting_mastery import DEFAULT_MASTERY, LogisticMastery, Mastery, TracerMastery
from preceptor.evaluate.forgetting_scores import Sample, Scores, answer_log_loss, memory_bins
from preceptor.evaluate.logistic import fit_logistic
from preceptor.forgetting import TIMELESS_CURVE, PracticeLog, forgetting_names, make_curve, practice_log
from preceptor.forgetting.fitted import logit_of
from preceptor.forgetting.follow import rows_of
from preceptor.trace import Tracer, question_rows

CONSTANT, HALF_LIFE, MASTERY, WITH_LEVEL = "constant", "half-life regression", "mastery alone", "mastery and level"
BASELINES = (CONSTANT, HALF_LIFE, MASTERY, WITH_LEVEL)
ANY_GAP, LONG = "any gap", f"from {LONG_DAYS:g} d"
PRIOR_SD = 10.0


@dataclass(frozen=True, slots=True)
class ForgettingDesign:
    """How forgetting is evaluated.

    Args:
        model: Where mastery comes from: `logistic`, or a tracer, which the caller builds.
        curves: The curves; by default every registered one by which something fades.
        folds: Folds of students, at least 3.
        seed: Seeds folds, training and resamples.
    """

    model: str = DEFAULT_MASTERY
    curves: tuple[str, ...] = field(default_factory=forgetting_names)
    folds: int = 5
    seed: int = 0


@dataclass(frozen=True)
class BucketResult:
    """One set of predictions in one bucket of gaps.

    Args:
        curve: The curve, or one of `BASELINES`.
        bucket: The bucket.
        answers: Answers in it.
        students: Students who gave them.
        observed: Their mean credit.
        scores: How good the predictions are.
        over: Log loss less each baseline's, paired by resampled students; below 0 is better.
    """

    curve: str
    bucket: str
    answers: int
    students: int
    observed: float
    scores: Scores
    over: Mapping[str, Estimate]


@dataclass(frozen=True)
class ForgettingResult:
    """What an evaluation of forgetting found.

    Args:
        buckets: One a curve or baseline and bucket.
        effects: The effect of the gap beside controls.
        best: The curve with the lowest log loss over all answers with a gap.
        students: Students with answers.
    """

    buckets: list[BucketResult]
    effects: list[GapEffect]
    best: str
    students: int


class ForgettingStudy:
    """Predicts every student by models and curves fitted to the students of the other folds, piece by piece.

    Mastery alone is the same mastery with the same recalibration, σ(a + b·logit m) with one line for practised and
    one for new concepts, without a term of time. Mastery and level adds the level of the student, which every curve
    learns from the answers before too: what a curve gains over it is the gain of time. The constant is the training
    students' accuracy. Half-life regression is the curve `half-life` on that constant: the strengths of Settles &
    Meeder (2016) from counts, with a guess floor and effects of students as every curve here has them, and no mastery.

    Args:
        log: A log with a time on every row.
        q_matrix: Questions and concepts.
        design: How to evaluate.
        build: Makes the unfitted tracer that mastery comes from, one that knows no time; None for the logistic model.

    Raises:
        UserError: If there are fewer students than folds.
    """

    def __init__(
        self, log: Log, q_matrix: QMatrix, design: ForgettingDesign, build: Callable[[], Tracer] | None
    ) -> None:
        self.log, self.q_matrix, self.design, self.build = log, q_matrix, design, build
        self.fold_of_student = student_folds(log, design.folds, design.seed)
        self.fold = self.fold_of_student[log.student]

    @property
    def masteries(self) -> list[tuple[int, int]]:
        """The folds that mastery is fitted without, a pair a piece."""
        return left_out(self.design.folds)

    @property
    def curves(self) -> list[tuple[int, str]]:
        """Test fold and baseline or curve, a piece each."""
        return [(fold, name) for fold in range(self.design.folds) for name in (*BASELINES, *self.design.curves)]

    def mastery(self, pair: tuple[int, int]) -> NDArray[np.float32]:
        """Mastery of the rows of a pair of folds, by a model fitted to the other folds."""
        return self._model(fitted_to(self.fold_of_student, pair))[np.isin(self.fold, pair)]

    def joined(self, masteries: Sequence[NDArray[np.float32]]) -> OutOfFold:
        """The mastery of all pieces."""
        return out_of_fold(self.fold, self.design.folds, masteries)

    def predicted(self, fold: int, name: str, mastery: NDArray[np.float32]) -> NDArray[np.float64]:
        """P(correct) of the rows of a fold, by a baseline or curve fitted to the other folds.

        Args:
            fold: The test fold.
            name: The baseline or curve.
            mastery: float32 [rows], the row of `OutOfFold.by_test_fold`.
        """
        test, seen = self.fold == fold, replace(self._gaps.seen, mastery=mastery)
        train, asked = rows_of(seen, np.flatnonzero(~test)), rows_of(seen, np.flatnonzero(test))
        return _predicted(name, train, asked, len(self.q_matrix.concept_ids))

    def result(self, mastery: OutOfFold, predictions: Sequence[NDArray[np.float64]]) -> ForgettingResult:
        """What the predictions of all pieces say."""
        p = {name: np.zeros(len(self.log)) for name in (*BASELINES, *self.design.curves)}
        for (fold, name), predicted in zip(self.curves, predictions, strict=True):
            p[name][self.fold == fold] = predicted
        with_gap, correct = self._gaps.bucket >= 0, self.log.correct
        losses = {name: float(answer_log_loss(p[name], correct)[with_gap].mean()) for name in self.design.curves}
        return ForgettingResult(
            buckets=_by_bucket(self._gaps, p, self.design.seed),
            effects=gap_effects(self._gaps, mastery, self._rows_of_question, self.design.seed),
            best=min(losses, key=lambda name: losses[name]),
            students=len(np.unique(self.log.student)),
        )

    @cached_property
    def _rows_of_question(self) -> NDArray[np.int64]:
        return question_rows(self.log, self.q_matrix)

    @cached_property
    def _gaps(self) -> Gaps:
        unknown = np.zeros(len(self.log), dtype=np.float32)
        return Gaps(self.log, practice_log(self.log, self._rows_of_question, self.q_matrix, unknown))

    @cached_property
    def _model(self) -> Mastery:
        if self.build:
            return TracerMastery(self.build, self.log, self.design.seed, monotonic)
        return LogisticMastery(self.log, self.q_matrix, self._gaps)


def _predicted(name: str, train: PracticeLog, test: PracticeLog, concepts: int) -> NDArray[np.float64]:
    level = float(train.correct.mean())
    if name == CONSTANT:
        return np.full(len(test.correct), level)
    if name == MASTERY:
        weights = fit_logistic(_lines(train), train.correct, np.full(4, PRIOR_SD))
        return np.asarray(expit(_lines(test) @ weights))
    if name == WITH_LEVEL:
        name = TIMELESS_CURVE
    if name == HALF_LIFE:
        name = "half-life"
        train, test = (
            replace(part, mastery=np.full(len(part.correct), level, dtype=np.float32)) for part in (train, test)
        )
    return make_curve(name, concepts).fit(train).predict(test)


def _lines(seen: PracticeLog) -> NDArray[np.float64]:
    """Columns of the recalibration: one line for practised and one for new concepts."""
    known, logit = seen.practised.any(axis=1), logit_of(seen.mastery)
    return np.column_stack([known, known * logit, ~known, ~known * logit])


def _by_bucket(gaps: Gaps, p: dict[str, NDArray[np.float64]], seed: int) -> list[BucketResult]:
    log, bins = gaps.log, memory_bins(gaps.seen, gaps.days)
    members = {name: gaps.bucket == number for number, name in enumerate(BUCKETS)}
    members |= {LONG: gaps.after(LONG_DAYS), ANY_GAP: gaps.bucket >= 0, FIRST: gaps.bucket < 0}
    results = []
    for bucket, member in members.items():
        if not member.any():
            continue
        correct = log.correct[member]
        sample = Sample(correct, log.student[member], bins[member], seed)
        loss = {name: answer_log_loss(values[member], correct) for name, values in p.items()}
        for name, values in p.items():
            over = {base: sample.mean(loss[name] - loss[base]) for base in BASELINES if base != name}
            scores = sample.scores(values[member])
            observed = float(correct.mean())
            results.append(BucketResult(name, bucket, len(correct), sample.students, observed, scores, over))
    return results

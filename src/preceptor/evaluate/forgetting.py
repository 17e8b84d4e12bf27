"""Does time improve the prediction of the next answer over mastery alone? By gap, on held-out students."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from preceptor.domain import Log, QMatrix
from preceptor.evaluate.bootstrap import Estimate
from preceptor.evaluate.forgetting_controls import LONG_DAYS, GapEffect, gap_effects
from preceptor.evaluate.forgetting_folds import OutOfFold, out_of_fold, student_folds
from preceptor.evaluate.forgetting_gaps import BUCKETS, FIRST, Gaps
from preceptor.evaluate.forgetting_mastery import DEFAULT_MASTERY, LogisticMastery, TracerMastery
from preceptor.evaluate.forgetting_scores import Sample, Scores, answer_log_loss, memory_bins
from preceptor.evaluate.logistic import fit_logistic
from preceptor.forgetting import TIMELESS_CURVE, PracticeLog, forgetting_names, make_curve, practice_log
from preceptor.forgetting.fitted import logit_of
from preceptor.forgetting.follow import rows_of
from preceptor.progress import Progress
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


def evaluate_forgetting(
    log: Log,
    q_matrix: QMatrix,
    design: ForgettingDesign,
    build: Callable[[], Tracer] | None,
    clock: Callable[[], float],
    progress: Progress,
) -> ForgettingResult:
    """Predict every student once by models and curves fitted to the students of the other folds.

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
        clock: Monotonic seconds.
        progress: Told how far it is.
    """
    rows_of_question = question_rows(log, q_matrix)
    seen = practice_log(log, rows_of_question, q_matrix, np.zeros(len(log), dtype=np.float32))
    gaps = Gaps(log, seen)
    model = TracerMastery(build, log, design.seed, clock) if build else LogisticMastery(log, q_matrix, gaps)
    folds = student_folds(log, design.folds, design.seed)
    mastery = out_of_fold(log, folds, design.folds, model, progress)
    p = _Predictor(gaps, mastery, len(q_matrix.concept_ids), progress).all(design.curves)
    with_gap = gaps.bucket >= 0
    losses = {name: float(answer_log_loss(p[name], log.correct)[with_gap].mean()) for name in design.curves}
    return ForgettingResult(
        buckets=_by_bucket(gaps, p, design.seed),
        effects=gap_effects(gaps, mastery, rows_of_question, design.seed),
        best=min(losses, key=lambda name: losses[name]),
        students=len(np.unique(log.student)),
    )


class _Predictor:
    """Fits baselines and curves to the training folds of each test fold."""

    def __init__(self, gaps: Gaps, mastery: OutOfFold, concepts: int, progress: Progress) -> None:
        self.gaps, self.mastery, self.concepts, self.progress = gaps, mastery, concepts, progress

    def all(self, curves: tuple[str, ...]) -> dict[str, NDArray[np.float64]]:
        """Predictions of every row by name, float64 [rows] each."""
        p = {name: np.zeros(len(self.gaps.log)) for name in (*BASELINES, *curves)}
        steps = self.mastery.folds * len(p)
        for fold in range(self.mastery.folds):
            test = self.mastery.fold == fold
            seen = replace(self.gaps.seen, mastery=self.mastery.by_test_fold[fold])
            fitted_to, asked = rows_of(seen, np.flatnonzero(~test)), rows_of(seen, np.flatnonzero(test))
            for done, name in enumerate(p, 1):
                p[name][test] = self._predict(name, fitted_to, asked)
                self.progress("curves", fold * len(p) + done, steps)
        return p

    def _predict(self, name: str, train: PracticeLog, test: PracticeLog) -> NDArray[np.float64]:
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
        return make_curve(name, self.concepts).fit(train).predict(test)


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

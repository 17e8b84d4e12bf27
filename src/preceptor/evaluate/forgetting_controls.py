"""Is it the gap, or what comes with a gap? The effect of the gap beside each control and beside all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from preceptor.domain import SECONDS_PER_DAY
from preceptor.evaluate.bootstrap import Estimate
from preceptor.evaluate.forgetting_folds import OutOfFold
from preceptor.evaluate.forgetting_gaps import SITTING_PAUSE_SECONDS, Gaps
from preceptor.evaluate.forgetting_mastery import QUESTION_WEIGHT
from preceptor.evaluate.forgetting_scores import Sample, answer_log_loss
from preceptor.evaluate.logistic import clustered_sd, fit_logistic
from preceptor.forgetting.fitted import logit_of

CONTROLS = ("question difficulty", "position in the sitting", "calendar month", "practice count")
LONG_DAYS = 7.0
PRIOR_SD = 10.0
"""Spread of every weight: wide, the data decide."""

NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class GapEffect:
    """What the gap explains beside some controls, on answers to concepts practised before.

    Args:
        controls: What stands beside mastery and gap.
        weight: Change of logit P(correct) with each ln(1 + gap / 1 h), with an interval clustered by student; below
            0 where longer gaps go with more errors. `sd` is the standard error.
        log_loss: Log loss with the gap less log loss without it, both with the controls, on held-out students and
            gaps of 7 days and more; below 0 where the gap helps.
    """

    controls: tuple[str, ...]
    weight: Estimate
    log_loss: Estimate

    @property
    def found(self) -> bool:
        """Whether longer gaps go with more errors, with an interval below 0."""
        return self.weight.ci95[1] < 0

    @property
    def helps(self) -> bool:
        """Whether knowing the gap lowers log loss after long gaps, with an interval below 0."""
        return self.log_loss.ci95[1] < 0


def gap_effects(gaps: Gaps, mastery: OutOfFold, question: NDArray[np.int64], seed: int) -> list[GapEffect]:
    """The effect of the gap without controls, with each alone, and with all.

    logit P = a + b·logit m + w·ln(1 + gap / 1 h) + the controls' columns. Question difficulty is the question's
    accuracy, drawn towards the overall one, among students outside both the test fold and the row's own fold.

    Args:
        gaps: The answers.
        mastery: Mastery of every row by models that had not seen its student.
        question: int64 [rows], indices of questions.
        seed: Draws the resamples of students.
    """
    practised = ~np.isnan(gaps.days)
    difficulty = question_difficulty(gaps, mastery, question)
    return [
        _Regression(gaps, mastery, chosen, difficulty, practised).effect(seed)
        for chosen in ((), *((name,) for name in CONTROLS), CONTROLS)
    ]


def reading(effects: list[GapEffect]) -> str:
    """What the effects allow one to say, in a sentence."""
    alone, *single, all_of_them = effects
    if not alone.found:
        return "No gap effect was found beyond mastery."
    taken = [effect.controls[0] for effect in single if not effect.found]
    if taken:
        said = f"A gap effect that is not separated from {', '.join(taken)}; it is not shown to be forgetting."
    elif not all_of_them.found:
        said = "A gap effect that all controls together take away; it is not shown to be forgetting."
    else:
        said = "A gap effect that stands beside every control; what else long gaps bring with them is not excluded."
    small = (
        "" if alone.helps else " As one term linear in log time it is too small to lower held-out log loss for sure."
    )
    return said + small


class _Regression:
    """The two regressions, with and without the gap, beside one set of controls."""

    def __init__(
        self,
        gaps: Gaps,
        mastery: OutOfFold,
        controls: tuple[str, ...],
        difficulty: NDArray[np.float64],
        practised: NDArray[np.bool_],
    ) -> None:
        self.gaps, self.mastery, self.controls, self.practised = gaps, mastery, controls, practised
        self.gap = np.log1p(np.nan_to_num(gaps.days) * SECONDS_PER_DAY / SITTING_PAUSE_SECONDS)
        self.difficulty = difficulty
        self.plain = [column for name in controls for column in self._columns(name)]

    def effect(self, seed: int) -> GapEffect:
        correct, student = self.gaps.log.correct, self.gaps.log.student
        p = {with_gap: np.zeros(len(correct)) for with_gap in (True, False)}
        for fold, (train, test) in enumerate(self._folds()):
            for with_gap in p:
                design = self._design(fold, with_gap)
                weights = fit_logistic(design[train], correct[train], np.full(design.shape[1], PRIOR_SD))
                p[with_gap][test] = expit(design[test] @ weights)
        after = self.gaps.after(LONG_DAYS)
        gain = answer_log_loss(p[True], correct) - answer_log_loss(p[False], correct)
        sample = Sample(correct[after], student[after], np.zeros(int(after.sum()), dtype=np.int64), seed)
        return GapEffect(self.controls, self._weight(), sample.mean(gain[after]))

    def _weight(self) -> Estimate:
        """Of the gap, on all practised rows with their held-out mastery."""
        rows, log = self.practised, self.gaps.log
        design = self._design(None, True)[rows]
        weights = fit_logistic(design, log.correct[rows], np.full(design.shape[1], PRIOR_SD))
        sd = clustered_sd(design, log.correct[rows], weights, log.student[rows])
        mean, error = float(weights[2]), float(sd[2])
        return Estimate(mean, error, (mean - NORMAL_95 * error, mean + NORMAL_95 * error))

    def _folds(self) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
        for fold in range(self.mastery.folds):
            test = self.mastery.fold == fold
            yield ~test & self.practised, test & self.practised

    def _design(self, fold: int | None, with_gap: bool) -> NDArray[np.float64]:
        """Columns for one test fold; for None every row as it is in its own test fold."""
        rows = np.arange(len(self.gap))
        source = self.mastery.fold if fold is None else np.full(len(rows), fold)
        logit = logit_of(self.mastery.by_test_fold[source, rows])
        columns = [np.ones(len(rows)), logit, *([self.gap] if with_gap else []), *self.plain]
        if "question difficulty" in self.controls:
            columns.append(self.difficulty[source, rows])
        return np.column_stack(columns)

    def _columns(self, control: str) -> list[NDArray[np.float64]]:
        if control == "position in the sitting":
            position = self.gaps.sitting_position
            return [np.log1p(position), (position == 0).astype(np.float64)]
        if control == "calendar month":
            return [(self.gaps.month == month).astype(np.float64) for month in np.unique(self.gaps.month)[1:]]
        if control == "practice count":
            return list(self.gaps.average.values())
        return []


def question_difficulty(gaps: Gaps, mastery: OutOfFold, question: NDArray[np.int64]) -> NDArray[np.float64]:
    """Logit accuracy of each row's question for every test fold, float64 [folds, rows]."""
    folds, questions = mastery.folds, int(question.max(initial=0)) + 1
    cell = mastery.fold * questions + question
    credit = np.bincount(cell, gaps.log.correct, folds * questions).reshape(folds, questions)
    answers = np.bincount(cell, minlength=folds * questions).reshape(folds, questions)
    found = np.empty((folds, len(question)))
    for fold in range(folds):
        own = mastery.fold != fold  # a test row's own fold is the test fold
        right = credit.sum(axis=0)[question] - credit[fold, question] - own * credit[mastery.fold, question]
        total = answers.sum(axis=0)[question] - answers[fold, question] - own * answers[mastery.fold, question]
        overall = (_left(credit.sum(axis=1), fold) / _left(answers.sum(axis=1), fold))[mastery.fold]
        found[fold] = logit_of((right + QUESTION_WEIGHT * overall) / (total + QUESTION_WEIGHT))
    return found


def _left(of_fold: NDArray[np.float64], test: int) -> NDArray[np.float64]:
    """The total without the test fold and without each fold, [folds]."""
    return np.asarray(of_fold.sum() - of_fold[test] - of_fold * (np.arange(len(of_fold)) != test))

"""Moments of answers: what a family of latent minds has to bring about as real students do.

All are weighted by student, so that the same function serves a bootstrap over students.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY
from preceptor.evaluate.minds.replayed import Outcome
from preceptor.evaluate.minds.schedule import Schedule

Moments = dict[str, float]
Measure = Callable[["Rows", Outcome, NDArray[np.float64]], Moments]
GAPS = (("under an hour", 1 / 24), ("1 hour to 1 day", 1.0), ("1 to 7 days", 7.0), ("7 to 30 days", 30.0))
OVER = "over 30 days"
LATER = ((4, 8), (8, 16))
"""Answers on a concept, counted from 0, that are told apart by the last answer only."""
LEAST_OF_STUDENT, LEAST_OF_CONCEPT, LEAST_WRONG = 15, 50, 15


@dataclass(frozen=True)
class Rows:
    """What moments need to know of a schedule, whoever answers."""

    schedule: Schedule

    @cached_property
    def cell(self) -> NDArray[np.int64]:
        """Student × concept of each row, numbered from 0."""
        pair = self.schedule.student * len(self.schedule.bank.concepts) + self.schedule.concept
        return np.asarray(np.unique(pair, return_inverse=True)[1], dtype=np.int64)

    @cached_property
    def previous(self) -> NDArray[np.int64]:
        """The row of the student's previous answer on the concept; −1 for none."""
        order = np.argsort(self.cell, kind="stable")
        before = np.full(len(order), -1, dtype=np.int64)
        same = self.cell[order][1:] == self.cell[order][:-1]
        before[order[1:][same]] = order[:-1][same]
        return before

    @cached_property
    def number(self) -> NDArray[np.int64]:
        """How many answers on the concept came before."""
        number = np.zeros(len(self.cell), dtype=np.int64)
        for row, before in enumerate(self.previous.tolist()):
            number[row] = number[before] + 1 if before >= 0 else 0
        return number

    @cached_property
    def gap_days(self) -> NDArray[np.float64]:
        """Days since the previous answer on the concept; NaN for none."""
        time = self.schedule.time_seconds
        return np.where(self.previous >= 0, (time - time[self.previous]) / SECONDS_PER_DAY, np.nan)


def learning_moments(rows: Rows, outcome: Outcome, weight: NDArray[np.float64]) -> Moments:
    """First answers, the next answer by what came before on the concept, and the spread of students and concepts.

    P(right) given how many of the first n answers were right does not depend on who stops practising for what
    reason, as long as they decide by these answers; a plain curve over n would, as good students stop early.
    """
    right, n = outcome.correct, rows.number
    w = weight[rows.schedule.student]
    before = _right_before(rows, right)
    found = {"first answer": _mean(outcome.p, w * (n == 0))}
    for k in (1, 2, 3):
        for r in range(k + 1):
            found[f"answer {k + 1} after {r} right"] = _mean(outcome.p, w * ((n == k) & (before == r)))
    last = right[rows.previous]
    for low, high in LATER:
        within = (n >= low) & (n < high)
        for name, side in (("wrong", ~last), ("right", last)):
            found[f"answers {low + 1} to {high} after one {name}"] = _mean(outcome.p, w * (within & side))
    found["spread of students"] = _spread(rows.schedule.student, right, w, LEAST_OF_STUDENT, weight)
    found["spread of concepts"] = _spread(rows.schedule.concept, right, w, LEAST_OF_CONCEPT)
    return found


def gap_moments(rows: Rows, outcome: Outcome, weight: NDArray[np.float64]) -> Moments:
    """By how much the logit is lower after a gap than after less than an hour, within student and concept.

    Each answer is held against the mean of the student's other answers on the concept.
    """
    w, right = weight[rows.schedule.student], outcome.correct.astype(np.float64)
    count, total = np.bincount(rows.cell), np.bincount(rows.cell, right)
    others = (total[rows.cell] - right) / np.maximum(count[rows.cell] - 1, 1)
    usable = (rows.previous >= 0) & (count[rows.cell] >= 4)
    edges = [limit for _, limit in GAPS]
    bucket = np.searchsorted(edges, np.nan_to_num(rows.gap_days), side="right")
    level = [
        _logit(_mean(outcome.p, w * (usable & (bucket == b)))) - _logit(_mean(others, w * (usable & (bucket == b))))
        for b in range(len(edges) + 1)
    ]
    names = [name for name, _ in GAPS[1:]] + [OVER]
    found = {f"logit after {name}": level[b + 1] - level[0] for b, name in enumerate(names)}
    return {"share right": _mean(outcome.p, w), **found}


def option_moments(rows: Rows, outcome: Outcome, weight: NDArray[np.float64]) -> Moments:
    """Share right, and how far a question's wrong answers go to its most and second most frequent one."""
    w = weight[rows.schedule.student]
    width, wrong = 3, outcome.slot >= 0
    index = rows.schedule.question * width + np.minimum(outcome.slot, width - 1)
    counts = np.bincount(index[wrong], w[wrong], minlength=len(rows.schedule.bank.questions) * width).reshape(-1, width)
    counts = counts[counts.sum(axis=1) >= LEAST_WRONG]
    share = -np.sort(-counts / counts.sum(axis=1, keepdims=True), axis=1)
    return {
        "share right": _mean(outcome.p, w),
        "share of the most frequent wrong option": float(share[:, 0].mean()),
        "share of the second": float(share[:, 1].mean()),
        "spread of the most frequent one's share": float(share[:, 0].std()),
        "spread of students": _spread(rows.schedule.student, outcome.correct, w, LEAST_OF_STUDENT, weight),
    }


def _right_before(rows: Rows, right: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many earlier answers on the concept were right."""
    order = np.argsort(rows.cell, kind="stable")
    before: NDArray[np.int64] = np.cumsum(right[order]) - right[order]
    start = np.maximum.accumulate(np.where(rows.number[order] == 0, np.arange(len(order)), 0))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = before - before[start]
    return found


def _mean(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    return float((values * weight).sum() / max(weight.sum(), 1e-9))


def _spread(
    group: NDArray[np.int64],
    right: NDArray[np.bool_],
    weight: NDArray[np.float64],
    least: int,
    of_group: NDArray[np.float64] | None = None,
) -> float:
    """Standard deviation of the groups' shares of right answers, over groups with enough of them."""
    enough = np.bincount(group) >= least
    total = np.bincount(group, weight)
    share = np.bincount(group, weight * right) / np.maximum(total, 1e-9)
    w = (np.ones(len(total)) if of_group is None else of_group) * enough * (total > 0)
    mean = _mean(share, w)
    return float(np.sqrt(_mean((share - mean) ** 2, w)))


def _logit(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return float(np.log(p / (1 - p)))

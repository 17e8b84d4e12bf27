"""Logs of which nobody knows the order: every metric is a mean over seeded shuffles."""

import copy
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.data import Split
from preceptor.domain import Bank, Log, QMatrix
from preceptor.evaluate.cold_start import NewConcepts
from preceptor.evaluate.tracing_protocols import LeakFree, Scorer, Scores, Task

SHUFFLES = 5
TOLD = (
    f"order arbitrary: {SHUFFLES} seeded shuffles of each test student's answers, metrics averaged over them; training "
    "students' answers are shuffled once"
)


def shuffled_rows(log: Log, *seed: int) -> NDArray[np.int64]:
    """Rows of `log` with the answers of each student in a drawn order, int64 [rows]; students keep their places."""
    return np.lexsort((np.random.default_rng(seed).random(len(log)), log.student))


def shuffled(log: Log, *seed: int) -> Log:
    """The log in such an order, without times, which would run backwards."""
    found = log.take(shuffled_rows(log, *seed))
    return replace(found, time_seconds=np.full(len(log), np.nan))


class Unordered(LeakFree):
    """As `leak-free` with answers in arbitrary order: from the answers before it in a shuffle each is predicted."""

    name = "unordered"
    shuffles = SHUFFLES
    told: ClassVar[dict[str, str]] = {**LeakFree.told, "history": f"{TOLD}; {LeakFree.told['history']}"}
    seed: int = 0

    def bound(self, bank: Bank, fold_of_student: NDArray[np.int64], seed: int) -> Self:
        """Keep the seed of the shuffles."""
        found = copy.copy(super().bound(bank, fold_of_student, seed))
        found.seed = seed
        return found

    def task(self, log: Log, q_matrix: QMatrix, split: Split, fold: int) -> Task:
        """Training and validation students in one drawn order."""
        task = super().task(log, q_matrix, split, fold)
        train, valid = (shuffled(side, self.seed, 0, place) for place, side in enumerate((task.train, task.valid)))
        return replace(task, train=train, valid=valid)

    def score(self, tracer: Scorer, task: Task) -> Scores:
        """The same answers in every shuffle."""
        found: list[Scores] = []
        for number in range(1, self.shuffles + 1):
            order = shuffled_rows(task.test, self.seed, number)
            test = shuffled(task.test, self.seed, number)
            found.append(_in_order(super().score(tracer, replace(task, test=test, rows=task.rows[order]))))
        by_shuffle = np.stack([scores.p_correct for scores in found])
        return Scores(found[0].rows, by_shuffle.mean(axis=0), by_shuffle=by_shuffle)


class UnorderedNewConcepts(Unordered, NewConcepts):
    """As `new-concepts` with answers in arbitrary order."""

    name = "unordered-new-concepts"
    told: ClassVar[dict[str, Any]] = {**NewConcepts.told, "history": f"{TOLD}; {NewConcepts.told['history']}"}


def _in_order(scores: Scores) -> Scores:
    order = np.argsort(scores.rows)
    return Scores(scores.rows[order], scores.p_correct[order])

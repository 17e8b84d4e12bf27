"""The exact one-step planner: every question, both outcomes, recall at the horizon."""

from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.recommend.choosing import Plan, best, ranked
from preceptor.recommend.objectives import Objective
from preceptor.recommend.policy import Choice, Policy, Ranked
from preceptor.recommend.spacing import rested, spaced
from preceptor.trace import Answers

HORIZON_DAYS = 7.0
EQUAL = 0.01
"""What differs from the best by less than this share of it is equal."""
HYPOTHESES = 24_000
"""Most hypothetical minds held at once; changes no result."""
HYPOTHESES_BYTES = 2**29
"""Most that the tracer's states of these minds may take; attention remembers 200 answers of each."""


class Planner(Policy):
    """Asks what raises recall at the horizon most.

    improvement(q) = Σ_{c of q} w_c · (Σ_y P(y | q, now) · recall_c(mind after (q, y), now + horizon)
                                       − recall_c(mind, now + horizon))

    with the objective's weights w fixed before the answer. The answer's effect on the tracer's state, on memory
    strength and on the time of last practice all enter. The sum runs over the concepts that q exercises: of every
    other concept an answer is evidence, not practice, and what a calibrated model expects to believe after evidence
    is what it believes before (a martingale). Summing the tracer's errors there instead buries the gain: with them
    the planner did worse than random questions (docs/maths.md). Questions the tracer cannot tell apart share one
    look-ahead, so the result is exact over the whole bank.

    Only questions that exercise a concept with a weight are asked, as long as there is one: an expected loss on
    what counts is the tracer's doubt, and no reason to practise something else. They are compared by that
    improvement, less where their concepts were practised a moment ago (`spaced`). What differs from the best by
    less than a hundredth of it is equal, and broken by P(correct) nearest to 0.75, then by least recently seen,
    then by bank order.

    Args:
        model: The model behind the minds.
        horizon_days: When recall is measured, unless the objective has a day of its own.
    """

    name: ClassVar[str] = "planner"

    def __init__(self, model: MindModel, horizon_days: float = HORIZON_DAYS) -> None:
        super().__init__(model)
        self.horizon_days = horizon_days
        self._representative, self._class_of = model.tracer.distinct()

    def prepare(self) -> None:
        """Do now what the first student would otherwise wait for: nothing, where all is worked out for the student."""

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """The best question of each student."""
        allowed = self.askable(minds, candidates)
        plan = self.plan(minds, allowed, objective, at_seconds)
        question = best(plan, allowed, minds.last_seen, equal_share=EQUAL)
        student = np.arange(len(minds))
        return Choice(question, plan.p_correct[student, question], plan.improvement[student, question])

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

        Questions the tracer cannot tell apart promise the same improvement, so the best of each class stands for it;
        where there are fewer classes than k, the list is shorter.
        """
        allowed = self.askable(mind, candidates)
        plan = self.plan(mind, allowed, objective, np.array([at_seconds]))
        return ranked(plan, allowed, mind.last_seen, self.concept_set, k, equal_share=EQUAL)

    def improvement_of(
        self, minds: Minds, question: int, objective: Objective, at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Expected improvement of one question (a row of the Q-matrix) for each student, float64 [n]."""
        asked, every = np.array([question]), np.ones((len(minds), 1), dtype=bool)
        weights, horizon, before = self._before(minds, objective, at_seconds, asked)
        right, wrong = self._values_after(minds, asked, every, objective, weights, at_seconds, horizon)
        p_correct = self.model.p_correct(minds, np.broadcast_to(asked, (len(minds), 1)), at_seconds)
        return np.asarray((p_correct * right + (1 - p_correct) * wrong - before)[:, 0])

    def _before(
        self,
        minds: Minds,
        objective: Objective,
        at_seconds: NDArray[np.float64],
        asked: NDArray[np.int64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Weights [n, concepts], the horizon [n], and weighted recall there of each question's concepts [n, asked]."""
        weights = objective.weights(minds, self.model.recall(minds, at_seconds))
        horizon = objective.judged_at(at_seconds, self.horizon_days)
        before = self.model.q_matrix.sums(weights * self.model.recall(minds, horizon))
        return weights, horizon, before[:, asked]

    def plan(
        self,
        minds: Minds,
        allowed: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
    ) -> Plan:
        """What questions promise: 0 where no concept counts, −∞ where one does and the question is not allowed.

        Args:
            minds: n students.
            allowed: bool [n, questions].
            objective: What to improve.
            at_seconds: float64 [n], now.
        """
        asked, class_of = self._representative, self._class_of
        weights, horizon, before = self._before(minds, objective, at_seconds, asked)
        counts = self._counts(weights)
        wanted = to_compare(allowed, counts)
        looked = self._classes(wanted)
        right, wrong = self._values_after(minds, asked, looked, objective, weights, at_seconds, horizon)[:, :, class_of]
        p_correct = self._p_correct(minds, np.broadcast_to(np.arange(len(class_of)), allowed.shape), at_seconds)
        after = p_correct * right + (1 - p_correct) * wrong
        unasked = np.where(counts, -np.inf, 0.0)  # what does not count is worth nothing, whatever the answer
        improvement = np.where(wanted, after - before[:, class_of], unasked)
        return Plan(p_correct, improvement, self._worth(minds, improvement, weights, allowed, at_seconds), counts)

    def _classes(self, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The classes of wanted questions [n, questions], bool [n, classes]."""
        found = np.zeros((len(wanted), len(self._representative)), dtype=bool)
        student, question = np.nonzero(wanted)
        found[student, self._class_of[question]] = True
        return found

    def _counts(self, weights: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which questions exercise a concept that counts, bool [n, questions]."""
        return self.model.q_matrix.sums(weights) > 0

    def _worth(
        self,
        minds: Minds,
        improvement: NDArray[np.float64],
        weights: NDArray[np.float64],
        allowed: NDArray[np.bool_],
        at_seconds: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """What questions are compared by, float64 [n, questions]."""
        return spaced(improvement, self._rest(minds, at_seconds), weights, allowed, self.model.q_matrix)

    def _rest(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """What practice of each concept counts now, float64 [n, concepts]."""
        return rested(minds.practice, at_seconds)

    def _p_correct(
        self, minds: Minds, every: NDArray[np.int64], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """P(correct) on every question, computed once a class and guess floor."""
        first, inverse = self._alike
        asked = np.broadcast_to(first, (len(minds), len(first)))
        return self.model.p_correct(minds, asked, at_seconds)[:, inverse]

    @cached_property
    def _alike(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """One question of each class and guess floor, and which of them stands for each question."""
        guess = np.nan_to_num(self.model.q_matrix.guess, nan=-1.0)
        keys = np.stack([self._class_of.astype(np.float64), guess])
        _, first, inverse = np.unique(keys, axis=1, return_index=True, return_inverse=True)
        return first, inverse.reshape(-1)

    def _values_after(
        self,
        minds: Minds,
        asked: NDArray[np.int64],
        wanted: NDArray[np.bool_],
        objective: Objective,
        weights: NDArray[np.float64],
        at_seconds: NDArray[np.float64],
        horizon: NDArray[np.float64],
        raw: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """Weighted recall of the exercised concepts at the horizon after one question.

        Args:
            minds: n students.
            asked: int64 [m], the questions.
            wanted: bool [n, m], which of them to look at for whom; NaN is told of the others.
            objective: What to improve.
            weights: float64 [n, concepts], its weights.
            at_seconds: float64 [n], now.
            horizon: float64 [n], when recall counts.
            raw: As in `recall_after`, for the wanted ones in their order.

        Returns:
            float64 [2, n, m], after a right and after a wrong answer.
        """
        student, at = np.nonzero(wanted)
        values = np.full((2, *wanted.shape), np.nan)
        for outcome, credit in enumerate((1.0, 0.0)):
            values[outcome, student, at] = self._values_of(
                minds, student, asked[at], objective, weights, credit, at_seconds, horizon, raw
            )
        return values

    def _values_of(
        self,
        minds: Minds,
        student: NDArray[np.int64],
        question: NDArray[np.int64],
        objective: Objective,
        weights: NDArray[np.float64],
        correct: NDArray[np.float64] | float,
        at_seconds: NDArray[np.float64],
        horizon: NDArray[np.float64],
        raw: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """As `_values_after`, of pairs of a student and a question, float64 [pairs]; `raw` as in `recall_after`."""
        values = np.empty(len(student))
        credit = np.broadcast_to(np.asarray(correct, dtype=np.float32), len(student))
        fitting = int(HYPOTHESES_BYTES / minds.tracer_state.bytes_each) if len(minds) else HYPOTHESES
        at_once = min(HYPOTHESES, max(fitting, 1))
        for start in range(0, len(student), at_once):
            part = slice(start, start + at_once)
            who, asked = student[part], question[part]
            answers = Answers(
                asked,
                credit[part],
                at_seconds[who],
                np.full(len(who), np.nan, dtype=np.float32),
            )
            concepts = self.model.q_matrix.concepts[asked]
            own = weights[who[:, None], concepts] * (concepts >= 0)
            known = None if raw is None else raw[part]
            values[part] = objective.value(own, self.model.recall_after(minds, who, answers, horizon[who], known))
        return values


def to_compare(allowed: NDArray[np.bool_], counts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Questions among which a student's is chosen, bool [n, questions]: those that count, all where none does."""
    counting = allowed & counts
    return np.where(counting.any(axis=1, keepdims=True), counting, allowed)

"""Do recommended questions help? Every policy asks the same students at the same times, judged afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, UserError, unknown_name
from preceptor.evaluate.judges import Judge, answered
from preceptor.evaluate.policy_target import Targets, fixed_objective
from preceptor.mind import MindModel, replay_log
from preceptor.progress import Progress
from preceptor.recommend import HistoricalOrder, Objective, Planner, Policy, make_policy
from preceptor.trace import question_rows

MONTH_DAYS = 30.0
OWN_DAY = -1.0
"""Stands among the days after the last question for the day that an objective has of its own, such as an exam's."""
NO_PRACTICE, HISTORICAL = "no-practice", "historical"
ARMS = (HISTORICAL, NO_PRACTICE)
"""What is compared with policies and is none: what was really asked, and nothing at all."""


@dataclass(frozen=True, slots=True)
class PolicyDesign:
    """How policies are compared.

    Args:
        students: How many students, drawn from those not used in training.
        horizon_days: When recall is measured again, and once more after 30 days; also the planner's horizon.
        seed: Draws students and answers; all arms share the answer draws.
        steps: How many questions each policy asks, at the times of the first withheld answers; 0 for all of them.
        replicates: How often everything is played, each time with other chance; a student's value is the mean.
        other_than_seed: Leaves out the students whom this seed draws from the course's log; None for nobody.
        exam_days: When recall is measured besides, for an exam that has no date; None for no such time.
    """

    students: int = 500
    horizon_days: float = 7.0
    seed: int = 0
    steps: int = 0
    replicates: int = 1
    other_than_seed: int | None = None
    exam_days: float | None = None

    @property
    def days(self) -> tuple[float, ...]:
        """How long after the last question recall is measured."""
        more = () if self.exam_days is None else (self.exam_days,)
        return tuple(sorted({0.0, self.horizon_days, MONTH_DAYS, *more}))


@dataclass(frozen=True)
class Played:
    """What one arm did and what it led to.

    Args:
        start: float64 [n, concepts], recall at the first time, before the first question.
        after: Days since the last question → float64 [n, concepts]; under `OWN_DAY` on the objective's own day, if it
            has one.
        weakest: int64 [n, steps], the concept with the lowest recall before each question as the policies' model sees
            it, of those that the judge knows and the objective aims at: what was asked for at that time.
        question: int64 [n, steps]; −1 where nothing was asked.
        correct: bool [n, steps].
        path: float64 [steps + 1, concepts], recall of the watched student before each question and after the last;
            empty if nobody was watched.
    """

    start: NDArray[np.float64]
    after: Mapping[float, NDArray[np.float64]]
    weakest: NDArray[np.int64]
    question: NDArray[np.int64]
    correct: NDArray[np.bool_]
    path: NDArray[np.float64]


class Comparison:
    """Policies over one model before one judge; arms that do not heed the objective are played once.

    Args:
        model: What the policies look through; it replays the judge's students and follows their answers.
        judge: Who answers, learns and is read afterwards.
        candidates: bool [questions], what may be asked.
        design: How to compare.
        progress: Told how far each arm is.
        watched: A student of the judge's cohort whose path is kept; None for nobody.
    """

    def __init__(
        self,
        model: MindModel,
        judge: Judge,
        candidates: NDArray[np.bool_],
        design: PolicyDesign,
        progress: Progress,
        watched: int | None = None,
    ) -> None:
        cohort = judge.cohort
        if design.steps > cohort.withheld:
            raise UserError(f"steps is {design.steps}.", allowed=f"up to {cohort.withheld}, the answers withheld")
        self.model, self.judge, self.design, self.progress, self.watched = model, judge, design, progress, watched
        self.minds = replay_log(model, cohort.log, cohort.students, cohort.first)
        self.candidates = candidates & judge.answers_to()
        self.steps = design.steps or cohort.withheld
        self.times = cohort.log.time_seconds[cohort.rows[:, : self.steps]]
        self.logged = question_rows(cohort.log, model.q_matrix)[cohort.rows]
        self.first_recall = judge.recall(judge.start(), self.times[:, 0])
        self._free: dict[tuple[str, int], tuple[Played, Any]] = {}

    def targets(self, objective: Objective, played: Played) -> Targets:
        """What an objective looks at: chosen before the first question, or before each where it moves."""
        if objective.moving:
            return Targets.moving(played.weakest, self.first_recall)
        return Targets.fixed(objective.weights(self.minds, np.nan_to_num(self.first_recall)), self.first_recall)

    def play(self, name: str, objective: Objective, made: Policy | None = None, replicate: int = 0) -> Played:
        """Let one arm ask.

        Args:
            name: A registered policy or one of `ARMS`.
            objective: What it is told to improve; a target that does not move stays what it was at the start.
            made: The policy itself, where its name is not enough to make it.
            replicate: Which chance everybody gets.
        """
        if (name, replicate) in self._free:
            return self._on_its_day(*self._free[name, replicate], objective)
        policy = made or self._policy(name)
        told = fixed_objective(objective, self.minds, self.model, self.times[:, 0])
        played, last = self._played(name, policy, told, replicate)
        if policy is None or not policy.heeds_objective:
            self._free[name, replicate] = played, last
        return self._on_its_day(played, last, objective)

    def _on_its_day(self, played: Played, last: Any, objective: Objective) -> Played:
        """With recall on the objective's own day, too, if it has one that is still to come for somebody."""
        ends = self.times[:, -1]
        day = objective.judged_at(ends, 0.0)
        if np.array_equal(day, ends, equal_nan=True):
            return played
        return replace(played, after={**played.after, OWN_DAY: self.judge.recall(last, day)})

    def _policy(self, name: str) -> Policy | None:
        if name == NO_PRACTICE:
            return None
        if name == HISTORICAL:
            return HistoricalOrder(self.model, self.logged, self.minds.answered)
        return Planner(self.model, self.design.horizon_days) if name == Planner.name else make_policy(name, self.model)

    def _played(self, name: str, policy: Policy | None, objective: Objective, replicate: int) -> tuple[Played, Any]:
        """What an arm did, and the judge's state after the last question."""
        judge, n = self.judge, len(self.judge.cohort)
        draws = self._chance(1, replicate).random((2, judge.cohort.withheld, n))
        choice_rng = self._chance(3, replicate)
        minds, state = self.minds, judge.start()
        aims = ~np.isnan(self.first_recall) & objective.aims
        question = np.full((n, self.steps), -1, dtype=np.int64)
        correct, weakest = np.zeros((n, self.steps), dtype=bool), np.empty((n, self.steps), dtype=np.int64)
        path = []
        for step, at_seconds in enumerate(self.times.T):
            weakest[:, step] = np.where(aims, self.model.recall(minds, at_seconds), np.inf).argmin(axis=1)
            path.append(self._watched(state, at_seconds))
            if policy is not None:
                policy.left = self.steps - step
                asked = policy.choose(minds, self.candidates, objective, at_seconds, choice_rng).question
                right = judge.respond(state, asked, at_seconds, draws[:, step])
                state = judge.practise(state, asked, right, at_seconds)
                minds = self.model.answer(minds, answered(asked, right, at_seconds))
                question[:, step], correct[:, step] = asked, right
            self.progress(f"{judge.name}: {name}", step + 1, self.steps)
        last = self.times[:, -1]
        after = {days: judge.recall(state, last + days * SECONDS_PER_DAY) for days in self.design.days}
        path.append(self._watched(state, last))
        return Played(self.first_recall, after, weakest, question, correct, np.stack(path)), state

    def _chance(self, use: int, replicate: int) -> np.random.Generator:
        return np.random.default_rng([self.design.seed, use, *([replicate] if replicate else [])])

    def _watched(self, state: Any, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.empty(0) if self.watched is None else self.judge.recall(state, at_seconds)[self.watched]


def check_arms(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse unknown or repeated arms.

    Raises:
        UserError: If there is one.
    """
    for name in names:
        if name not in (*known, *ARMS):
            raise unknown_name("policy", name, (*known, *ARMS))
    if len(set(names)) < len(names) or not names:
        raise UserError(f"policies is {','.join(names)!r}.", allowed="every policy once, at least one")

"""Who chooses the questions of a served course."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import Bank, UserError, digest
from preceptor.recommend import Objective, Planner, Policy
from preceptor.recommend.learned.policy import LearnedPolicy
from preceptor.recommend.planner_pruned import live_planner
from preceptor.workflow.explaining import Explainer
from preceptor.workflow.learned_policies import LEARNED, PLANNER, learned_objectives, named_policy
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.models import TrainedMind
from preceptor.workflow.views import Recommendation

SETTING = "policy"
HORIZON_DAYS = 7.0
DEFAULT_OBJECTIVE = "global"


class Choosing:
    """Chooses by the course's policy under the objectives it serves, by the planner under all others.

    Args:
        bank: The questions.
        planner: Chooses where no other policy does, and expects always.
        policies: Other policies by the objectives they serve, the most wanted first.

    Attributes:
        objective: What is improved where nobody says: "global", unless a policy serves only others.
    """

    def __init__(self, bank: Bank, planner: Planner, policies: Mapping[str, Policy]) -> None:
        self.planner = planner
        self._bank, self._policies = bank, policies
        self.objective = next(iter(policies), DEFAULT_OBJECTIVE)
        if DEFAULT_OBJECTIVE in policies:
            self.objective = DEFAULT_OBJECTIVE

    @classmethod
    def of(cls, course: Course, bank: Bank, trained: TrainedMind, policy: str | None = None) -> "Choosing":
        """What the flag, else the setting `policy`, else the planner says.

        Args:
            course: The course.
            bank: Its questions.
            trained: What serves its students.
            policy: A registered policy, a learned one by NAME or NAME/RUN, or "learned" for one under every objective
                that has one; None for the setting.

        Raises:
            UserError: If there is no such policy, or it does not fit the course's tracer.
        """
        name = course.settings.resolve(SETTING, PLANNER, policy)
        planner = live_planner(trained.model, HORIZON_DAYS)
        if name == PLANNER:
            return cls(bank, planner, {})
        wanted = learned_objectives(course) if name == LEARNED else ()
        try:
            found = [
                named_policy(course, trained.model, name, aim, HORIZON_DAYS) for aim in wanted or (DEFAULT_OBJECTIVE,)
            ]
            for one in found:
                if isinstance(one, LearnedPolicy):
                    one.require(trained.objectives[one.origin.objective])
        except UserError as error:
            mend = f"{error.mend}; or let the planner choose: --policy {PLANNER}"
            raise UserError(error.given, error.allowed, mend) from error
        policies: dict[str, Policy] = {}
        for one in found:
            serves = (one.origin.objective,) if isinstance(one, LearnedPolicy) else tuple(trained.objectives)
            policies |= dict.fromkeys(serves, one)
        return cls(bank, planner, policies)

    @property
    def told(self) -> str:
        """Who chooses, in a sentence."""
        if not self._policies:
            return f"Questions are chosen by the {self.planner.told}."
        if DEFAULT_OBJECTIVE in self._policies and not isinstance(self._policies[DEFAULT_OBJECTIVE], LearnedPolicy):
            return f"Questions are chosen by {self._policies[DEFAULT_OBJECTIVE].told}."
        served = ", ".join(f"{policy.told} for {objective}" for objective, policy in self._policies.items())
        return f"Questions are chosen by {served}, by the {self.planner.told} for other objectives."

    def choose(
        self, record: StudentRecord, candidates: NDArray[np.bool_], objective: Objective, at_seconds: float
    ) -> Recommendation:
        """The next question of a student, explained."""
        policy = self._policies.get(objective.name, self.planner)
        ranked = policy.rank(record.mind, candidates, objective, at_seconds, 1, chance_of(record))[0]
        return Explainer(self._bank, self.planner, objective, policy).explain(record, ranked, at_seconds)


def chance_of(record: StudentRecord) -> np.random.Generator:
    """Randomness that is the student's own and new after every answer: whoever asks again draws the same."""
    return np.random.default_rng(int(digest(record.student_id, len(record.history)), 16))

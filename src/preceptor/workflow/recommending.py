"""Recommend questions to one student."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import Bank, UserError, unknown_name
from preceptor.recommend import Planner
from preceptor.store import SqliteStore, Store
from preceptor.workflow.choosing import chance_of
from preceptor.workflow.clock import Clock
from preceptor.workflow.context import STORE_FILE, askable
from preceptor.workflow.explaining import Explainer
from preceptor.workflow.learned_policies import PLANNER, named_policy
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.minds import NEWCOMER, MindCache
from preceptor.workflow.models import load_trained
from preceptor.workflow.views import Recommendation


@dataclass(frozen=True)
class Recommended:
    """Recommendations for a student.

    Args:
        policy: The policy that chose.
        milliseconds: Time to choose, without loading the course.
        recommendations: Best first.
        simulated: Whether the student belongs to a simulated log.
    """

    student: str
    objective: str
    policy: str
    milliseconds: float
    recommendations: tuple[Recommendation, ...]
    simulated: bool = False

    def to_dict(self, *, explain: bool) -> dict[str, Any]:
        """The shape that `--json` prints; the evidence only where asked for."""
        content = asdict(self)
        if not explain:
            for entry in content["recommendations"]:
                del entry["evidence"]
        return content


def recommend(
    course: Course,
    student_id: str,
    *,
    objective: str,
    k: int,
    horizon_days: float,
    at_seconds: float | None,
    clock: Clock,
    explain: bool = False,
    policy: str = PLANNER,
) -> Recommended:
    """The k best questions for a student, at most one of each set of concepts.

    A course that is only a log has no questions to show; then its logged questions stand for themselves.

    Args:
        course: The course.
        student_id: The student; "new" for one without answers.
        objective: A registered objective.
        k: Most recommendations.
        horizon_days: When improvement is measured.
        at_seconds: The moment of the recommendation; None for now.
        clock: The clocks.
        explain: Weigh the answers behind each recommendation, which takes a moment.
        policy: What chooses: a registered policy, "learned" or a saved run; all are explained by what the planner
            expects.

    Raises:
        UserError: If student, objective, policy or a number is not valid.
    """
    require_at_least(1, k=k)
    require_at_least(0, horizon_days=horizon_days)
    bank = course.load_bank()
    trained = load_trained(course, bank)
    if objective not in trained.objectives:
        raise unknown_name("objective", objective, trained.objectives)
    chosen = trained.objectives[objective]
    store = SqliteStore(course.path / STORE_FILE)
    try:
        log = course.load_log()
        minds = MindCache(trained.model, log, store)
        new = student_id == NEWCOMER and student_id not in minds.students()
        record = minds.newcomer() if new else minds.record(student_id)
        candidates = _candidates(course, bank, store)
    finally:
        store.close()
    at = clock.now() if at_seconds is None else at_seconds
    chooser = named_policy(course, trained.model, policy, objective, horizon_days)
    planner = chooser if isinstance(chooser, Planner) else Planner(trained.model, horizon_days)
    start = clock.monotonic()
    ranked = chooser.rank(record.mind, candidates, chosen, at, k, chance_of(record))
    milliseconds = 1000 * (clock.monotonic() - start)
    explainer = Explainer(bank, planner, chosen, chooser)
    found = [explainer.explain(record, entry, at) for entry in ranked]
    if explain:
        found = [replace(entry, evidence=explainer.causes(record, entry.question_id, at)) for entry in found]
    simulated = course.simulated and student_id in log.student_ids
    return Recommended(student_id, objective, chooser.told, milliseconds, tuple(found), simulated)


def _candidates(course: Course, bank: Bank, store: Store) -> NDArray[np.bool_]:
    """What can be recommended, bool [questions]; of a log alone, what it asked."""
    served = askable(bank, store)
    if served.any():
        return served
    logged = np.array([not question.retired for question in bank.questions], dtype=bool) & bank.q_matrix.labelled
    if not logged.any():
        raise UserError(
            f"No question of the course {course.name!r} has a label: practice of what nobody knows cannot be chosen.",
            allowed="a course whose questions have concepts",
            mend=f"preceptor annotate {course.path}",
        )
    return logged

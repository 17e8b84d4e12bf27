"""Recommend questions to one student."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from preceptor.course import Course
from preceptor.domain import unknown_name
from preceptor.mind import Minds
from preceptor.recommend import Objective, Planner, Ranked
from preceptor.store import SqliteStore
from preceptor.workflow.clock import Clock
from preceptor.workflow.context import STORE_FILE
from preceptor.workflow.explaining import Explainer
from preceptor.workflow.learned_policies import PLANNER, load_policy
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.minds import MindCache
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
        student_id: The student.
        objective: A registered objective.
        k: Most recommendations.
        horizon_days: When improvement is measured.
        at_seconds: The moment of the recommendation; None for now.
        clock: The clocks.
        explain: Weigh the answers behind each recommendation, which takes a moment.
        policy: What chooses: "planner", "learned" or a saved run; explained alike, by what the planner expects.

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
        record = MindCache(trained.model, log, store).record(student_id)
        excluded = {exclusion.question_id for exclusion in store.exclusions()}
    finally:
        store.close()
    at = clock.now() if at_seconds is None else at_seconds
    learned = None if policy == PLANNER else load_policy(course, trained.model, policy, objective)
    start = clock.monotonic()
    servable = np.array([q.servable and q.question_id not in excluded for q in bank.questions])
    candidates = servable if servable.any() else np.array([not q.retired for q in bank.questions])
    planner = Planner(trained.model, horizon_days)
    if learned is None:
        ranked = planner.rank(record.mind, candidates, chosen, at, k)
    else:
        questions = learned.best(record.mind, candidates, chosen, at, k)
    milliseconds = 1000 * (clock.monotonic() - start)
    if learned is not None:
        ranked = [_expected(planner, record.mind, question, chosen, at) for question in questions]
    explainer = Explainer(bank, planner, chosen)
    found = [explainer.explain(record, entry, at) for entry in ranked]
    if explain:
        found = [replace(entry, evidence=explainer.causes(record, entry.question_id, at)) for entry in found]
    simulated = course.simulated and student_id in log.student_ids
    name = Planner.name if learned is None else learned.origin.told
    return Recommended(student_id, objective, name, milliseconds, tuple(found), simulated)


def _expected(planner: Planner, mind: Minds, question: int, objective: Objective, at_seconds: float) -> Ranked:
    """What the planner expects of a question that another policy chose."""
    at = np.array([at_seconds])
    improvement = planner.improvement_of(mind, question, objective, at)
    p_correct = planner.model.p_correct(mind, np.array([[question]]), at)
    return Ranked(question, float(p_correct[0, 0]), float(improvement[0]))

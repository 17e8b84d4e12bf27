"""Find and load the policies a course has learned."""

from pathlib import Path

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.mind import MindModel
from preceptor.recommend.learned.policy import LearnedPolicy, saved_origin

KIND = "policies"
PLANNER, LEARNED = "planner", "learned"


def policy_names(course: Course) -> tuple[str, ...]:
    """Every policy that can recommend, as `recommend --policy` takes it."""
    return (PLANNER, *(run_name(folder) for folder in course.saved_runs(KIND)))


def run_name(folder: Path) -> str:
    """NAME/RUN of a saved run."""
    return f"{folder.parent.name}/{folder.name}"


def load_policy(course: Course, model: MindModel, name: str, objective: str) -> LearnedPolicy:
    """A learned policy.

    Args:
        course: The course.
        model: What serves its students.
        name: NAME/RUN; NAME for its newest run; "learned" for the course's own policy for the objective, which is the
            one trained last.
        objective: What is to be improved.

    Raises:
        UserError: If there is none, or it was trained on another tracer.
    """
    return LearnedPolicy.load(_found(course, name, objective), model)


def _found(course: Course, name: str, objective: str) -> Path:
    saved = course.saved_runs(KIND)
    if name == LEARNED:
        default = course.default(KIND)
        fitting = [folder for folder in saved if saved_origin(folder).objective == objective]
        if default in fitting:
            return default
        fitting.sort(key=lambda folder: folder.name)
    else:
        fitting = [folder for folder in saved if name in (folder.parent.name, run_name(folder))]
    if not fitting:
        what = f"for the objective {objective!r}" if name == LEARNED else f"with the name {name!r}"
        raise UserError(
            f"The course has learned no policy {what}.",
            allowed=", ".join(policy_names(course)),
            mend=f"preceptor train-policy {course.path} --objective {objective}",
        )
    return fitting[-1]

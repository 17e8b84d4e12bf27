"""What a course holds."""

from preceptor.course import Course
from preceptor.workflow.views import CourseStatus

EXAMPLES = 5


def status(course: Course) -> CourseStatus:
    """Counts, models and some student ids to try."""
    counts = course.counts()
    log = course.load_log()
    notes = []
    if len(log) and not log.timed:
        notes.append("Answers have no times: nothing is forgotten in this course (time model: none).")
    if course.default("models") is None:
        notes.append("No model was trained: students are served by smoothed accuracy.")
    if course.simulated:
        notes.append("The log is simulated: it shows how Preceptor works, not how people learn.")
    return CourseStatus(
        name=course.title,
        students=counts["students"],
        questions=counts["questions"],
        concepts=counts["concepts"],
        interactions=counts["interactions"],
        simulated=course.simulated,
        models=tuple(f"{folder.parent.name}/{folder.name}" for folder in course.saved_runs("models")),
        policies=("planner",),
        example_students=log.student_ids[:EXAMPLES],
        notes=tuple(notes),
    )

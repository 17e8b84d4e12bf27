"""What a course holds."""

import numpy as np

from preceptor.course import Course
from preceptor.workflow.learned_policies import policy_names
from preceptor.workflow.published import difference_note, published_counts
from preceptor.workflow.views import CourseStatus

EXAMPLES = 5


def status(course: Course) -> CourseStatus:
    """Counts, models and some student ids to try; published counts where the data set has them."""
    counts = course.counts()
    log = course.load_log()
    notes = []
    if len(log) and not log.timed:
        without = int(np.isnan(log.time_seconds).sum())
        which = "No answer has" if without == len(log) else f"{without:,} of {len(log):,} answers have no time; without"
        which = f"{which} a time" if without == len(log) else f"{which} them"
        notes.append(f"{which}: nothing is forgotten in this course (time model: none).")
    if course.default("models") is None:
        notes.append("No model was trained: students are served by smoothed accuracy.")
    if course.simulated:
        notes.append("The log is simulated: it shows how Preceptor works, not how people learn.")
    published, why = published_counts(course.load_bank()) or (None, "")
    if published and (note := difference_note(counts, published, why)):
        notes.append(note)
    return CourseStatus(
        name=course.title,
        students=counts["students"],
        questions=counts["questions"],
        concepts=counts["concepts"],
        interactions=counts["interactions"],
        simulated=course.simulated,
        models=tuple(f"{folder.parent.name}/{folder.name}" for folder in course.saved_runs("models")),
        default_model=_default_model(course),
        policies=policy_names(course),
        example_students=log.student_ids[:EXAMPLES],
        notes=tuple(notes),
        published=published,
    )


def _default_model(course: Course) -> str:
    found = course.default("models")
    return "" if found is None else f"{found.parent.name}/{found.name}"

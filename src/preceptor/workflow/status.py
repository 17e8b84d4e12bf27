"""What a course holds."""

import numpy as np

from preceptor.course import Course
from preceptor.domain import Bank
from preceptor.workflow.earlier_data import earlier_data_note
from preceptor.workflow.learned_policies import policy_names
from preceptor.workflow.published import difference_note, published_counts
from preceptor.workflow.views import CourseStatus

EXAMPLES = 5


def status(course: Course) -> CourseStatus:
    """Counts, models and some student ids to try; published counts where the data set has them."""
    counts = course.counts()
    bank, log = course.load_bank(), course.load_log()
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
    found = (_unlabelled_note(course, bank), earlier_data_note(course, bank), _vectors_note(course, bank))
    notes += [note for note in found if note]
    published, why = published_counts(bank) or (None, "")
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


def _unlabelled_note(course: Course, bank: Bank) -> str:
    """How many questions have no concept, and what to do about it; empty if all have one."""
    from preceptor.annotate import says_something  # loads what reads texts
    from preceptor.workflow.earlier_labels import KIND, labelled

    without = [question for question in bank.questions if not labelled(question)]
    if not without:
        return ""
    if course.default(KIND) is not None:
        told = f"{len(without):,} of {len(bank.questions):,} questions have no concept and are not asked."
        return f"{told} Say what they are about: preceptor review {course.path}"
    if len(without) == len(bank.questions) and any(map(says_something, without)):
        return f"No question has a concept yet. Next: preceptor annotate {course.path}"
    return f"{len(without):,} of {len(bank.questions):,} questions have no concept."


def _vectors_note(course: Course, bank: Bank) -> str:
    """That the course's vectors are not those of its texts; empty if they are, or there are none."""
    if course.default("vectors") is None:
        return ""
    from preceptor.workflow.vectors import new_texts_note  # loads what reads texts

    return new_texts_note(course, bank)


def _default_model(course: Course) -> str:
    found = course.default("models")
    return "" if found is None else f"{found.parent.name}/{found.name}"

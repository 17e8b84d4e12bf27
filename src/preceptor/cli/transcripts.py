"""Sessions of simulated students as pages: COURSE OUT STUDENT [SEED] [MODEL]. Called by `make transcripts`."""

import sys
from pathlib import Path

import numpy as np

from preceptor.course import Course
from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.workflow.acting import Acting, Head
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import system_clock
from preceptor.workflow.transcripts import as_markdown
from preceptor.workflow.tutor_models import TutorOptions, tutor_of

AFTER_SECONDS = 3 * SECONDS_PER_DAY
"""How long after the last imported answer a session begins."""
NOBODY_ANSWERED = 1_770_300_000.0
"""When one begins where nothing was imported: Thursday, 5 February 2026."""


def main(course: Path, out: Path, student_id: str, seed: int = 0, model: str = "") -> None:
    """Hold one session and write it."""
    options, opened = TutorOptions(with_model=bool(model), model=model), Course.open(course)
    at_seconds = _begins(opened)
    with tutor_of(opened, options, system_clock()) as tutor, Classroom.open(course, tutor=tutor) as room:
        student_id = _known(room, student_id, at_seconds)
        head = Head.of(opened, student_id, seed)
        turn = Acting(room, student_id, head, seed).hold(at_seconds)
        session = room.tutor_session(student_id, turn.sitting.sitting_id)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(as_markdown(session), encoding="utf-8")


def _begins(course: Course) -> float:
    times = course.load_log().time_seconds
    known = times[np.isfinite(times)]
    return float(known.max()) + AFTER_SECONDS if len(known) else NOBODY_ANSWERED


def _known(room: Classroom, student_id: str, at_seconds: float) -> str:
    """The student, or a new one where the course has nobody of that name."""
    try:
        room.student(student_id, at_seconds)
    except UserError:
        return room.add_student(student_id, at_seconds)
    return student_id


if __name__ == "__main__":
    course, out, student, *more = sys.argv[1:]
    main(Path(course), Path(out), student, int(more[0]) if more else 0, more[1] if more[1:] else "")

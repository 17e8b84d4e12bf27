"""Sessions of simulated students as pages: COURSE OUT STUDENT [SEED] [MODEL]. Called by `make transcripts`."""

import sys
from pathlib import Path

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.workflow.acting import Acting
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import system_clock
from preceptor.workflow.transcripts import as_markdown
from preceptor.workflow.tutor_models import TutorOptions, tutor_of

AT_SECONDS = 1_770_300_000.0
"""Thursday, 5 February 2026: some days after the last imported answer."""


def main(course: Path, out: Path, student_id: str, seed: int = 0, model: str = "") -> None:
    """Hold one session and write it."""
    options = TutorOptions(with_model=bool(model), model=model)
    with tutor_of(Course.open(course), options, system_clock()) as tutor, Classroom.open(course, tutor=tutor) as room:
        student_id = _known(room, student_id)
        turn = Acting(room, student_id, seed).hold(AT_SECONDS)
        session = room.tutor_session(student_id, turn.sitting.sitting_id)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(as_markdown(session), encoding="utf-8")


def _known(room: Classroom, student_id: str) -> str:
    """The student, or a new one where the course has nobody of that name."""
    try:
        room.student(student_id, AT_SECONDS)
    except UserError:
        return room.add_student(student_id, AT_SECONDS)
    return student_id


if __name__ == "__main__":
    course, out, student, *more = sys.argv[1:]
    main(Path(course), Path(out), student, int(more[0]) if more else 0, more[1] if more[1:] else "")

"""Names of saved runs."""

from datetime import UTC, datetime
from itertools import chain, count

from preceptor.course import Course


def new_run_id(course: Course, kind: str, name: str, key: str, at_seconds: float) -> str:
    """When and what in short, new within KIND/NAME of the course.

    Args:
        course: The course.
        kind: "models", "vectors" or "annotations".
        name: Name of the model, encoder or annotator.
        key: Hash of what the run depends on.
        at_seconds: Now, UTC.
    """
    stem = f"{datetime.fromtimestamp(at_seconds, UTC).strftime('%Y%m%dT%H%M%S')}-{key[:6]}"
    names = chain([stem], (f"{stem}_{number}" for number in count(2)))
    return next(run_id for run_id in names if not (course.path / kind / name / run_id).exists())

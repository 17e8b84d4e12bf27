"""`preceptor status`."""

from rich.console import Console

from preceptor.cli.options import CoursePath, Json
from preceptor.cli.output import emit, table
from preceptor.course import Course
from preceptor.workflow.published import COUNTED
from preceptor.workflow.status import status
from preceptor.workflow.views import CourseStatus


def run(course: CoursePath, json_output: Json = False) -> None:
    """Show what a course holds."""
    found = status(Course.open(course))
    emit(found, json_output, lambda out: _render(out, found))


def _render(out: Console, found: CourseStatus) -> None:
    published = found.published
    drawn = table(f"Course {found.name}", "", "count", *([published.where] if published else []))
    for name in COUNTED:
        simulated = " (simulated)" if found.simulated and name in ("students", "interactions") else ""
        counts = (getattr(shown, name) for shown in (found, published) if shown)
        drawn.add_row(name + simulated, *(f"{count:,}" for count in counts))
    out.print(drawn)
    served = [f"{name} (serves)" if name == found.default_model else name for name in found.models]
    out.print(f"Models: {', '.join(served) or 'none'}. Policies: {', '.join(found.policies)}.")
    if found.example_students:
        out.print(f"Students to try: {', '.join(found.example_students)}.")
    for note in found.notes:
        out.print(f"· {note}")

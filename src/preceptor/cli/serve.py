"""`preceptor serve`."""

from pathlib import Path
from typing import Annotated

import typer

from preceptor.cli.options import CoursePath, Port, require_free_port
from preceptor.cli.output import say
from preceptor.domain import MissingExtraError
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import system_clock


def run(
    course: CoursePath,
    host: Annotated[str, typer.Option(help="Loopback only, until accounts exist.")] = "127.0.0.1",
    port: Port = 8080,
    policy: Annotated[
        str, typer.Option(help="What chooses, as `recommend` takes it. Empty: the setting `policy`, else planner.")
    ] = "",
) -> None:
    """Serve the API and the web app of a course here.

    Students practise and are tutored; the teacher sees the class. Stop with Ctrl+C.
    """
    serve_course(course, host, port, quiet=False, policy=policy)


def serve_course(course: Path, host: str, port: int, *, quiet: bool, policy: str = "") -> None:
    """Open a course and serve it until interrupted.

    Raises:
        UserError: If the course cannot be served, its policy does not fit it, or the app's packages are missing.
    """
    try:
        from preceptor.serve import require_loopback, run
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] == "preceptor":
            raise
        raise MissingExtraError("The web app", "app") from error
    require_loopback(host)
    require_free_port(host, port)
    import torch  # slow to load: only where it is needed

    torch.set_num_threads(1)  # a step for one student is too small to share; requests run side by side instead
    classroom = Classroom.open(course, policy or None)
    classroom.prepare()
    if not quiet:
        say(f"Serving {classroom.course_name} on http://{host}:{port} (stop with Ctrl+C)")
        say(classroom.choosing_told)
    try:
        run(classroom, host, port, system_clock().now)
    finally:
        classroom.close()

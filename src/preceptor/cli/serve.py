"""`preceptor serve`."""

from pathlib import Path
from typing import Annotated

import typer

from preceptor.cli.options import CoursePath, Port, require_free_port
from preceptor.cli.output import say
from preceptor.course import Course
from preceptor.domain import MissingExtraError
from preceptor.tutor.variants import DEFAULT_VARIANT, variant_names
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import system_clock
from preceptor.workflow.tutor_models import ROLES, TutorOptions, tutor_of

NO_MODEL = TutorOptions()


def run(
    course: CoursePath,
    host: Annotated[str, typer.Option(help="Loopback only, until accounts exist.")] = "127.0.0.1",
    port: Port = 8080,
    policy: Annotated[
        str, typer.Option(help="What chooses, as `recommend` takes it. Empty: the setting `policy`, else planner.")
    ] = "",
    model: Annotated[
        str,
        typer.Option(metavar="NAME", help="The tutor speaks with this model; `tutor`: the one that settings name."),
    ] = "",
    model_url: Annotated[str, typer.Option(metavar="URL", help="Base of its OpenAI-compatible API.")] = "",
    variant: Annotated[
        str,
        typer.Option(metavar="NAME", help=f"Which tutor, {DEFAULT_VARIANT} by default: {', '.join(variant_names())}."),
    ] = "",
) -> None:
    """Serve the API and the web app of a course here.

    Students practise and are tutored; the teacher sees the class. Stop with Ctrl+C.
    """
    named = "" if model in ROLES else model
    options = TutorOptions(bool(model or model_url), model_url, named, variant)
    serve_course(course, host, port, quiet=False, policy=policy, tutored=options)


def serve_course(
    course: Path,
    host: str,
    port: int,
    *,
    quiet: bool,
    policy: str = "",
    tutored: TutorOptions = NO_MODEL,
) -> None:
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
    clock = system_clock()
    with (
        tutor_of(Course.open(course), tutored, clock) as tutor,
        Classroom.open(course, policy or None, tutor) as classroom,
    ):
        classroom.prepare()
        if not quiet:
            say(f"Serving {classroom.course_name} on http://{host}:{port} (stop with Ctrl+C)")
            say(classroom.choosing_told)
            if tutor.model_name:
                say(f"The tutor speaks with {tutor.model_name}.")
        run(classroom, host, port, clock.now)

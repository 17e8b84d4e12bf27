"""Entry point: builds the application and turns mistakes into messages and exit codes."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

import typer

COMMANDS = {
    "demo": "Play the whole loop on a built-in course, then serve it.",
    "import": "Import a question bank or a log of answers into a course.",
    "annotate": "Label a course's questions with knowledge concepts, clusters, prerequisites and steps.",
    "review": "Review what a course's questions are about: labels, concepts, prerequisites and steps.",
    "simulate": "Let simulated students work through a course.",
    "forms": "Write the parallel test forms A, B and C of the built-in course, with their keys apart.",
    "status": "Show what a course holds.",
    "embed": "Turn the texts of questions, steps and concepts into vectors, which training then uses.",
    "train": "Train a tracer on a course's log and fit forgetting on top of it.",
    "train-policy": "Train a policy that chooses questions, by reinforcement learning on the tracer.",
    "calibrate": "Make mastery of a concept the mean chance of a right answer over its questions.",
    "recommend": "Recommend the next questions for one student.",
    "tutor": "Tutor one student in a dialogue in the terminal.",
    "evaluate": "Measure what a course's models are worth.",
    "reproduce": "Make the tables and figures of a paper for the data at hand, the published numbers beside them.",
    "report": "Write everything that was measured on a course as one HTML file.",
    "bench": "Measure speed and memory, beside a peer or a limit.",
    "export": "Export a course's bank, vectors and model as another system's files.",
    "serve": "Serve the API and the web app of a course here.",
}
"""Every command with its one-line help; the command's own module says the rest."""

USER_ERROR = 2
INTERRUPTED = 130


def command_function(name: str) -> Callable[..., Any]:
    """The function behind a command."""
    module = import_module(f"preceptor.cli.{name.replace('import', 'import_').replace('-', '_')}")
    return module.run  # type: ignore[no-any-return]


def build(loaded: Iterable[str]) -> typer.Typer:
    """The application; commands that are not `loaded` are known by name and one-line help only."""
    app = typer.Typer(
        name="preceptor",
        help="Knowledge tracing, forgetting, recommendation and tutoring on one student state.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    wanted = set(loaded)
    for name, summary in COMMANDS.items():
        function = command_function(name) if name in wanted else _stub
        app.command(name, help=None if name in wanted else summary)(function)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 2 a user's mistake, 1 a bug."""
    # Threads that wait should sleep: spinning ones make training ten times slower on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    given = list(sys.argv[1:] if arguments is None else arguments)
    named = [argument for argument in given[:1] if argument in COMMANDS]
    try:
        build(named)(given, standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        _exit_on_mistake(error)
        raise


def _exit_on_mistake(error: Exception) -> None:
    from preceptor.cli.output import say
    from preceptor.domain import UserError  # numpy is loaded only once something went wrong

    if isinstance(error, UserError):
        say(f"Error: {error}", err=True)
        sys.exit(USER_ERROR)


def _version(wanted: bool) -> None:
    if wanted:
        from preceptor import __version__

        typer.echo(f"preceptor {__version__}")
        raise typer.Exit


def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    pass


def _stub() -> None:
    pass

"""Options that several commands share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from preceptor.domain import UserError

CoursePath = Annotated[Path, typer.Argument(metavar="COURSE", help="The course folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")]
Seed = Annotated[int, typer.Option(help="Seed of all randomness.")]
Student = Annotated[str, typer.Option(metavar="ID", help="The student; `preceptor status` names some.")]


def seconds_of(moment: str) -> float | None:
    """UTC seconds of an ISO date or time; None for empty text, which means now.

    Raises:
        UserError: If it is neither.
    """
    if not moment:
        return None
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError as error:
        raise UserError(
            f"--at is {moment!r}, which is no date.", allowed="an ISO date or time, for example 2026-03-01T15:00"
        ) from error
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()

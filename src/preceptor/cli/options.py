"""Options that several commands share."""

import errno
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from preceptor.domain import UserError

CoursePath = Annotated[Path, typer.Argument(metavar="COURSE", help="The course folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of all randomness.")]
Device = Annotated[str, typer.Option(help="Where to compute, as PyTorch spells it; empty: its default.")]
Port = Annotated[int, typer.Option(min=1, max=65_535, help="Port of API and web app.")]
Student = Annotated[
    str, typer.Option(metavar="ID", help="The student; `preceptor status` names some. new: one without answers.")
]


def require_free_port(host: str, port: int) -> None:
    """Refuse a port that cannot be listened on, before anything is loaded or made.

    Raises:
        UserError: If another program has the port or it is reserved.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise UserError(f"Cannot listen on {host}: {error.strerror}.", mend="leave --host out") from error
        why = "is used by another program" if error.errno == errno.EADDRINUSE else "is reserved by the system"
        raise UserError(f"The port {port} {why}.", mend="choose another, for example --port 8081") from error


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


def band_of(text: str) -> tuple[float, float] | None:
    """Two numbers with a comma; None for empty text.

    Raises:
        UserError: If they are not.
    """
    if not text:
        return None
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise UserError(
            f"--difficulty is {text!r}.", allowed="the lowest and the highest P(correct), for example 0.5,0.9"
        ) from error
    return low, high

"""Trained things: `KIND/NAME/RUN/` folders that are whole or absent, and one default a kind."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from preceptor.course.files import explained, new_folder, replace_file, sync, to_json, write_synced
from preceptor.course.manifest import MANIFEST
from preceptor.domain import UserError

DEFAULT = "default.json"
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@contextmanager
def new_run_folder(course: Path, kind: str, name: str, run_id: str) -> Iterator[Path]:
    """Fill the folder of a run; it appears under its name, with its manifest, when the block ends well.

    Args:
        course: The course folder.
        kind: "models" or "policies".
        name: Name of the model or policy, for example "dkt".
        run_id: Name of the run, new within `name`.

    Yields:
        The folder to write into.

    Raises:
        UserError: If the run exists already or cannot be written.
    """
    target = _run_folder(course, kind, name, run_id)
    if target.exists():
        raise UserError(f"The run {target} exists already.", mend="runs are never overwritten: choose another id")
    with explained("write", target), new_folder(target) as folder:
        yield folder
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        for file in files:
            sync(file)
        sizes = {str(file.relative_to(folder)): file.stat().st_size for file in files}
        write_synced(folder / MANIFEST, to_json({"kind": kind, "name": name, "run": run_id, "bytes": sizes}))


def set_default(course: Path, kind: str, name: str, run_id: str) -> None:
    """Choose the run that commands use; the choice is replaced atomically.

    Raises:
        UserError: If there is no such complete run or the folder cannot be written to.
    """
    folder = _run_folder(course, kind, name, run_id)
    if not (folder / MANIFEST).is_file():
        raise UserError(f"There is no complete run {folder}.", mend="train it first")
    with explained("write to", course / kind):
        replace_file(course / kind / DEFAULT, to_json({"name": name, "run": run_id}))


def clear_default(course: Path, kind: str) -> None:
    """Choose no run; the runs stay.

    Raises:
        UserError: If the folder cannot be written to.
    """
    with explained("write to", course / kind):
        (course / kind / DEFAULT).unlink(missing_ok=True)


def default(course: Path, kind: str) -> Path | None:
    """Folder of the chosen run; None if none was chosen.

    Raises:
        UserError: If the choice is damaged or the chosen run is gone.
    """
    path = course / kind / DEFAULT
    try:
        chosen = json.loads(path.read_bytes())
        folder = _run_folder(course, kind, chosen["name"], chosen["run"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"Cannot read {path}: {error!r}.", mend="delete the file and train again") from error
    if not (folder / MANIFEST).is_file():
        raise UserError(f"The chosen run {folder} is gone.", mend=f"delete {path} and train again")
    return folder


def saved_runs(course: Path, kind: str) -> tuple[Path, ...]:
    """Folders of all complete runs of a kind, by name and run id."""
    manifests = (course / kind).glob(f"*/*/{MANIFEST}")
    return tuple(sorted(path.parent for path in manifests if not path.parent.name.startswith(".")))


def _run_folder(course: Path, kind: str, name: str, run_id: str) -> Path:
    for part in (kind, name, run_id):
        if not _SAFE_NAME.fullmatch(part):
            raise UserError(f"{part!r} cannot name a folder.", allowed="letters, digits, '.', '_' and '-'")
    return course / kind / name / run_id

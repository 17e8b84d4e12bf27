"""The manifest: the one small file that says which data a course holds now."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from preceptor.course.files import replace_file, to_json
from preceptor.domain import UserError

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a course holds.

    Args:
        schema_version: Version of the folder's layout.
        bank: Name of the current folder under `bank/`; empty if there is none.
        log: Name of the current folder under `log/`; empty if there is none.
        bank_hash: Content hash of the bank as tracers see it.
        students: Number of students with at least one interaction.
        questions: Number of questions in the bank.
        concepts: Number of concepts in the bank.
        interactions: Number of imported interactions.
        simulated: Whether the log was simulated; simulated and real answers never stand in one log.
    """

    schema_version: int = SCHEMA_VERSION
    bank: str = ""
    log: str = ""
    bank_hash: str = ""
    students: int = 0
    questions: int = 0
    concepts: int = 0
    interactions: int = 0
    simulated: bool = False


def check_schema(version: object, path: Path) -> None:
    """Refuse a layout this program does not know.

    Raises:
        UserError: If `version` is no version or a newer one.
    """
    if not isinstance(version, int) or version < 1:
        raise UserError(f"{path} has no valid schema_version: {version!r}.", f"1 to {SCHEMA_VERSION}")
    if version > SCHEMA_VERSION:
        raise UserError(
            f"{path} was written by a newer Preceptor: schema version {version}.",
            allowed=f"schema versions up to {SCHEMA_VERSION}",
            mend="pip install --upgrade preceptor",
        )


def read_manifest(folder: Path) -> Manifest:
    """Read a course's manifest; an empty one if nothing was imported yet.

    Raises:
        UserError: If the manifest is damaged or of a newer schema version.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError) as error:
        raise UserError(f"Cannot read {path}: {error}.", mend="restore the course from a backup") from error
    version = found.get("schema_version") if isinstance(found, dict) else None
    check_schema(version, path)
    try:
        return replace(Manifest(), **_known(found, folder))
    except KeyError as error:
        raise UserError(f"{path} lacks {error}.", mend="restore the course from a backup") from error


def _known(found: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The fields of a manifest; older versions said by the folder of the latent truth that a log was simulated."""
    older = {"simulated": (folder / "latent").is_dir()}
    return {field.name: {**older, **found}[field.name] for field in fields(Manifest)}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace a course's manifest atomically.

    Raises:
        OSError: If it cannot be written; the old one stands.
    """
    replace_file(folder / MANIFEST, to_json(asdict(manifest)))

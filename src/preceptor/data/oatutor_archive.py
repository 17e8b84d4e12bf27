"""The OATutor archive: JSON files in a compressed tar, read in memory and never unpacked to disk."""

import json
import re
import tarfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preceptor.domain import UserError

ARCHIVE_NAME = "oatutor_content_json.tar.gz"
_ALLOWED = f"a folder that holds {ARCHIVE_NAME}, or the archive itself"
_PROBLEM = re.compile(r"(?:^|/)content-pool/([^/]+)/\1\.json$")
_STEP = re.compile(r"(?:^|/)content-pool/([^/]+)/steps/([^/]+)/\2\.json$")
_PATHWAY = re.compile(r"(?:^|/)content-pool/([^/]+)/steps/([^/]+)/tutoring/\2DefaultPathway\.json$")


@dataclass(frozen=True)
class Archive:
    """The members that matter, not yet parsed.

    Args:
        path: The archive.
        problems: Problem id → JSON.
        steps: Problem id → step id → JSON.
        pathways: Step id → JSON list of hints and scaffolds.
        skills: Step id → names of skills.
        courses: The course plans.
    """

    path: Path
    problems: Mapping[str, bytes]
    steps: Mapping[str, Mapping[str, bytes]]
    pathways: Mapping[str, bytes]
    skills: Mapping[str, Sequence[str]]
    courses: Sequence[Mapping[str, Any]]


def find_archive(source: Path) -> Path:
    """The archive a user means.

    Raises:
        UserError: If there is none.
    """
    path = source / ARCHIVE_NAME if source.is_dir() else source
    if not path.is_file():
        raise UserError(
            f"{path} does not exist.", allowed=_ALLOWED, mend="check the path, or download the archive again"
        )
    return path


def read_archive(path: Path) -> Archive:
    """Read the members of an archive.

    Raises:
        UserError: If it is damaged or truncated, or a member that every archive has is missing.
    """
    problems: dict[str, bytes] = {}
    steps: dict[str, dict[str, bytes]] = {}
    pathways: dict[str, bytes] = {}
    single: dict[str, bytes] = {}
    for name, content in _members(path):
        if match := _PROBLEM.search(name):
            problems[match.group(1)] = content
        elif match := _STEP.search(name):
            steps.setdefault(match.group(1), {})[match.group(2)] = content
        elif match := _PATHWAY.search(name):
            pathways[match.group(2)] = content
        elif "/" not in name.removeprefix("./"):
            single[name.removeprefix("./")] = content
    for wanted in ("skillModel.json", "coursePlans.json"):
        if wanted not in single:
            raise _damaged(path, f"its member {wanted} is missing")
    if not problems:
        raise _damaged(path, "its member content-pool/ID/ID.json is missing: it holds no problem")
    skills, courses = (_single(path, single, name) for name in ("skillModel.json", "coursePlans.json"))
    return Archive(path, problems, steps, pathways, skills, courses)


def _members(path: Path) -> list[tuple[str, bytes]]:
    try:
        with tarfile.open(path, "r:*") as archive:
            files = (member for member in archive if member.isfile() and member.name.endswith(".json"))
            return [(member.name, _content(archive, member)) for member in files]
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise _damaged(path, f"it cannot be read to its end ({error})") from error


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    return b"" if stream is None else stream.read()


def _single(path: Path, members: Mapping[str, bytes], name: str) -> Any:
    try:
        return json.loads(members[name])
    except ValueError as error:
        raise _damaged(path, f"its member {name} is not JSON ({error})") from error


def _damaged(path: Path, what: str) -> UserError:
    return UserError(f"{path} is damaged: {what}.", allowed=_ALLOWED, mend="download the archive again")

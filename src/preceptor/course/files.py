"""Files that are either whole or not there, and file-system failures in words a user can act on."""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from preceptor.domain import UserError

PARTIAL = ".partial-"

_MEND = {
    errno.ENOSPC: ("the disk is full", "free some space and run the command again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and run the command again"),
    errno.EACCES: ("you have no permission", "choose a folder you may write to, or change its permissions"),
    errno.EPERM: ("you have no permission", "choose a folder you may write to, or change its permissions"),
    errno.EROFS: ("the file system is read-only", "choose a folder you may write to"),
    errno.ENOTDIR: ("a part of the path is a file", "choose another folder"),
    errno.EEXIST: ("a file of that name exists", "choose another folder"),
}


@contextmanager
def explained(action: str, path: Path, kept: str = "Nothing was changed.") -> Iterator[None]:
    """Turn a file-system failure into a message with its cause.

    Args:
        action: What was attempted, for example "write to".
        path: The file or folder it was attempted on.
        kept: What state this leaves behind, as a sentence.

    Raises:
        UserError: In place of any `OSError`.
    """
    try:
        yield
    except OSError as error:
        cause, mend = _MEND.get(error.errno or 0, (error.strerror or str(error), ""))
        raise UserError(f"Cannot {action} {path}: {cause}. {kept}", mend=mend) from error


def write_synced(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk.

    Raises:
        OSError: If it cannot be written; the partial file is removed.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            os.unlink(path)
        raise
    finally:
        os.close(descriptor)


def sync(path: Path) -> None:
    """Wait until a file's content, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file atomically: readers see the old content or the new one, never a part.

    Raises:
        OSError: If it cannot be written; the old file stands.
    """
    partial = path.with_name(f"{PARTIAL}{uuid4().hex[:8]}-{path.name}")  # two writers never meet
    write_synced(partial, content)
    try:
        os.replace(partial, path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    _sync_name(path)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Fill a folder under another name and give it its own when the block ends well.

    Args:
        target: The folder to make; it must not exist.

    Yields:
        The folder to write into, a sibling of `target`; removed if the block fails.
    """
    partial = target.with_name(f"{PARTIAL}{target.name}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        sync(partial)
        os.rename(partial, target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _sync_name(target)


def _sync_name(path: Path) -> None:
    """Wait until a new name is on the disk; it stands already, so that a refusal to wait undoes nothing."""
    with suppress(OSError):
        sync(path.parent)


def to_json(value: Mapping[str, Any]) -> bytes:
    """Encode as readable JSON; key order is kept."""
    return (json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()

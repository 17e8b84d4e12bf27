"""Reading files with failures a user can act on."""

import codecs
from pathlib import Path

from preceptor.domain import UserError


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        UserError: If it is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"{path} does not exist.", mend="check the spelling of the path") from error
    except OSError as error:
        raise UserError(f"Cannot read {path}: {error.strerror}.", allowed="a file you may read") from error


def read_text(path: Path, encoding: str) -> str:
    """Read a text file; a byte order mark is dropped.

    Args:
        path: The file.
        encoding: Its encoding, for example "utf-8".

    Raises:
        UserError: If it is missing, or not text in this encoding; names row and line of the first bad byte.
    """
    content = read_bytes(path)
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise UserError(f"Unknown encoding {encoding!r}.", allowed="for example utf-8, cp1252") from error
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        where = f"row {line - 1} (line {line})" if line > 1 else "line 1"
        raise UserError(
            f"{path}, {where}: byte 0x{content[error.start]:02x} is not {encoding} text.",
            allowed=f"files in {encoding}",
            mend="give the file's encoding, for example --encoding cp1252, or save the file as UTF-8",
        ) from error

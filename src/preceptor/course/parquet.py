"""Parquet files of a course, written through memory so that every failure to write is an `OSError`."""

import io
from pathlib import Path

import polars as pl

from preceptor.course.files import write_synced
from preceptor.domain import UserError


def write_frame(path: Path, frame: pl.DataFrame) -> None:
    """Write a frame and wait until it is on the disk.

    Raises:
        OSError: If it cannot be written.
    """
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=1)
    write_synced(path, buffer.getvalue())


def read_frame(path: Path) -> pl.DataFrame:
    """Read a frame.

    Raises:
        FileNotFoundError: If it is not there.
        UserError: If it is damaged.
    """
    content = path.read_bytes()
    try:
        return pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UserError(
            f"{path} is damaged and cannot be read.", mend="import the data again or restore a backup"
        ) from error

"""Vectors that were computed once: an append-only file by hash of the text, whole after any crash."""

import fcntl
import os
import zlib
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import UserError

_HASH_BYTES, _CHECK_BYTES = 16, 4


class VectorStore:
    """Text hash → vector, for one encoder and one number of dimensions.

    The file is a row of records: hash of the text, float32 vector, CRC-32 of both. A record that a crash cut short
    or damaged ends the file; everything before it stands, and what is appended later replaces it. Several processes
    and threads may append: each waits for its turn, and goes on behind what others have appended.

    Args:
        file: Made with the first record; its name should hold the encoder's key.
        dimensions: Length of a vector.

    Raises:
        UserError: If the file cannot be read.
    """

    def __init__(self, file: Path, dimensions: int) -> None:
        self.file = file
        self.dimensions = dimensions
        self._record = np.dtype([("text", f"V{_HASH_BYTES}"), ("vector", "<f4", (dimensions,)), ("check", "<u4")])
        self._records = 0
        self._known: dict[bytes, NDArray[np.float32]] = {}
        self._take(self._whole_records())

    def __len__(self) -> int:
        return len(self._known)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """The texts without a vector, each once, in order."""
        return [text for text in dict.fromkeys(texts) if _hash(text) not in self._known]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts that are all there, float32 [texts, dimensions].

        Raises:
            KeyError: If one is missing.
        """
        found = [self._known[_hash(text)] for text in texts]
        return np.array(found, dtype=np.float32).reshape(len(texts), self.dimensions)

    def append(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep vectors; they are on the disk when this returns.

        Args:
            texts: New texts.
            vectors: float32 [texts, dimensions].

        Raises:
            OSError: If they cannot be written; what was kept before stands.
        """
        added = np.zeros(len(texts), dtype=self._record)
        added["text"] = np.array([_hash(text) for text in texts], dtype=f"V{_HASH_BYTES}")
        added["vector"] = vectors
        added["check"] = [_check(row, self._record.itemsize) for row in added]
        self.file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # the system releases it when the file is closed
            self._take(self._whole_records())
            end = self._records * self._record.itemsize
            os.ftruncate(descriptor, end)  # away with a record that a crash cut short
            os.lseek(descriptor, end, os.SEEK_SET)
            view = memoryview(added.tobytes())
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._take(added)

    def _take(self, rows: NDArray[np.void]) -> None:
        """Know the records that follow those known."""
        self._records += len(rows)
        self._known |= {row["text"].tobytes(): row["vector"] for row in rows}

    def _whole_records(self) -> NDArray[np.void]:
        """The records behind those that are known."""
        try:
            with self.file.open("rb") as opened:
                opened.seek(self._records * self._record.itemsize)
                content = opened.read()
        except FileNotFoundError:
            content = b""
        except OSError as error:
            raise UserError(f"Cannot read {self.file}: {error.strerror}.", mend="delete the file") from error
        size = self._record.itemsize
        rows = np.frombuffer(content[: len(content) // size * size], dtype=self._record)
        whole = (_check(row, size) == row["check"] for row in rows)
        kept = next((i for i, fine in enumerate(whole) if not fine), len(rows))
        return np.asarray(rows[:kept])


def _hash(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=_HASH_BYTES).digest()


def _check(row: np.void, size: int) -> int:
    return zlib.crc32(row.tobytes()[: size - _CHECK_BYTES])

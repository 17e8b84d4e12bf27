"""ExRec's vectors of questions and KCs, from JSON."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.data.names import json_object
from preceptor.data.problems import Problem
from preceptor.domain import UserError

_ROUNDING = 1e-6
"""How far a length may be from √width by rounding to single precision."""

Vectors = dict[str, NDArray[np.float32]]


def read_vectors(paths: Sequence[Path], encoding: str) -> Vectors:
    """Vectors by question number or KC; parts are joined.

    Raises:
        UserError: If a file is damaged, widths differ, a vector has no direction, or parts contradict each other.
    """
    found: Vectors = {}
    for path in paths:
        for name, values in json_object(path, encoding).items():
            vector = _vector(path, name, values, width=len(next(iter(found.values()))) if found else None)
            if name in found and not np.array_equal(found[name], vector):
                raise UserError(f"{path} has another vector of {name!r} than a file before it.", allowed="one each")
            found[name] = vector
    return found


def scaled(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows [n, width] stretched to length √width, as every consumer of ExRec's does.

    Rows that have it stay as they are, so that what was exported and read again is equal to the last bit. So do rows of
    zeros, which have no direction.
    """
    length = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True) / np.sqrt(rows.shape[1])
    stretched = (length > 0) & (np.abs(length - 1) > _ROUNDING)
    return np.where(stretched, rows / np.where(length > 0, length, 1), rows).astype(np.float32)


def missing(path: Path, names: Iterable[str], vectors: Collection[str], kind: str) -> list[Problem]:
    """One problem for every name without a vector, so that none is ever made up.

    Args:
        path: Where the vectors stand.
        names: What should have one.
        vectors: What has one, or says nothing.
        kind: "question" or "KC".
    """
    rows = enumerate(names, start=1)
    return [Problem(path, row, f"the {kind} {name!r} has no vector") for row, name in rows if name not in vectors]


def _vector(path: Path, name: str, values: object, width: int | None) -> NDArray[np.float32]:
    try:
        vector = np.asarray(values, dtype=np.float32)
    except (ValueError, TypeError, OverflowError) as error:
        raise UserError(f"Cannot read {path}: the vector of {name!r} holds no numbers.") from error
    if vector.ndim != 1 or not len(vector) or (width is not None and len(vector) != width):
        raise UserError(
            f"Cannot read {path}: the vector of {name!r} has the shape {list(vector.shape)}.",
            allowed="one list of numbers each" if width is None else f"{width} numbers, as in the first vector",
        )
    length = float(np.linalg.norm(vector.astype(np.float64)))
    if not np.isfinite(length) or length == 0:
        raise UserError(f"Cannot read {path}: the vector of {name!r} has the length {length}.", allowed="a direction")
    return vector

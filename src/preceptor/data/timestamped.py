"""Tables of answers with times and a sparse Q-matrix beside them, as knowledge-tracing benchmarks publish them."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array, load_npz

from preceptor.data.fixed import read_fixed
from preceptor.data.frames import PARQUET, TEXT
from preceptor.data.names import names_by_number, shown_concept
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import imported_rows
from preceptor.data.text import read_bytes
from preceptor.domain import UserError

COLUMNS = {"student": "user_id", "question": "item_id", "time": "timestamp", "correct": "correct"}
MATRIX, ITEM_NAMES, CONCEPT_NAMES = "q_mat.npz", "item_mapper.json", "skill_mapper.json"
WHOLE = "preprocessed_data"
_SEPARATOR = "\x1f"  # stands in no name


class TimestampedTableReader:
    """Reads `user_id item_id timestamp correct` with a `q_mat.npz` beside it."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "order", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read tables or folders that hold `preprocessed_data.csv` or its parts.

        The column `skill_id` numbers sets of KCs and is not read: the KCs of an item are the row of the item in
        `q_mat.npz` (items × KCs, scipy's compressed sparse rows). Names come from `item_mapper.json` and
        `skill_mapper.json` (name → number) where they are there. Times are seconds, either since 1970 or since the
        start of the data set.

        Args:
            sources: Files or folders; all of one folder, because numbers mean nothing elsewhere.
            options: Takes `source` (the folder's name without it), `encoding`, `order` and `on_bad_row`.

        Raises:
            UserError: If files or columns are missing, the matrix is damaged or rows are bad.
        """
        files = [file for source in sources for file in _tables(source)]
        folder = _folder(files)
        concepts_of = _concepts_of_items(folder / MATRIX)
        rows, rejects = read_fixed(files, COLUMNS, options, faults=partial(_unknown_items, len(concepts_of)))
        item_names = names_by_number(folder / ITEM_NAMES, options.encoding)
        concept_names = names_by_number(folder / CONCEPT_NAMES, options.encoding)
        known = {}
        for item in rows["question"].unique(maintain_order=True):
            names = [concept_names.get(number, str(number)) for number in concepts_of[int(item)].tolist()]
            name = item_names.get(int(item), item)
            text = f"Question {name} ({', '.join(map(shown_concept, names))})" if names else f"Question {name}"
            known[item] = {"text": text, "concepts": _SEPARATOR.join(names)}
        options = replace(options, concept_separator=_SEPARATOR)
        source = options.source or folder.resolve().name
        return imported_rows(rows, source, options, known=known, rejects=rejects)


def _tables(source: Path) -> list[Path]:
    """The tables of a source; the whole set stands for its parts."""
    if not source.is_dir():
        if not source.exists():
            raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
        return [source]
    found = sorted(path for path in source.iterdir() if path.suffix.lower() in (*PARQUET, *TEXT))
    found = [path for path in found if path.name.startswith(WHOLE)]
    if not found:
        raise UserError(f"The folder {source} holds no {WHOLE}*.csv.", allowed="that table, whole or in parts")
    return [path for path in found if path.stem == WHOLE] or found


def _folder(files: Sequence[Path]) -> Path:
    folders = {file.resolve().parent for file in files}
    if len(folders) > 1:
        raise UserError(
            f"The files stand in {len(folders)} folders.",
            allowed=f"files of one folder, which share its {MATRIX}",
            mend="import one data set at a time",
        )
    return files[0].parent


def _concepts_of_items(path: Path) -> list[NDArray[np.int64]]:
    """Numbers of the KCs of every item."""
    if not path.is_file():
        raise UserError(
            f"{path} does not exist.",
            allowed="a sparse matrix of items and KCs beside the table",
            mend=f"put the set's {MATRIX} into the folder, or read the file with the format table",
        )
    content = read_bytes(path)
    try:
        matrix = csr_array(load_npz(io.BytesIO(content)))  # load_npz refuses pickled content
        matrix.check_format(full_check=True)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise UserError(f"{path} is truncated or no sparse matrix: {error}.", mend="copy the file again") from error
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return np.split(matrix.indices.astype(np.int64), matrix.indptr[1:-1])


def _unknown_items(items: int, rows: pl.DataFrame) -> dict[int, str]:
    number = pl.col("question").cast(pl.Int64, strict=False)
    unknown = rows.filter(~number.is_between(0, items - 1).fill_null(False)).select("row", "question")
    return {row: f"item_id is {item!r}, and {MATRIX} has the items 0 to {items - 1}" for row, item in unknown.rows()}

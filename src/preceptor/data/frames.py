"""CSV, TSV and Parquet files as frames, with the place of every row kept."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from preceptor.data.problems import Problem
from preceptor.data.text import read_bytes, read_text
from preceptor.domain import UserError

PARQUET = (".parquet", ".pq")
TEXT = (".csv", ".tsv", ".tab", ".txt")
_SEPARATORS = ",;\t|"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows.

    Args:
        path: The file.
        frame: Its rows; cells of a text file are text or null.
        text: Content of a text file; None for Parquet.
        separator: What separates its cells.
        problems: Rows that do not fit the header; what goes beyond it is cut off.
        quoted: Whether quotation marks may hold a text cell together; else they are signs like others.
    """

    path: Path
    frame: pl.DataFrame
    text: str | None = None
    separator: str = ","
    problems: tuple[Problem, ...] = ()
    quoted: bool = True

    def problem(self, reasons: Iterable[tuple[int, str]]) -> list[Problem]:
        """Name the file, row and line of bad rows.

        Args:
            reasons: Index of a row, from 0, and what is wrong with it.
        """
        found = dict(reasons)
        lines: dict[int, int] = {}
        if self.text is not None and found:
            records = _records(self.path, self.text, self.separator, self.quoted)
            lines = {i: line for i, (line, _) in enumerate(records) if i - 1 in found}
        return [Problem(self.path, row + 1, found[row], lines.get(row + 1)) for row in sorted(found)]


def load_table(path: Path, encoding: str, *, quoted: bool = True) -> Table:
    """Read a file by its suffix.

    Args:
        path: A Parquet file, or else text with a header line; cells are separated by comma, semicolon, tab or bar.
        encoding: Encoding of text files.
        quoted: Whether quotation marks may hold a cell of a text file together; where its header is quoted they do.

    Raises:
        UserError: If it is missing, empty, truncated or wrongly encoded.
    """
    if path.suffix.lower() in PARQUET:
        return Table(path, _parquet(path))
    text = read_text(path, encoding)
    first = _LINE.match(text)
    header = first[0] if first else ""
    if not header.strip():
        raise UserError(f"{path} is empty.", allowed="a header line with column names, then one row an answer")
    separator = "\t" if path.suffix.lower() in (".tsv", ".tab") else max(_SEPARATORS, key=header.count)
    quoted |= header.startswith('"')
    _, names = next(_records(path, text, separator, quoted))
    if len(set(names)) < len(names):
        raise UserError(f"{path}, header: two columns have one name.", mend="rename one of them")
    try:
        quote = '"' if quoted else None
        frame = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, separator=separator, quote_char=quote)
    except pl.exceptions.PolarsError:
        return _slowly(path, text, separator, quoted)
    return Table(path, frame, text, separator, quoted=quoted)


def files_of(source: Path) -> list[Path]:
    """The file itself, or the tables of a folder by name.

    Raises:
        UserError: If there are none.
    """
    if not source.is_dir():
        return [source]
    found = sorted(path for path in source.iterdir() if path.suffix.lower() in (*PARQUET, *TEXT))
    if not found:
        raise UserError(f"The folder {source} holds no tables.", allowed=f"{', '.join((*TEXT, *PARQUET))} files")
    return found


def _parquet(path: Path) -> pl.DataFrame:
    content = read_bytes(path)
    try:
        return pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UserError(
            f"{path} is truncated or no Parquet file ({len(content)} bytes).",
            mend="copy or export the file again",
        ) from error


def _slowly(path: Path, text: str, separator: str, quoted: bool) -> Table:
    """Read a file that has rows which do not fit its header, and say which they are."""
    records = _records(path, text, separator, quoted)
    header = next(records)[1]
    rows: list[list[str | None]] = []
    problems: list[Problem] = []
    for number, (line, cells) in enumerate(records, start=1):
        if len(cells) > len(header):
            reason = f"{len(cells)} cells under {len(header)} column names"
            problems.append(Problem(path, number, reason, line))
        rows.append([*(cell or None for cell in cells[: len(header)]), *[None] * (len(header) - len(cells))])
    frame = pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row")
    return Table(path, frame, text, separator, tuple(problems), quoted)


def _records(path: Path, text: str, separator: str, quoted: bool) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every record, header first; a quoted cell may hold line breaks."""
    lines = (match[0] for match in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UserError(
            f"{path}, row {line - 1} (line {line}) cannot be read: {error}.",
            mend="look for a quotation mark that is not closed",
        ) from error

"""Tables as files a spreadsheet opens and saves: .xlsx, or .csv with one part a table."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from preceptor.course.files import explained, replace_file
from preceptor.domain import MissingExtraError, UserError

LONGEST_CELL = 32_767
"""Signs that a cell of a spreadsheet holds."""
PART = "# "
BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_QUOTED = re.compile(r'"[^"]*"')
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROW, _WIDE = 14, 48
FORMATS = (".xlsx", ".csv")


@dataclass(frozen=True)
class Table:
    """One table.

    Args:
        name: What it is called in the file.
        header: Names of its columns.
        rows: One text for each column; rows of a file that was read may be shorter or longer.
        numbers: The row of the file each row stands in, counted from 1; empty where it was not read from one.
        hidden: Columns that are not shown.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    hidden: frozenset[str] = frozenset()

    def records(self) -> Iterable[tuple[int, Mapping[str, str]]]:
        """Every row as (row of the file, column → text); a column the row lacks is empty."""
        for number, row in zip(self.numbers, self.rows, strict=True):
            yield number, dict(zip(self.header, (*row, *[""] * len(self.header)), strict=False))


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula: what looks like one is preceded by an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def as_meant(text: str) -> str:
    """Text of a cell as it was before `inert`, without the blanks and line ends that programs change."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    text = "\n".join(lines)
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


def require_format(path: Path) -> None:
    """Refuse a file of another kind.

    Raises:
        UserError: If the name does not end in one of `FORMATS`.
    """
    if path.suffix.lower() not in FORMATS:
        raise UserError(f"{path} is no spreadsheet this command knows.", allowed="a name that ends in .xlsx or .csv")


def write_tables(path: Path, tables: Sequence[Table]) -> None:
    """Write tables into one file; it is whole or not there.

    Raises:
        UserError: If the file's kind is unknown, it cannot be written, or a text is too long for a cell.
        MissingExtraError: If it is .xlsx and the package for it is missing.
    """
    require_format(path)
    content = _csv(tables) if path.suffix.lower() == ".csv" else _xlsx(tables)
    with explained("write", path):
        replace_file(path, content)


def read_tables(path: Path) -> dict[str, Table]:
    """Read tables back, by name.

    Raises:
        UserError: If the file is missing, damaged or of another kind.
        MissingExtraError: If it is .xlsx and the package for it is missing.
    """
    require_format(path)
    with explained("read", path):
        content = path.read_bytes()
    parts = _csv_parts(path, content) if path.suffix.lower() == ".csv" else _xlsx_parts(path, content)
    return {name: table for name, rows in parts.items() if (table := _table(name, rows))}


def _table(name: str, rows: Sequence[tuple[int, tuple[str, ...]]]) -> Table | None:
    filled = [(number, row) for number, row in rows if any(row)]
    if not filled:
        return None
    (_, header), *body = filled
    names = tuple(column.casefold() for column in header)
    return Table(name, names, tuple(row for _, row in body), tuple(number for number, _ in body))


def _csv(tables: Sequence[Table]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for i, table in enumerate(tables):
        if i:
            writer.writerow([])
        writer.writerow([f"{PART}{table.name}"])
        writer.writerow(table.header)
        writer.writerows([inert(_seen(cell)) for cell in row] for row in table.rows)
    return (BOM + text.getvalue()).encode()


def _csv_parts(path: Path, content: bytes) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8.", mend="save it as “CSV UTF-8”") from error
    separator = _separator(path, text)
    parts: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    current: list[tuple[int, tuple[str, ...]]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            if row and row[0].startswith(PART):
                current = parts.setdefault(row[0].removeprefix(PART).strip(), [])
            else:
                current.append((number, tuple(map(as_meant, row))))
    except csv.Error as error:
        raise UserError(f"Cannot read {path}: {error}.", mend="export it again") from error
    return parts


def _separator(path: Path, text: str) -> str:
    """What parts the columns: some spreadsheets save with semicolons or tabs.

    The first header tells it, because no column's name holds one of them unless it is in quotes; the line above it,
    with the table's name, need not have any.

    Raises:
        UserError: If the header holds several.
    """
    lines = (line for line in text.splitlines() if line.strip(' ,;\t"') and not line.lstrip('"').startswith(PART))
    header = next(lines, "")
    bare = _QUOTED.sub("", header)
    found = [separator for separator in SEPARATORS if separator in bare]
    if len(found) > 1:
        raise UserError(
            f"The columns of {path} seem to be parted by {' or '.join(SEPARATORS[one] for one in found)}: {header}",
            allowed=f"one of {', '.join(SEPARATORS.values())}",
            mend="save it as “CSV UTF-8”, with every name of a column as it was exported",
        )
    return found[0] if found else ","


def _xlsx(tables: Sequence[Table]) -> bytes:
    openpyxl = _openpyxl()
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.append(table.header)
        for number, row in enumerate(table.rows, start=2):
            for column, text in enumerate(row, start=1):
                _require_fits(text, table, number)
                cell = sheet.cell(number, column)
                cell.value = _seen(text)
                cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column, name in enumerate(table.header, start=1):
            sheet.cell(1, column).font = Font(bold=True)
            longest = max((len(row[column - 1]) for row in table.rows), default=0)
            letter = sheet.column_dimensions[get_column_letter(column)]
            letter.width = _WIDE if longest > _WIDE else max(_NARROW, longest)
            letter.hidden = name in table.hidden
        sheet.freeze_panes = "B2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _xlsx_parts(path: Path, content: bytes) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    openpyxl = _openpyxl()
    try:
        book, formulas = (
            openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
            for data_only in (True, False)
        )
        return {
            sheet.title: [
                (number, tuple(as_meant(_text(path, cell, formula)) for cell, formula in zip(*rows, strict=True)))
                for number, rows in enumerate(zip(sheet.rows, formulas[sheet.title].rows, strict=True), start=1)
            ]
            for sheet in book.worksheets
        }
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        raise UserError(f"{path} is no spreadsheet that can be read.", mend="export it again") from error


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise MissingExtraError("A spreadsheet in .xlsx (.csv always works)", "app") from error
    return openpyxl


def _require_fits(text: str, table: Table, number: int) -> None:
    if len(text) > LONGEST_CELL:
        raise UserError(
            f"Row {number} of the {table.name} has a text of {len(text):,} signs.",
            allowed=f"{LONGEST_CELL:,} signs in a cell",
            mend="write a .csv instead",
        )


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text)


def _text(path: Path, cell: Any, formula: Any) -> str:
    """What a cell shows; one that shows nothing because its formula has no value is not an empty one."""
    value, lacks = cell.value, cell.data_type == "e" or (cell.value is None and formula.data_type == "f")
    if lacks:
        what = f"has the error {value}" if value is not None else "has a formula that was never worked out"
        raise UserError(
            f"The cell {cell.coordinate} of {cell.parent.title} in {path} {what}.",
            allowed="text, numbers and formulas with a value",
            mend="write the text itself into the cell, or open and save the file in a spreadsheet program",
        )
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)

"""Tables as files."""

import csv
import io
from collections.abc import Sequence


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write a table as CSV (RFC 4180) in UTF-8.

    Args:
        header: The names of the columns.
        rows: One value for each column.
    """
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()

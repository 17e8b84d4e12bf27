"""Names of readers; a reader is imported only when it is used."""

from importlib import import_module
from importlib.metadata import entry_points

from preceptor.data.reader import Reader
from preceptor.domain import unknown_name

ENTRY_POINTS = "preceptor.readers"

_READERS = {
    "akt-folds": "preceptor.data.akt_folds:AktFoldsReader",
    "oatutor": "preceptor.data.oatutor:OATutorReader",
    "table": "preceptor.data.table:TableReader",
}


def _known() -> dict[str, str]:
    outside = {entry.name: entry.value for entry in entry_points(group=ENTRY_POINTS)}
    return outside | _READERS


def reader_names() -> tuple[str, ...]:
    """Names of all readers, other packages' entry points `preceptor.readers` included."""
    return tuple(sorted(_known()))


def make_reader(name: str) -> Reader:
    """Make the reader of a format.

    Args:
        name: One of `reader_names()`.

    Raises:
        UserError: If no reader has this name.
    """
    known = _known()
    if name not in known:
        raise unknown_name("format", name, known)
    module, _, attribute = known[name].partition(":")
    reader: Reader = getattr(import_module(module), attribute)()
    return reader

"""Readers by name."""

from preceptor.data.reader import Reader
from preceptor.registry import Registry

READERS = Registry(
    "format",
    "preceptor.readers",
    {
        "akt-folds": "preceptor.data.akt_folds:AktFoldsReader",
        "datashop": "preceptor.data.datashop:DataShopReader",
        "kddcup": "preceptor.data.kddcup:KddCupReader",
        "oatutor": "preceptor.data.oatutor:OATutorReader",
        "table": "preceptor.data.table:TableReader",
    },
)


def reader_names() -> tuple[str, ...]:
    """Names of all readers, other packages' included."""
    return READERS.names()


def make_reader(name: str) -> Reader:
    """Make the reader of a format.

    Args:
        name: One of `reader_names()`.

    Raises:
        UserError: If no reader has this name.
    """
    reader: Reader = READERS.resolve(name)()
    return reader

"""Readers by name."""

from preceptor.data.reader import Reader
from preceptor.registry import Registry

READERS = Registry(
    "format",
    "preceptor.readers",
    {
        "akt-folds": "preceptor.data.akt_folds:AktFoldsReader",
        "assistments2017-csv": "preceptor.data.assistments2017:Assistments2017Reader",
        "datashop": "preceptor.data.datashop:DataShopReader",
        "eedi": "preceptor.data.eedi:EediReader",
        "exrec": "preceptor.data.exrec:ExRecReader",
        "kddcup": "preceptor.data.kddcup:KddCupReader",
        "lessons": "preceptor.data.lessons:LessonsReader",
        "nips34": "preceptor.data.nips34:Nips34Reader",
        "oatutor": "preceptor.data.oatutor:OATutorReader",
        "pykt": "preceptor.data.pykt:PyktReader",
        "table": "preceptor.data.table:TableReader",
        "tasa": "preceptor.data.tasa:TasaReader",
        "xes3g5m": "preceptor.data.xes3g5m:Xes3G5MReader",
        "timestamped-table": "preceptor.data.timestamped:TimestampedTableReader",
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

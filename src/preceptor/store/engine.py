"""Opening a store's file: durability, checks and errors a user can act on."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from preceptor.domain import UserError
from preceptor.store.schema import SCHEMA_VERSION, metadata

BUSY_TIMEOUT_SECONDS = 30.0


def open_engine(path: Path) -> Engine:
    """Open the file, create its tables if it is new, and check that it is whole.

    Raises:
        UserError: If the file can't be opened, is damaged, is no store, or comes from a newer version.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_SECONDS})
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    try:
        with writing(engine, path) as connection:
            _check_or_create(connection, path)
    except UserError:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """Hold the write lock from the first statement; commit durably at the end, or change nothing.

    Raises:
        UserError: If the file is damaged, read-only, locked or its disk full.
    """
    try:
        with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection
    except DatabaseError as error:
        raise _as_user_error(error, path) from error


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """See one consistent state of the file.

    Raises:
        UserError: If the file is damaged or can't be read.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        raise _as_user_error(error, path) from error


def replacing(table: Table, named_by: Sequence[str]) -> Insert:
    """Insert a row, or overwrite the one of the same name.

    Args:
        table: The table.
        named_by: Columns that name a row.
    """
    statement = insert(table)
    kept = {*named_by, *(column.name for column in table.primary_key)}
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in kept}
    return statement.on_conflict_do_update(index_elements=named_by, set_=changed)


def cut_log(engine: Engine) -> None:
    """Fold the write-ahead log into the file and cut it to nothing: it still holds pages from before a deletion."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_up_connection(dbapi_connection: Any, _: ConnectionPoolEntry) -> None:
    dbapi_connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged answer survives a power cut
        "foreign_keys = ON",
        "secure_delete = ON",  # a deleted student's bytes are overwritten
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _check_or_create(connection: Connection, path: Path) -> None:
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > SCHEMA_VERSION:
        raise UserError(
            f"{path} was written by a newer Preceptor (schema {version}).",
            allowed=f"schema {SCHEMA_VERSION} or older",
            mend="upgrade Preceptor",
        )
    if version == 0 and inspect(connection).get_table_names():
        raise UserError(
            f"{path} is a database, but not a Preceptor store.",
            allowed="a file that Preceptor created, or a new one",
            mend="name another file",
        )
    if version < SCHEMA_VERSION:
        metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    problem = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if problem != "ok":
        raise _damaged(path, problem)


def _as_user_error(error: DatabaseError, path: Path) -> Exception:
    """Translate what the file or its disk causes; anything else is a bug and stays what it is."""
    code = getattr(error.orig, "sqlite_errorname", "").removeprefix("SQLITE_").split("_")[0]
    if code in ("CORRUPT", "NOTADB"):
        return _damaged(path, str(error.orig))
    causes = {
        "CANTOPEN": ("can't be opened", "check that the folder exists and that you may write there"),
        "READONLY": ("is read-only", "make the file and its folder writable"),
        "FULL": ("can't grow: the disk is full", "free some space and try again"),
        "IOERR": ("can't be read or written", "check the disk"),
        "BUSY": ("is locked by another process", "close the other process and try again"),
    }
    if code not in causes:
        return error
    problem, mend = causes[code]
    return UserError(f"{path} {problem}.", mend=mend)


def _damaged(path: Path, problem: str) -> UserError:
    return UserError(
        f"{path} is damaged ({problem}).",
        allowed="a whole SQLite file",
        mend="restore it from a backup, or move it away to start with no live answers",
    )

"""Answers that were paid for, kept on disk before they are used."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from preceptor.domain import UserError, digest
from preceptor.llm.budget import Spending
from preceptor.llm.contract import Reply, Request

_TABLE = """CREATE TABLE IF NOT EXISTS answers (
    request TEXT PRIMARY KEY, model TEXT NOT NULL, text TEXT NOT NULL,
    input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL
) WITHOUT ROWID"""


def key_of(model: str, request: Request) -> str:
    """Identify a request by its content: the model and everything that shapes its answer.

    The time-out is left out, for it shapes no answer, and so is the address: the same model elsewhere answers the same.
    """
    messages = [part for message in request.messages for part in (message.role, message.text)]
    return digest(model, request.schema, request.max_tokens, request.temperature, *messages)


class Ledger:
    """Answers by the content of their requests, in one SQLite file. Threads may share it.

    An answer is on the disk when `keep` returns: a process that is killed later never has to ask for it again.

    Args:
        path: The file; made with its folder if it is not there.

    Raises:
        UserError: If the file is no ledger or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
            self._database.execute(_TABLE)

    def find(self, key: str) -> Reply | None:
        """The answer that was kept for a request; None if there is none."""
        with self._lock, self._explained():
            row = self._database.execute(
                "SELECT text, input_tokens, output_tokens FROM answers WHERE request = ?", (key,)
            ).fetchone()
        return None if row is None else Reply(*row)

    def keep(self, key: str, model: str, reply: Reply) -> None:
        """Keep an answer; when this returns, it survives whatever happens to the process."""
        row = (key, model, reply.text, reply.input_tokens, reply.output_tokens)
        with self._lock, self._explained():
            self._database.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?)", row)

    def total(self, model: str = "") -> Spending:
        """What all kept answers took; those of one model if it is named."""
        with self._lock, self._explained():
            row = self._database.execute(
                "SELECT count(*), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0) "
                "FROM answers WHERE ? IN ('', model)",
                (model,),
            ).fetchone()
        return Spending(*row)

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise UserError(
                f"Cannot keep a model's answers in {self.path}: {error}.",
                mend="free some space or mend the permissions; delete a damaged file, and its answers are paid anew",
            ) from error

import os
import random
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from preceptor.domain import UserError
from preceptor.store import SqliteStore

APPEND_FOR_EVER = """
import sys
from preceptor.domain import Interaction, Outcome
from preceptor.store import SqliteStore

store = SqliteStore(sys.argv[1])
sitting = store.open_sitting("ann", 10, 0.0)
number = 0
while True:
    store.set_pending("ann", f"q{number}", "{}", float(number))
    event = Interaction(f"e{number}", "ann", f"q{number}", "r", 1.0, 0, float(number), "7", None, Outcome.CORRECT)
    store.append(event, sitting.sitting_id)
    print(event.event_id, flush=True)
    number += 1
"""


def database(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_acknowledged_answer_survives_a_kill(tmp_path, seed):
    path = tmp_path / "students.sqlite"
    wanted = random.Random(seed).randint(5, 60)
    with subprocess.Popen(
        [sys.executable, "-c", APPEND_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline().strip() for _ in range(wanted)]
        child.send_signal(signal.SIGKILL)
        acknowledged += child.stdout.read().split()
    assert child.returncode == -signal.SIGKILL

    with SqliteStore(path) as store:
        stored = [event.event_id for event in store.events("ann")]
        pending = store.pending("ann")
        sitting = store.current_sitting("ann")
    # At most the one answer whose acknowledgement was cut off may be there besides.
    assert stored[: len(acknowledged)] == acknowledged
    assert len(stored) - len(acknowledged) <= 1
    assert sitting.answered == len(stored)
    assert pending is None or pending.question_id == f"q{len(stored)}"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_file_is_durable_and_logged_ahead(store):
    with store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 30_000


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path, answer):
    def open_and_append(number: int) -> int:
        with SqliteStore(tmp_path / "students.sqlite") as store:
            store.append(answer(f"e{number}"))
            return len(store.events("ann"))

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(open_and_append, range(16)))

    assert max(counts) == 16


def test_a_newer_schema_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "students.sqlite"
    database(path, "PRAGMA user_version = 99")

    with pytest.raises(UserError, match=r"newer Preceptor \(schema 99\)"):
        SqliteStore(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_foreign_database_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    database(path, "CREATE TABLE invoices (id)")

    with pytest.raises(UserError, match="not a Preceptor store"):
        SqliteStore(path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "students.sqlite"
    path.write_bytes(b"certainly no database\n" * 400)

    with pytest.raises(UserError, match="damaged"):
        SqliteStore(path)
    assert path.read_bytes().startswith(b"certainly")


def test_a_truncated_file_is_refused(tmp_path, answer):
    path = tmp_path / "students.sqlite"
    with SqliteStore(path) as store:
        for number in range(200):
            store.append(answer(f"e{number}"))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(UserError, match="damaged"):
        SqliteStore(path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(UserError, match="can't be opened"):
        SqliteStore(tmp_path / "nowhere" / "students.sqlite")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_is_named(tmp_path):
    path = tmp_path / "students.sqlite"
    SqliteStore(path).close()
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError, match=r"read-only|can't be opened"):
            SqliteStore(path)
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_is_named_and_loses_nothing(store, answer):
    store.append(answer())
    with store._reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(UserError, match="disk is full"):
        store.append(answer("e2", response="x" * 100_000))
    assert len(store.events("ann")) == 1


def test_a_lock_held_by_another_process_is_named(store, answer):
    with store._reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="locked by another process"):
            store.append(answer())
        other.execute("ROLLBACK")
    assert store.append(answer())[1]

import sqlite3
from contextlib import closing

from preceptor.store import SqliteStore
from preceptor.store.schema import SCHEMA_VERSION


def test_versions_are_numbered_kept_and_read_back(store):
    first = store.add_persona("ann", 1.0, "e1", {"answers": 3, "name": "größer"})
    second = store.add_persona("ann", 2.0, "e2", {"answers": 5})

    assert (first.version, second.version) == (1, 2)
    assert store.personas("ann") == (first, second)
    assert store.personas("ann")[0].content == {"answers": 3, "name": "größer"}
    assert store.personas("bob") == ()


def test_nothing_new_makes_no_new_version(store):
    first = store.add_persona("ann", 1.0, "e1", {"answers": 3})

    assert store.add_persona("ann", 9.0, "e1", {"answers": 4}) == first
    assert len(store.personas("ann")) == 1


def test_personas_leave_with_their_student(store):
    store.add_persona("ann", 1.0, "e1", {})
    store.add_persona("bob", 1.0, "e1", {})
    store.delete_student("ann")

    assert store.personas("ann") == ()
    assert len(store.personas("bob")) == 1


def test_a_file_from_before_personas_opens_with_its_answers_and_can_hold_them(tmp_path, answer):
    path = tmp_path / "students.sqlite"
    with SqliteStore(path) as store:
        store.append(answer("e1"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE personas")
        connection.execute("DROP TABLE turns")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()

    with SqliteStore(path) as store:
        assert [event.event_id for event in store.events("ann")] == ["e1"]
        assert store.add_persona("ann", 1.0, "e1", {}).version == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_what_the_newest_version_rests_on(store):
    assert store.persona_up_to("ann") == ""
    store.add_persona("ann", 1.0, "e1", {})
    store.add_persona("ann", 2.0, "e2", {})
    store.add_persona("bob", 3.0, "e3", {})
    assert store.persona_up_to("ann") == "e2"

"""What was read is kept until anybody writes, in this store, in another, or in another process."""

import subprocess
import sys

from preceptor.store import SqliteStore
from preceptor.store.fresh import Fresh


def test_a_reading_is_kept_until_somebody_writes(store):
    fresh, read = Fresh(store.path), []

    def look():
        return fresh.read("key", lambda: read.append(None) or len(read))

    assert [look(), look()] == [1, 1]
    store.open_sitting("ann", 10, 1.0)
    assert [look(), look()] == [2, 2]
    fresh.close()


def test_another_store_and_another_process_are_seen_at_once(store, answer):
    assert store.current_sitting("ann") is None
    assert store.written("ann") == (0, 0)
    with SqliteStore(store.path) as other:
        opened = other.open_sitting("ann", 10, 1.0)
        other.append(answer(), opened.sitting_id)
    assert store.current_sitting("ann").answered == 1
    assert store.written("ann") == (1, 0)
    script = (
        "import sys; from preceptor.store import SqliteStore\n"
        "with SqliteStore(sys.argv[1]) as store: store.close_sitting('ann', 9.0); store.exclude('q1', '', 9.0)"
    )
    subprocess.run([sys.executable, "-c", script, str(store.path)], check=True)
    assert store.current_sitting("ann") is None
    assert [found.question_id for found in store.exclusions()] == ["q1"]


def test_own_writes_are_seen_at_once(store):
    assert store.pending("ann") is None
    store.set_pending("ann", "q1", "{}", 1.0)
    assert store.pending("ann").question_id == "q1"
    store.set_pending("ann", "q1", "{}", 1.0, 2)
    assert store.pending("ann").hints_opened == 2
    store.delete_student("ann")
    assert store.pending("ann") is None


def test_nothing_counts_as_known_where_the_file_cannot_be_asked(store):
    fresh, read = Fresh(store.path), []
    fresh._watch.close()
    for _ in range(3):
        fresh.read("key", lambda: read.append(None))
    assert len(read) == 3

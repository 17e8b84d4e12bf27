"""Several writes as one: all of them are durable at the end, or none."""

import threading

import pytest

from preceptor.domain import ConflictError
from preceptor.store import SqliteStore


def test_nobody_else_sees_anything_before_the_end(store, answer):
    with SqliteStore(store.path) as other:
        with store.together():
            opened = store.open_sitting("ann", 10, 1.0)
            store.append(answer(), opened.sitting_id)
            assert store.written("ann") == (1, 0)
            assert store.current_sitting("ann").answered == 1
            assert other.written("ann") == (0, 0)
            assert other.current_sitting("ann") is None
        assert other.written("ann") == (1, 0)
        assert other.current_sitting("ann").answered == 1


def test_other_threads_of_the_same_store_are_not_inside(store, answer):
    seen = []
    with store.together():
        store.append(answer())
        looking = threading.Thread(target=lambda: seen.append(store.written("ann")))
        looking.start()
        looking.join()
    assert seen == [(0, 0)]
    assert store.written("ann") == (1, 0)


def test_an_error_undoes_all_of_it_and_what_was_read_meanwhile_is_forgotten(store, answer):
    def answer_twice():
        with store.together():
            store.append(answer())
            assert store.pending("ann") is None
            store.append(answer(response="0.5"))

    store.set_pending("ann", "q1", "{}", 1.0)
    with pytest.raises(ConflictError):
        answer_twice()
    assert store.written("ann") == (0, 0)
    assert store.pending("ann").question_id == "q1"


def test_one_inside_another_ends_with_the_outer_one(store, answer):
    def break_off():
        with store.together():
            with store.together():
                store.append(answer())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert store.event("ann", "e1") is None

from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from preceptor.domain import ConflictError
from preceptor.store import SqliteStore, TutorTurn


def turn(key="k1", student_id="ann", **changes):
    told = TutorTurn(student_id, key, None, 1, "q1", "answer", "7", "Yes.", 1_700_000_000.5)
    return replace(told, **changes)


def test_a_turn_is_read_back_unchanged_and_overwritten_by_what_becomes_of_it(store):
    begun = turn(whole=False, reply="Yes.")
    ended = replace(
        begun,
        reply="Yes. Well done.",
        whole=True,
        cites=("e1", "e2"),
        counters={"released": 1, "refused": {"leak": 2}},
        input_tokens=90,
        output_tokens=12,
        cost=0.25,
        milliseconds=80.5,
        model="tiny",
        variant="tasa",
        event_id="k1",
        outcome="correct",
        next_question_id="q2",
    )
    store.keep_turn(begun)
    assert store.turn("ann", "k1") == begun
    store.keep_turn(ended)

    assert store.turns("ann") == (ended,)
    assert store.turn("bob", "k1") is None
    assert store.tokens_of_turns() == (90, 12)


def test_a_key_stands_for_one_message_of_one_student(store):
    store.keep_turn(turn())
    store.keep_turn(turn(student_id="bob", message="8"))

    with pytest.raises(ConflictError, match="k1"):
        store.keep_turn(turn(message="8"))
    assert [kept.message for kept in store.turns("ann")] == ["7"]


def test_turns_are_told_in_order_and_by_sitting(store):
    first = store.open_sitting("ann", 10, 1.0).sitting_id
    store.keep_turn(turn("k2", sitting_id=first))
    second = store.open_sitting("ann", 10, 2.0).sitting_id
    store.keep_turn(turn("k1", sitting_id=second))
    store.keep_turn(turn("k2", sitting_id=first, reply="More."))

    assert [kept.turn_key for kept in store.turns("ann")] == ["k2", "k1"]
    assert [kept.turn_key for kept in store.turns("ann", second)] == ["k1"]


def test_turns_leave_with_the_student(store):
    store.keep_turn(turn())
    store.keep_turn(turn(student_id="bob"))

    assert store.export_student("ann")["turns"][0]["message"] == "7"
    store.delete_student("ann")
    assert store.turns("ann") == ()
    assert len(store.turns("bob")) == 1


def test_a_file_of_the_first_version_gets_the_new_tables_and_keeps_its_answers(tmp_path, answer):
    path = tmp_path / "students.sqlite"
    with SqliteStore(path) as old:
        old.append(answer())
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.exec_driver_sql("DROP TABLE turns")
        connection.exec_driver_sql("PRAGMA user_version = 1")

    with SqliteStore(path) as new:
        new.keep_turn(turn())
        assert [event.event_id for event in new.events("ann")] == ["e1"]
        assert len(new.turns("ann")) == 1

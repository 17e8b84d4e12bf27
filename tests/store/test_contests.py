"""Answers are never changed; a correction beside them is what is read from then on."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from preceptor.domain import Outcome, UserError
from preceptor.store import Authority, Correction, SqliteStore, join_history

RIGHT = Correction("ann", "e1", 0.5, Outcome.CORRECT, Authority.TEACHER, 9.0)


@pytest.fixture
def graded_wrong(store, answer):
    sitting = store.open_sitting("ann", 10, 1.0).sitting_id
    store.append(answer(correct=0.0, outcome=Outcome.WRONG), sitting)
    store.append(answer("e2", correct=1.0), sitting)
    return store


def test_everything_that_is_read_holds_the_grade_that_counts(graded_wrong, answer):
    assert graded_wrong.written("ann") == (2, 0)
    assert graded_wrong.correct(RIGHT)

    read = [event.correct for event in graded_wrong.events("ann")]
    assert read == [0.5, 1.0]
    assert graded_wrong.event("ann", "e1").outcome is Outcome.CORRECT
    assert graded_wrong.sittings("ann")[0].correct == 1.5
    assert graded_wrong.sittings("ann")[0].answered == 2
    assert graded_wrong.written("ann") == (2, 1)
    again, created = graded_wrong.append(answer(correct=0.0, outcome=Outcome.WRONG))
    assert (again.correct, created) == (0.5, False)


def test_the_answer_itself_stays_as_it_was(graded_wrong):
    graded_wrong.correct(RIGHT)

    exported = graded_wrong.export_student("ann")
    assert [row["correct"] for row in exported["events"]] == [0.0, 1.0]
    assert exported["corrections"][0]["by"] == "teacher"


def test_a_correction_is_final(graded_wrong):
    graded_wrong.correct(RIGHT)
    again = Correction("ann", "e1", 0.0, Outcome.WRONG, Authority.CHECKER, 10.0)

    assert not graded_wrong.correct(again)
    assert graded_wrong.event("ann", "e1").correct == 0.5
    with create_engine(f"sqlite:///{graded_wrong.path}").begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("UPDATE corrections SET correct = 0")


def test_what_was_never_answered_is_not_corrected(graded_wrong):
    with pytest.raises(IntegrityError):
        graded_wrong.correct(Correction("bob", "e1", 1.0, Outcome.CORRECT, Authority.TEACHER, 9.0))


def test_an_answer_is_contested_once(graded_wrong):
    first = graded_wrong.contest("ann", "e1", "it is 7", None, 5.0)
    assert graded_wrong.contest("ann", "e1", "really", True, 6.0, RIGHT) == first
    assert graded_wrong.contests() == (first,)
    assert graded_wrong.contests("bob") == ()
    assert (first.correction, first.settled) == (None, False)
    assert graded_wrong.written("ann") == (2, 0)


def test_a_contest_and_its_correction_are_stored_together(graded_wrong):
    found = graded_wrong.contest("ann", "e1", "", True, 5.0, RIGHT)
    assert (found.correction, found.settled) == (RIGHT, True)
    assert graded_wrong.contest_of("ann", "e1") == found
    assert graded_wrong.contest_of("ann", "e2") is None


def test_a_teacher_upholds(graded_wrong):
    found = graded_wrong.contest("ann", "e1", "", False, 5.0)
    graded_wrong.uphold(found.contest_id)
    assert graded_wrong.contest_of("ann", "e1").settled
    with pytest.raises(UserError, match="There is no contest 77"):
        graded_wrong.uphold(77)


def test_an_exported_answer_keeps_its_place_and_follows_its_correction(graded_wrong):
    exported = graded_wrong.events("ann")[:1]
    graded_wrong.correct(RIGHT)

    joined = join_history(exported, graded_wrong.events("ann"))
    assert [event.correct for event in joined] == [0.5, 1.0]


def test_a_file_of_an_earlier_version_gets_the_tables(tmp_path, answer):
    path = tmp_path / "students.sqlite"
    with SqliteStore(path) as old:
        old.append(answer(correct=0.0, outcome=Outcome.WRONG))
    with create_engine(f"sqlite:///{path}").begin() as connection:
        for table in ("contests", "corrections"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("PRAGMA user_version = 2")

    with SqliteStore(path) as new:
        new.contest("ann", "e1", "", True, 5.0, RIGHT)
        assert new.event("ann", "e1").correct == 0.5

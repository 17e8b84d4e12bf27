import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from preceptor.domain import ConflictError, Interaction, Outcome, UserError
from preceptor.store import Authority, Correction, Exclusion, Pending, SqliteStore, StoredDialogue, TutorTurn


def test_an_appended_answer_is_read_back_unchanged(store, answer):
    sent = answer()

    assert store.append(sent) == (sent, True)
    assert store.events("ann") == (sent,)
    assert store.event("ann", "e1") == sent
    assert store.event("ann", "e2") is None


def test_unknown_time_and_duration_stay_unknown(store, answer):
    store.append(answer(time_seconds=None, duration_seconds=None, outcome=Outcome.DONT_KNOW, correct=0.0))

    stored = store.events("ann")[0]

    assert stored.time_seconds is None
    assert stored.duration_seconds is None
    assert stored.outcome is Outcome.DONT_KNOW


def test_positions_are_counted_per_student_whatever_the_caller_says(store, answer):
    for event_id, student_id in (("e1", "ann"), ("e2", "bob"), ("e3", "ann")):
        store.append(answer(event_id, student_id, position=40))

    assert [event.position for event in store.events("ann")] == [0, 1]
    assert [event.position for event in store.events("bob")] == [0]
    assert store.append(answer("e3", position=7))[0].position == 1


def test_the_same_key_again_changes_nothing_and_returns_the_first(store, answer):
    first, _ = store.append(answer())

    again, created = store.append(answer(time_seconds=5.0, duration_seconds=None, hints_used=0))

    assert (again, created) == (first, False)
    assert len(store.events("ann")) == 1


@pytest.mark.parametrize(
    "change",
    [{"response": "1/3"}, {"question_id": "q2"}],
)
def test_the_same_key_for_another_answer_is_refused(store, answer, change):
    store.append(answer())

    with pytest.raises(ConflictError, match="already stands for a different answer"):
        store.append(answer(**change))
    assert store.events("ann") == (answer(),)


@pytest.mark.parametrize("change", [{"correct": 0.5}, {"revision": "r2"}, {"outcome": Outcome.WRONG}])
def test_a_retry_that_is_graded_otherwise_keeps_the_first_grade(store, answer, change):
    store.append(answer())
    assert store.append(answer(**change)) == (answer(), False)
    assert store.event_count("ann") == 1


def test_two_students_may_use_the_same_key(store, answer):
    assert store.append(answer(student_id="ann"))[1]
    assert store.append(answer(student_id="bob"))[1]


def test_events_can_not_be_changed_behind_the_store(store, answer):
    store.append(answer())

    with pytest.raises(IntegrityError, match="append-only"), store._writing() as connection:
        connection.execute(text("UPDATE events SET correct = 0"))


def test_credit_outside_0_to_1_never_enters(store, answer):
    with pytest.raises(IntegrityError):
        store.append(answer(correct=1.5))
    assert store.events("ann") == ()


def test_many_threads_lose_and_double_nothing(store, answer):
    keys = [f"e{i % 60}" for i in range(120)]  # every key is sent twice

    with ThreadPoolExecutor(8) as pool:
        created = list(pool.map(lambda key: store.append(answer(key))[1], keys))

    stored = store.events("ann")
    assert sum(created) == 60
    assert {event.event_id for event in stored} == set(keys)
    assert [event.position for event in stored] == list(range(60))


def test_a_reopened_store_continues_where_it_was(tmp_path, answer):
    path = tmp_path / "students.sqlite"
    with SqliteStore(path) as store:
        sitting = store.open_sitting("ann", 10, 1.0)
        store.append(answer(), sitting.sitting_id)
        store.set_pending("ann", "q2", '{"text": "weakest"}', 3.0, hints_opened=2)

    with SqliteStore(path) as store:
        assert store.events("ann") == (answer(),)
        assert store.current_sitting("ann") == replace(sitting, answered=1, correct=1.0)
        assert store.pending("ann") == Pending("q2", '{"text": "weakest"}', 3.0, 2)


def test_a_sitting_counts_its_answers_and_ends(store, answer):
    store.append(answer("before"))
    sitting = store.open_sitting("ann", 2, 100.0)
    store.append(answer("e1"), sitting.sitting_id)
    assert not store.current_sitting("ann").reached
    store.append(answer("e2", correct=0.0, outcome=Outcome.WRONG), sitting.sitting_id)

    closed = store.close_sitting("ann", 200.0)

    assert (closed.answered, closed.correct, closed.closed_seconds, closed.reached) == (2, 1.0, 200.0, True)
    assert store.current_sitting("ann") is None
    assert store.close_sitting("ann", 300.0) is None
    assert [e.event_id for e in store.events("ann", sitting.sitting_id)] == ["e1", "e2"]
    assert [e.position for e in store.events("ann", sitting.sitting_id)] == [1, 2]


def test_opening_a_sitting_closes_the_one_before(store):
    store.open_sitting("ann", 5, 1.0)
    store.open_sitting("bob", 5, 1.0)
    second = store.open_sitting("ann", 8, 2.0)

    assert [sitting.closed_seconds for sitting in store.sittings("ann")] == [2.0, None]
    assert store.current_sitting("ann") == second
    assert store.current_sitting("bob").closed_seconds is None


def test_an_answer_in_a_sitting_of_somebody_else_is_refused_and_not_stored(store, answer):
    sitting = store.open_sitting("bob", 5, 1.0)

    with pytest.raises(UserError, match="not a sitting of 'ann'"):
        store.append(answer(), sitting.sitting_id)
    assert store.events("ann") == ()


def test_an_answer_takes_its_question_off_the_screen_and_no_other(store, answer):
    store.set_pending("ann", "q1", "{}", 1.0)
    store.set_pending("bob", "q1", "{}", 1.0)
    store.append(answer())
    assert store.pending("ann") is None
    assert store.pending("bob").question_id == "q1"

    store.set_pending("ann", "q2", "{}", 2.0)
    store.append(answer("late", question_id="q9"))
    assert store.pending("ann").question_id == "q2"


def test_the_question_on_the_screen_is_replaced(store):
    store.set_pending("ann", "q1", "{}", 1.0)
    store.set_pending("ann", "q1", "{}", 1.0, hints_opened=1)

    assert store.pending("ann") == Pending("q1", "{}", 1.0, 1)


def test_names_stand_apart_from_answers(store, answer):
    store.append(answer())
    store.set_display_name("ann", "Ann Bee")
    store.set_display_name("ann", "Ann Lee")

    assert store.display_names() == {"ann": "Ann Lee"}
    assert "Lee" not in repr(store.events("ann"))


def test_the_roster_holds_who_answered_sat_down_or_was_named(store, answer):
    store.append(answer(student_id="cid"))
    store.open_sitting("bob", 5, 1.0)
    store.set_display_name("ann", "Ann")
    store.set_display_name("cid", "Cid")

    assert store.students() == ("ann", "bob", "cid")


def test_a_question_is_excluded_and_included_again(store):
    store.exclude("q2", "typo", 2.0)
    store.exclude("q1", "too hard", 1.0)
    store.exclude("q2", "wrong key", 3.0)
    assert store.exclusions() == (Exclusion("q1", "too hard", 1.0), Exclusion("q2", "wrong key", 3.0))

    store.include("q1")
    assert [exclusion.question_id for exclusion in store.exclusions()] == ["q2"]


def test_a_report_of_a_wrong_key_is_kept_until_resolved(store):
    first = store.report_key("ann", "q1", "it is 4", 1.0)
    second = store.report_key("bob", "q1", "", 2.0)
    store.resolve_key_report(first.report_id)

    assert store.key_reports() == (replace(first, resolved=True), second)
    with pytest.raises(UserError, match="no report 99"):
        store.resolve_key_report(99)


def fill(store: SqliteStore, student_id: str, answer) -> None:
    sitting = store.open_sitting(student_id, 5, 1.0)
    store.append(answer("e1", student_id, response=f"secret-of-{student_id}"), sitting.sitting_id)
    store.set_pending(student_id, "q2", "{}", 1.0)
    store.set_display_name(student_id, f"name-of-{student_id}")
    store.report_key(student_id, "q1", "note", 1.0)
    store.add_persona(student_id, 1.0, "e1", {"of": student_id})
    store.keep_dialogues([StoredDialogue(student_id, "TASA", "discount", [{"text": f"secret-of-{student_id}"}])])
    store.keep_turn(TutorTurn(student_id, "k1", sitting.sitting_id, 1, "q1", "answer", "7", "Yes.", 1.0))
    correction = Correction(student_id, "e1", 1.0, Outcome.CORRECT, Authority.CHECKER, 2.0)
    store.contest(student_id, "e1", "note", True, 2.0, correction)


def test_an_export_holds_everything_of_one_student_as_json(store, answer):
    fill(store, "ann", answer)
    fill(store, "bob", answer)

    exported = json.loads(json.dumps(store.export_student("ann")))

    assert {name: len(rows) for name, rows in exported.items()} == {
        "events": 1,
        "sittings": 1,
        "pending": 1,
        "display_names": 1,
        "key_reports": 1,
        "turns": 1,
        "personas": 1,
        "imported_dialogues": 1,
        "corrections": 1,
        "contests": 1,
    }
    assert exported["events"][0]["response"] == "secret-of-ann"
    assert "bob" not in json.dumps(exported)


def test_a_deleted_student_leaves_no_row_and_no_byte(store, answer):
    fill(store, "ann", answer)
    fill(store, "bob", answer)

    assert store.delete_student("ann") == 10

    assert not any(store.export_student("ann").values())
    assert store.students() == ("bob",)
    assert len(store.events("bob")) == 1
    files = store.path.parent.glob("students.sqlite*")
    assert not any(b"ann" in file.read_bytes() for file in files)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(
    st.lists(
        st.builds(
            Interaction,
            event_id=st.text(min_size=1, max_size=8),
            student_id=st.just("s"),
            question_id=st.text(max_size=5),
            revision=st.text(max_size=5),
            correct=st.floats(0, 1),
            position=st.just(0),
            time_seconds=st.none() | st.floats(0, 4e9),
            response=st.text(max_size=10),
            duration_seconds=st.none() | st.floats(0, 1e5),
            outcome=st.sampled_from(Outcome),
            hints_used=st.integers(0, 9),
        ),
        max_size=6,
        unique_by=lambda event: event.event_id,
    )
)
def test_whatever_is_appended_is_read_back(tmp_path_factory, sent):
    with SqliteStore(tmp_path_factory.mktemp("store") / "s.sqlite") as store:
        for event in sent:
            store.append(event)
        assert store.events("s") == tuple(replace(event, position=i) for i, event in enumerate(sent))


def test_events_are_read_from_any_place_with_their_own_positions(store, answer):
    for number in range(4):
        store.append(answer(f"e{number}"))

    assert [(event.event_id, event.position) for event in store.events("ann", since=2)] == [("e2", 2), ("e3", 3)]
    assert store.events("ann", since=9) == ()


def test_answers_of_a_sitting_keep_their_place_among_all(store, answer):
    first = store.open_sitting("ann", 2, 1.0)
    store.append(answer("e1"), first.sitting_id)
    store.append(answer("b1", student_id="bob"))
    store.append(answer("e2"))
    second = store.open_sitting("ann", 2, 2.0)
    store.append(answer("e3"), second.sitting_id)
    store.append(answer("e4"), first.sitting_id)

    assert [(e.event_id, e.position) for e in store.events("ann", first.sitting_id)] == [("e1", 0), ("e4", 3)]
    assert [(e.event_id, e.position) for e in store.events("ann", second.sitting_id)] == [("e3", 2)]
    assert [e.event_id for e in store.events("ann", first.sitting_id, since=1)] == ["e4"]
    assert [sitting.answered for sitting in store.sittings("ann")] == [2, 1]
    assert store.current_sitting("ann").answered == 1

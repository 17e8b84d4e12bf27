from preceptor.store import join_history


def test_live_answers_follow_imported_ones_and_are_numbered_through(answer):
    imported = [answer("a", position=0), answer("b", position=1)]
    live = [answer("c", position=0), answer("d", position=1)]

    joined = join_history(imported, live)

    assert [(event.event_id, event.position) for event in joined] == [("a", 0), ("b", 1), ("c", 2), ("d", 3)]


def test_an_event_in_both_counts_once_at_its_imported_place(answer):
    joined = join_history([answer("a"), answer("b")], [answer("a", response="other"), answer("c")])

    assert [event.event_id for event in joined] == ["a", "b", "c"]
    assert joined[0].response == "1/2"


def test_no_history_is_empty():
    assert join_history([], []) == ()

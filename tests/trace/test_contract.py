"""Every tracer keeps the contract; a new one is tested by its registry line alone."""

from dataclasses import fields, replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import QMatrix, UserError
from preceptor.trace import (
    Answers,
    StaleStateError,
    load_tracer,
    make_tracer,
    pack_state,
    question_rows,
    score_by_replay,
    tracer_class,
    tracer_names,
    unpack_state,
)

every_tracer = pytest.mark.parametrize("name", tracer_names())
UNTIMED = np.array([np.nan])
DAY = 86_400.0
TIMES = st.sampled_from([np.nan, 0.0, 40.0, 3_600.0, DAY, 8 * DAY, 5_000 * DAY])
"""In any order, for clocks also run backward."""
DURATIONS = st.sampled_from([np.nan, 0.0, 3.0, 60.0, 1e6])
ANSWER = st.tuples(st.integers(0, 11), st.sampled_from([0.0, 0.3, 1.0]), TIMES, DURATIONS)
ANSWERS = st.lists(ANSWER, min_size=1, max_size=12)


def arrays(state):
    return {f.name: torch.as_tensor(getattr(state, f.name)).numpy().copy() for f in fields(state)}


def same(one, other):
    return all(np.array_equal(array, arrays(other)[name]) for name, array in arrays(one).items())


def replayed(tracer, answers, n=1):
    """The state after answers of (question, credit) or (question, credit, time, duration)."""
    state = tracer.initial(n)
    for question, credit, *when in answers:
        time, duration = when or (np.nan, np.nan)
        columns = np.full(n, credit, np.float32), np.full(n, time), np.full(n, duration, np.float32)
        state = tracer.update(state, Answers(np.full(n, question), *columns))
    return state


def everything(tracer, state, n=1, seconds=np.nan):
    at = np.full(n, seconds)
    questions = np.tile(np.arange(12), (n, 1))
    return np.hstack([tracer.predict(state, questions, at), tracer.mastery(state, np.arange(4), at)])


@every_tracer
@settings(deadline=None, derandomize=True, max_examples=15)
@given(answers=ANSWERS, data=st.data())
def test_a_prediction_never_sees_the_present_or_a_later_answer(name, answers, data, fitted, make_log):
    tracer = fitted(name)
    first_changed = data.draw(st.integers(0, len(answers) - 1))
    question, credit, time, _ = answers[first_changed]
    present = (question, 1 - credit, time, data.draw(DURATIONS))  # what and when is asked is known before the answer
    later = data.draw(st.lists(ANSWER, min_size=1, max_size=3))
    changed = [*answers[:first_changed], present, *later]
    before, after = (tracer.score(make_log([rows]))[: first_changed + 1] for rows in (answers, changed))
    np.testing.assert_allclose(before, after, atol=1e-6, rtol=0)


@every_tracer
def test_a_prediction_does_see_the_earlier_answers(name, fitted, make_log):
    right, wrong = (fitted(name).score(make_log([[(0, c)] * 4 + [(0, 0)]])) for c in (1.0, 0.0))
    assert right[0] == pytest.approx(wrong[0])
    assert (right[1:] > wrong[1:] + 0.01).all()


@every_tracer
@settings(deadline=None, derandomize=True, max_examples=15)
@given(histories=st.lists(st.one_of(st.just([]), ANSWERS), min_size=1, max_size=5))
def test_scores_equal_stepping_through_the_log(name, histories, fitted, make_log):
    tracer, log = fitted(name), make_log(histories)
    np.testing.assert_allclose(tracer.score(log), score_by_replay(tracer, log), atol=1e-5, rtol=0)


@every_tracer
def test_scores_equal_stepping_by_hand_through_each_history(name, fitted, test_log):
    tracer, rows = fitted(name), question_rows(test_log, fitted(name).q_matrix)
    expected = np.empty(len(test_log))
    for begin, end in zip(test_log.offsets[:-1], test_log.offsets[1:], strict=True):
        state = tracer.initial(1)
        for row in range(begin, end):
            own = slice(row, row + 1)
            times, durations = test_log.time_seconds[own], test_log.duration_seconds[own]
            expected[row] = tracer.predict(state, rows[None, own], times)[0, 0]
            state = tracer.update(state, Answers(rows[own], test_log.correct[own], times, durations))
    np.testing.assert_allclose(tracer.score(test_log), expected, atol=1e-5, rtol=0)


@every_tracer
def test_an_empty_log_has_no_scores(name, fitted, make_log):
    assert fitted(name).score(make_log([])).shape == (0,)
    assert fitted(name).score(make_log([[], []])).shape == (0,)


@every_tracer
@settings(deadline=None, derandomize=True, max_examples=25)
@given(answers=ANSWERS, seconds=TIMES)
def test_predictions_are_probabilities(name, answers, seconds, fitted):
    tracer = fitted(name)
    values = everything(tracer, replayed(tracer, answers), seconds=seconds)
    assert values.dtype == np.float32
    assert ((values > 0) & (values < 1)).all()


@every_tracer
def test_updating_leaves_the_old_state_as_it_was(name, fitted):
    tracer = fitted(name)
    state = replayed(tracer, [(0, 1), (9, 0)])
    before = arrays(state)
    after = tracer.update(state, Answers.untimed(np.array([3]), np.array([1.0])))
    tracer.predict(state, np.array([[0, 9]]), UNTIMED)
    assert all(np.array_equal(array, arrays(state)[field]) for field, array in before.items())
    assert not same(after, state)


@every_tracer
def test_many_students_at_once_equal_each_alone(name, fitted):
    tracer, rng = fitted(name), np.random.default_rng(2)
    questions, credit = rng.integers(0, 12, (6, 9)), rng.random((6, 9)) < 0.5
    together = tracer.initial(9)
    alone = [tracer.initial(1) for _ in range(9)]
    for asked, right in zip(questions, credit, strict=True):
        together = tracer.update(together, Answers.untimed(asked, right))
        alone = [
            tracer.update(state, Answers.untimed(asked[i : i + 1], right[i : i + 1])) for i, state in enumerate(alone)
        ]
    one_by_one = np.concatenate([everything(tracer, state) for state in alone])
    np.testing.assert_allclose(everything(tracer, together, 9), one_by_one, atol=1e-6, rtol=0)
    assert np.ptp(one_by_one, axis=0).max() > 0.01


@every_tracer
def test_states_can_be_selected_repeated_and_joined(name, fitted):
    tracer = fitted(name)
    parts = [replayed(tracer, [(0, 1)]), replayed(tracer, [(4, 0), (5, 0)]), replayed(tracer, [])]
    joined = type(parts[0]).joined(parts)
    assert all(same(joined.take(np.array([i])), part) for i, part in enumerate(parts))
    assert same(joined.take(np.array([2, 0, 0])), type(joined).joined([parts[2], parts[0], parts[0]]))
    assert everything(tracer, joined.take(np.arange(0)), 0).shape == (0, 16)


@every_tracer
def test_branches_are_what_updating_each_would_give(name, fitted):
    tracer = fitted(name)
    parts = [replayed(tracer, [(0, 1)]), replayed(tracer, [(4, 0), (5, 0)]), replayed(tracer, [])]
    state, before = type(parts[0]).joined(parts), [arrays(part) for part in parts]
    student, answers = np.array([1, 1, 0, 2]), Answers.untimed(np.array([3, 9, 9, 0]), np.array([1.0, 0.0, 0.5, 1.0]))
    found = tracer.branches(state, student, answers)
    expected = tracer.update(state.take(student), answers)
    np.testing.assert_allclose(everything(tracer, found, 4), everything(tracer, expected, 4), atol=1e-6, rtol=0)
    for i, kept in enumerate(before):
        own = arrays(state.take(np.array([i])))
        assert all(np.array_equal(array, own[field]) for field, array in kept.items())


@every_tracer
def test_mastery_of_some_concepts_is_that_among_all(name, fitted):
    tracer = fitted(name)
    joined = [replayed(tracer, [(0, 1)]), replayed(tracer, [(4, 0), (5, 0)]), replayed(tracer, [])]
    state, times, concepts = type(joined[0]).joined(joined), np.full(3, np.nan), np.array([[0, 3], [2, 2], [1, 0]])
    every = tracer.mastery(state, np.arange(4), times)
    found = tracer.mastery_of(state, concepts, times)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, np.take_along_axis(every, concepts, axis=1), atol=1e-6, rtol=0)


@every_tracer
def test_partial_credit_lies_between_right_and_wrong(name, fitted):
    tracer = fitted(name)
    wrong, part, right = (tracer.mastery(replayed(tracer, [(2, c)] * 3), [1], UNTIMED)[0, 0] for c in (0, 0.5, 1))
    assert wrong + 0.01 < part < right - 0.01


@every_tracer
def test_unknown_times_and_durations_are_allowed(name, fitted, test_log):
    tracer = fitted(name)
    untimed = replace(test_log, time_seconds=np.full(len(test_log), np.nan))
    assert np.isfinite(tracer.score(untimed)).all()
    if not tracer.time_aware:
        np.testing.assert_array_equal(tracer.score(untimed), tracer.score(test_log))


@every_tracer
def test_times_and_durations_change_the_predictions_of_those_that_use_them_alone(name, fitted, test_log):
    tracer = fitted(name)
    faster = replace(test_log, duration_seconds=test_log.duration_seconds / 10)
    slower = replace(test_log, time_seconds=test_log.time_seconds * 100)
    for use, other in (("durations", faster), ("times", slower)):
        moved = np.abs(tracer.score(other) - tracer.score(test_log)).max()
        assert (moved > 1e-4) == (use in tracer.uses), use


@every_tracer
def test_the_seed_decides_everything(name, make, fitted, train, valid, test_log, clock):
    again, other = make(name), make(name)
    torch.manual_seed(99)
    again.fit(train, valid, seed=1, clock=clock)
    other.fit(train, valid, seed=2, clock=clock)
    np.testing.assert_array_equal(again.score(test_log), fitted(name).score(test_log))
    if name not in ("history", "bkt", "das3h"):  # which have one best fit, found without chance
        assert np.abs(other.score(test_log) - again.score(test_log)).max() > 1e-4


@every_tracer
def test_fitting_leaves_the_global_chance_alone(name, make, train, valid, clock):
    tracer = make(name)
    before = torch.get_rng_state()
    np.random.seed(3)
    expected = np.random.RandomState(3).random()
    tracer.fit(train, valid, seed=1, clock=clock)
    assert torch.equal(torch.get_rng_state(), before)
    assert np.random.random() == expected


@every_tracer
def test_fitting_twice_starts_afresh(name, make, fitted, train, valid, test_log, clock):
    tracer = make(name)
    tracer.fit(test_log, valid, seed=7, clock=clock)
    tracer.fit(train, valid, seed=1, clock=clock)
    np.testing.assert_array_equal(tracer.score(test_log), fitted(name).score(test_log))


@every_tracer
def test_saved_and_loaded_it_is_the_same(name, fitted, q_matrix, test_log, tmp_path):
    tracer = fitted(name)
    tracer.save(tmp_path)
    loaded = load_tracer(tmp_path, q_matrix)
    assert type(loaded) is type(tracer)
    np.testing.assert_array_equal(loaded.score(test_log), tracer.score(test_log))
    state = replayed(loaded, [(0, 1), (10, 0)])
    np.testing.assert_array_equal(everything(loaded, state), everything(tracer, replayed(tracer, [(0, 1), (10, 0)])))


@every_tracer
def test_states_serialise_with_the_version_of_their_model(name, fitted, make):
    tracer = fitted(name)
    state = replayed(tracer, [(0, 1), (9, 0), (3, 1)], n=2)
    packed = pack_state(state, tracer.version)
    unpacked = unpack_state(packed, tracer.initial(0), tracer.version)
    assert same(unpacked, state)
    np.testing.assert_array_equal(everything(tracer, unpacked, 2), everything(tracer, state, 2))
    with pytest.raises(StaleStateError, match="replay the history"):
        unpack_state(packed, tracer.initial(0), make(name).version)


@every_tracer
def test_a_loaded_model_has_the_version_of_the_saved_one(name, fitted, q_matrix, tmp_path):
    fitted(name).save(tmp_path)
    assert load_tracer(tmp_path, q_matrix).version == fitted(name).version


@every_tracer
def test_inputs_are_declared_in_the_words_of_the_contract(name):
    kind = tracer_class(name)
    assert kind.options <= {"size", "questions", "vectors", "device"}
    assert kind.needs <= kind.uses <= {"times", "durations", "question ids", "vectors"}


@every_tracer
def test_questions_may_be_added_after_training(name, fitted, q_matrix, test_log, tmp_path):
    tracer = fitted(name)
    tracer.save(tmp_path)
    grown = QMatrix(
        ("new", *q_matrix.question_ids),
        q_matrix.concept_ids,
        np.vstack([[[2, -1]], q_matrix.concepts]).astype(np.int32),
        np.append(np.float32(np.nan), q_matrix.guess),
    )
    loaded = load_tracer(tmp_path, grown)
    np.testing.assert_allclose(loaded.score(test_log), tracer.score(test_log), atol=1e-6)
    assert 0 < loaded.predict(loaded.initial(1), np.array([[0]]), UNTIMED)[0, 0] < 1


@every_tracer
def test_questions_of_one_class_are_predicted_alike(name, fitted, q_matrix):
    tracer = fitted(name)
    representative, class_of = tracer.distinct()
    assert class_of.shape == (12,)
    np.testing.assert_array_equal(class_of[representative], np.arange(len(representative)))
    state, at = replayed(tracer, [(0, 1), (9, 0), (5, 1)]), UNTIMED
    every = tracer.predict(state, np.arange(12)[None], at)
    of_classes = tracer.predict(state, representative[None], at)
    np.testing.assert_allclose(of_classes[:, class_of], every, atol=1e-6)


@every_tracer
def test_arrays_may_be_read_only(name, fitted, make, train, valid, test_log, clock):
    """Broadcast questions and memory-mapped logs are; torch warns once a process unless told to warn always."""

    names = ("question", "correct", "time_seconds", "duration_seconds")

    def locked(log):
        columns = {column: getattr(log, column).copy() for column in names}
        for column in columns.values():
            column.flags.writeable = False
        return replace(log, **columns)

    torch.set_warn_always(True)
    try:
        tracer = make(name)
        tracer.fit(locked(train), locked(valid), seed=1, clock=clock)
        np.testing.assert_array_equal(tracer.score(locked(test_log)), fitted(name).score(test_log))
        asked, credit = np.broadcast_to(3, (1,)), np.broadcast_to(np.float32(1), (1,))
        state = tracer.update(tracer.initial(1), Answers(asked, credit, UNTIMED, np.array([np.nan], np.float32)))
        tracer.predict(state, np.broadcast_to(np.arange(12), (1, 12)), UNTIMED)
    finally:
        torch.set_warn_always(False)


@every_tracer
def test_training_shows(name, fitted, make, train, valid, test_log, clock):
    progress = []
    report = make(name).fit(train, valid, seed=1, clock=clock, progress=lambda *done: progress.append(done))
    assert report.interactions == len(train)
    assert len(report.valid_log_loss) == report.epochs
    assert progress[-1][1] <= progress[-1][2]
    assert {what for what, _, _ in progress} == {name}


@every_tracer
def test_a_question_that_the_bank_does_not_know_is_a_user_error(name, fitted, make_log):
    with pytest.raises(UserError, match="1 questions that the bank does not know, for example 'stranger'"):
        fitted(name).score(make_log([[(0, 1), (1, 1)]], question_ids=("q0", "stranger")))


def test_names_in_the_log_that_nobody_answered_do_no_harm(fitted, make_log):
    assert fitted("history").score(make_log([[(0, 1)]], question_ids=("q0", "stranger"))).shape == (1,)


def test_an_unknown_tracer_is_named(q_matrix):
    with pytest.raises(UserError, match="did you mean 'dkt'"):
        make_tracer("dktt", q_matrix)

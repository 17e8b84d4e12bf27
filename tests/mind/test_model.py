from dataclasses import fields, replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import SECONDS_PER_DAY, Interaction, recall
from preceptor.forgetting import NoForgetting, PowerCurve
from preceptor.mind import MindModel, replay_log
from preceptor.trace import Answers, make_tracer, tracer_class, tracer_names
from preceptor.trace.history import HistoryTracer

START = 1_756_684_800.0
ALL = np.arange(6)[None]


def arrays(minds):
    """Everything a mind holds, by name."""
    found = {name: getattr(minds, name) for name in ("recent", "last_seen", "answered")}
    for part in (minds.tracer_state, minds.practice):
        found |= {f"{type(part).__name__}.{f.name}": torch.as_tensor(getattr(part, f.name)) for f in fields(part)}
    return {name: np.asarray(value) for name, value in found.items()}


def assert_same(one, other):
    for name, array in arrays(one).items():
        np.testing.assert_array_equal(array, arrays(other)[name], err_msg=name)


def interaction(question, correct, day, position=0):
    seconds = None if day is None else START + day * SECONDS_PER_DAY
    return Interaction(f"e{position}", "s", f"q{question}", "r", correct, position, seconds)


def replayed(model, *answers):
    return model.replay(interaction(*answer, position=i) for i, answer in enumerate(answers))


def at(day):
    return np.array([START + day * SECONDS_PER_DAY])


def test_the_same_history_gives_the_same_mind_bit_for_bit(model, log):
    longest = log.student_ids[np.diff(log.offsets).argmax()]
    assert_same(model.replay(log.interactions(longest)), model.replay(log.interactions(longest)))


def test_one_answer_more_is_the_same_as_replaying_all(model, log):
    history = list(log.interactions(log.student_ids[np.diff(log.offsets).argmax()]))
    mind = model.initial(1)
    for length, one in enumerate(history, 1):
        mind = model.answer_alike(mind, one)
        assert_same(mind, model.replay(history[:length]))


def test_an_answer_leaves_the_mind_before_as_it_was(model):
    mind = replayed(model, (0, 1.0, 0))
    before = {name: array.copy() for name, array in arrays(mind).items()}
    model.answer_alike(mind, interaction(3, 0.0, 1))
    for name, array in before.items():
        np.testing.assert_array_equal(array, arrays(mind)[name], err_msg=name)


def test_a_mind_remembers_order_and_what_was_last_seen(model):
    mind = replayed(model, *((q, 1.0, day) for day, q in enumerate([0, 1, 2, 0, 1, 4, 5, 5, 3, 3, 3, 2])))
    assert mind.recent[0].tolist() == [2, 0, 1, 4, 5, 5, 3, 3, 3, 2]
    assert mind.last_seen[0].tolist() == [3, 4, 11, 10, 5, 7]
    assert mind.answered[0] == 12
    fresh = model.initial(1)
    assert set(fresh.recent[0]) == set(fresh.last_seen[0]) == {-1}


def test_an_answer_to_a_question_that_left_the_bank_changes_nothing(model):
    mind = replayed(model, (0, 1.0, 0))
    gone = replace(interaction(0, 1.0, 1), question_id="gone")
    assert_same(model.answer_alike(mind, gone), mind)


def test_recall_is_mastery_right_after_practice_and_falls_later(model):
    mind = replayed(model, (0, 1.0, 0), (2, 1.0, 0), (4, 1.0, 0), (0, 1.0, 0))
    np.testing.assert_allclose(model.recall(mind, at(0)), model.mastery(mind, at(0)))
    over_time = np.concatenate([model.recall(mind, at(day)) for day in (0, 0.1, 1, 7, 60, 3650)])
    assert (np.diff(over_time, axis=0) < 0).all()
    assert (over_time >= 0.1).all()


def test_concepts_never_practised_do_not_fade(model):
    mind = replayed(model, (0, 1.0, 0))
    np.testing.assert_array_equal(model.retention(mind, at(100))[0, 1:], 1.0)
    np.testing.assert_array_equal(model.recall(mind, at(0))[0, 1:], model.recall(mind, at(100))[0, 1:])
    assert model.retention(mind, at(100))[0, 0] < 0.9


def test_practice_of_one_concept_leaves_the_clock_of_the_others(model):
    early = replayed(model, (0, 1.0, 0), (2, 1.0, 5))
    late = replayed(model, (0, 1.0, 5), (2, 1.0, 5))
    assert model.retention(early, at(6))[0, 0] < model.retention(late, at(6))[0, 0]
    assert model.retention(early, at(6))[0, 1] == model.retention(late, at(6))[0, 1]


def test_without_times_nothing_fades(model, log):
    mind = replayed(model, (0, 1.0, None), (3, 0.0, None))
    np.testing.assert_array_equal(model.retention(mind, at(1000)), 1.0)
    np.testing.assert_allclose(model.recall(mind, at(1000)), model.mastery(mind, at(1000)))
    untimed = replace(log, time_seconds=np.full(len(log), np.nan))
    np.testing.assert_allclose(
        model.score(untimed), MindModel(model.tracer, Frozen.from_dict(model.curve.to_dict())).score(log), atol=1e-6
    )


def test_recall_of_some_concepts_is_their_recall_among_all(model, log):
    minds = replay_log(model, log, np.arange(12))
    later = log.time_seconds.max() + SECONDS_PER_DAY * np.arange(1.0, 13.0)
    concepts = np.arange(24).reshape(12, 2) * 5 % 7 % 3
    practice = minds.practice.entries(np.arange(12), concepts)
    found = model.recall_of(minds.tracer_state, practice, concepts, later)
    np.testing.assert_allclose(found, np.take_along_axis(model.recall(minds, later), concepts, axis=1), rtol=1e-5)


def test_recall_after_an_answer_is_that_of_the_mind_that_gave_it(model, log):
    minds, k = replay_log(model, log, np.arange(12)), model.q_matrix.concepts
    student, question = np.array([3, 3, 7, 0]), np.array([0, 1, 2, 1])
    now = np.full(4, log.time_seconds.max() + SECONDS_PER_DAY)
    unknown = np.full(4, np.nan, dtype=np.float32)
    answers = Answers(question, np.array([1.0, 0.0, 1.0, 1.0], dtype=np.float32), now, unknown)
    found = model.recall_after(minds, student, answers, now + SECONDS_PER_DAY)
    expected = model.recall(model.answer(minds.take(student), answers), now + SECONDS_PER_DAY)
    real = k[question] >= 0
    expected = np.take_along_axis(expected, np.maximum(k[question], 0), axis=1)
    np.testing.assert_allclose(found[real], expected[real], rtol=1e-5)


class Frozen(PowerCurve):
    """The same recalibration without any fading."""

    def retained(self, concepts, counters, elapsed_days):
        return np.ones(elapsed_days.shape)


class TimeAware(HistoryTracer):
    time_aware = True


def test_a_tracer_that_knows_time_gets_no_curve(bank, curve):
    model = MindModel(TimeAware(bank.q_matrix), curve)
    assert isinstance(model.curve, NoForgetting)
    mind = replayed(model, (0, 1.0, 0), (0, 1.0, 1))
    raw = model.tracer.mastery(mind.tracer_state, np.arange(3), at(300))
    np.testing.assert_allclose(model.recall(mind, at(300)), raw, rtol=1e-7)
    predicted = model.tracer.predict(mind.tracer_state, ALL, at(300))
    np.testing.assert_allclose(model.p_correct(mind, ALL, at(300)), predicted, rtol=1e-7)


@pytest.mark.parametrize("name", [name for name in tracer_names() if tracer_class(name).time_aware])
def test_every_tracer_that_knows_time_is_served_as_it_is(name, bank, log, curve, quick_tracer):
    tracer = quick_tracer(name, bank.q_matrix)
    tracer.fit(log.of_students(range(50)), log.of_students(range(50, 70)), seed=0, clock=lambda: 0.0)
    model = MindModel(tracer, curve)
    assert isinstance(model.curve, NoForgetting)
    np.testing.assert_allclose(model.score(log), tracer.score(log), rtol=1e-6)
    mind = replayed(model, (0, 1.0, 0), (1, 0.0, 9))
    raw = tracer.mastery(mind.tracer_state, np.arange(3), at(30))
    np.testing.assert_allclose(model.recall(mind, at(30)), raw, rtol=1e-6)


def test_fitting_the_curve_leaves_the_tracer_alone(bank, log):
    tracer = make_tracer("history", bank.q_matrix)
    model = MindModel(tracer, PowerCurve(3))
    before = tracer.score(log)
    assert model.fit_curve(log) is model
    np.testing.assert_array_equal(tracer.score(log), before)
    assert model.curve.to_dict() != PowerCurve(3).to_dict()


def test_every_question_falls_to_its_own_guess_floor(model):
    """Questions 1 and 4 are choices of four and of two; an open question falls to the fitted floor."""
    mind = replayed(model, *((q, 1.0, 0) for q in (0, 1, 4, 4, 0, 1, 4)))
    p = model.p_correct(mind, ALL, at(1e12))[0]
    np.testing.assert_allclose(p[[0, 1, 4]], [0.1, 0.25, 0.5], atol=1e-4)


def test_p_correct_is_the_formula_by_hand(model):
    """Question 3 exercises b, practised long ago, and c, never practised: the mean of both retentions counts."""
    mind = replayed(model, (2, 1.0, 0), (2, 1.0, 2))
    raw = model.tracer.predict(mind.tracer_state, ALL, at(9))
    held = model.retention(mind, at(9))[0]
    for question, concepts, floor, practised in (
        (3, [1, 2], 0.1, True),
        (4, [2], 0.5, False),
        (5, [0, 1, 2], 0.1, True),
    ):
        m = model.curve.recalibrate(raw[:, question], np.array([practised]), np.zeros((1, 5)))
        expected = recall(m, held[concepts].mean(keepdims=True), floor)
        assert model.p_correct(mind, np.array([[question]]), at(9))[0, 0] == pytest.approx(expected[0])


def test_scores_equal_asking_before_every_answer(model, log):
    log = log.of_students(range(20))  # two of them hardly answer, the others as much as anybody
    expected = np.empty(len(log))
    for s, student_id in enumerate(log.student_ids):
        mind = model.initial(1)
        for row, one in zip(range(log.offsets[s], log.offsets[s + 1]), log.interactions(student_id), strict=True):
            asked = np.array([[log.question[row]]])
            expected[row] = model.p_correct(mind, asked, np.array([one.time_seconds]))[0, 0]
            mind = model.answer_alike(mind, one)
    np.testing.assert_allclose(model.score(log), expected, atol=1e-5, rtol=0)
    assert np.ptp(expected) > 0.05


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    answers=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([0.0, 1.0]), st.floats(0, 30)), max_size=8),
    later=st.floats(0, 400),
)
def test_probabilities_whatever_the_history(model, answers, later):
    day, history = 0.0, []
    for question, correct, gap in answers:
        day += gap
        history.append((question, correct, day))
    mind = replayed(model, *history)
    for values in (model.p_correct(mind, ALL, at(day + later)), model.recall(mind, at(day + later))):
        assert ((values > 0) & (values < 1)).all()
    assert (model.recall(mind, at(day + later)) <= model.mastery(mind, at(day + later)) + 1e-12).all()


def test_what_is_said_of_concepts_agrees_with_the_arrays(model):
    mind = replayed(model, (0, 1.0, 0), (3, 0.5, 1), (0, 0.0, 4))
    said = model.concept_recalls(mind, at(9)[0])
    assert list(said) == ["a", "b", "c"]
    for name, values in (
        ("mastery", model.mastery(mind, at(9))),
        ("recall", model.recall(mind, at(9))),
        ("retention", model.retention(mind, at(9))),
        ("attempts", [[2, 1, 1]]),
        ("correct", [[1, 0.5, 0.5]]),
        ("last_practice_seconds", [[at(4)[0], at(1)[0], at(1)[0]]]),
    ):
        np.testing.assert_allclose([getattr(one, name) for one in said.values()], values[0], err_msg=name)
    strength = model.curve.strength_days(np.arange(3)[None], mind.practice)[0]
    np.testing.assert_allclose([one.strength_days for one in said.values()], strength)


def test_of_concepts_without_times_no_strength_is_claimed(model):
    said = model.concept_recalls(replayed(model, (0, 1.0, None)), at(9)[0])["a"]
    assert (said.strength_days, said.last_practice_seconds, said.retention, said.attempts) == (None, None, 1.0, 1)


def test_without_a_curve_there_is_no_strength(bank):
    model = MindModel(make_tracer("history", bank.q_matrix), NoForgetting())
    said = model.concept_recalls(replayed(model, (0, 1.0, 0)), at(9)[0])["a"]
    assert said.strength_days is None
    assert said.recall == pytest.approx(said.mastery)

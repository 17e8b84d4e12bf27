"""Every curve keeps the contract; a new one is tested by its registry line alone."""

import json
from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import UserError
from preceptor.forgetting import Practice, PracticeLog, curve_names, load_curve, make_curve, practice_now

every_curve = pytest.mark.parametrize("name", curve_names())
forgetful = pytest.mark.parametrize("name", [name for name in curve_names() if make_curve(name, 1).forgets])
DAYS = st.floats(1e-3, 3e3)


@pytest.fixture(scope="module")
def curve_of(true_curve):
    """Curves by name, with known parameters and students who differ."""
    return cache(lambda name: true_curve(name, student_sd=0.5, level_sd=0.4))


def held(curve, elapsed_days, strength_days):
    return curve.retention(np.asarray(elapsed_days, dtype=float), np.asarray(strength_days, dtype=float))


def answered(curve, *answers):
    """Practice of one student after (concept, credit, day)."""
    practice = curve.nothing(1, 4)
    for concept, credit, day in answers:
        at = np.array([day * 86_400.0])
        practice = curve.practised(practice, np.eye(4)[[concept]], np.array([credit], np.float32), at)
    return practice


def part(log, rows):
    return PracticeLog(**{f.name: getattr(log, f.name)[rows] for f in fields(PracticeLog)})


@every_curve
@settings(deadline=None, derandomize=True, max_examples=80)
@given(strength=DAYS, elapsed=DAYS, more=DAYS)
def test_retention_starts_at_one_and_never_rises(name, strength, elapsed, more, curve_of):
    values = held(curve_of(name), [0.0, elapsed, elapsed + more], np.full(3, strength))
    assert values[0] == 1.0
    assert 1.0 >= values[1] >= values[2] >= 0.0


@forgetful
@settings(deadline=None, derandomize=True, max_examples=80)
@given(elapsed=DAYS, strength=st.floats(1, 3e3), times=st.floats(1.01, 100))
def test_stronger_memories_fall_more_slowly(name, elapsed, strength, times, curve_of):
    weak, strong = held(curve_of(name), np.full(2, elapsed), [strength, strength * times])
    assert weak < strong < 1.0 or weak == strong == 0.0


@forgetful
def test_everything_fades_in_the_end(name, curve_of):
    values = held(curve_of(name), 10.0 ** np.arange(0, 300), 7.0)
    assert (np.diff(values) <= 0).all()
    assert (np.diff(values)[values[:-1] > 1e-6] < 0).all()
    assert values[-1] < 1e-3


@forgetful
@settings(deadline=None, derandomize=True, max_examples=40)
@given(strength=DAYS)
def test_strength_means_what_the_curve_says(name, strength, curve_of):
    curve = curve_of(name)
    assert held(curve, strength, strength) == pytest.approx(curve.retention_at_strength)


@every_curve
def test_retention_broadcasts(name, curve_of):
    values = held(curve_of(name), np.ones((5, 1)), np.full((1, 3), 2.0))
    assert values.shape == (5, 3)
    assert values.dtype == np.float64


@every_curve
@settings(deadline=None, derandomize=True, max_examples=60)
@given(mastery=st.floats(0, 1), floor=st.floats(0, 0.5), retention=st.floats(0, 1), more=st.floats(0, 1))
def test_recall_falls_from_mastery_to_the_floor(name, mastery, floor, retention, more, curve_of):
    kept = np.array([1.0, max(retention, more), min(retention, more), 0.0])
    recall = curve_of(name).fade(np.full(4, mastery), kept, floor)
    assert recall[0] == pytest.approx(mastery)
    assert (np.diff(recall) <= 1e-12).all()
    assert recall[3] == pytest.approx(min(mastery, floor)) or floor < mastery == 1.0


@every_curve
def test_strength_of_every_student_and_concept(name, curve_of):
    curve = curve_of(name)
    practice = curve.nothing(3, 4)
    before = curve.strength_days(np.arange(4)[None], practice)
    assert before.shape == (3, 4)
    assert (before > 0).all()
    success = curve.practised(practice, np.eye(4)[[0, 0, 0]], np.ones(3, np.float32), np.zeros(3))
    failure = curve.practised(practice, np.eye(4)[[0, 0, 0]], np.zeros(3, np.float32), np.zeros(3))
    after = [curve.strength_days(np.arange(4)[None], counted) for counted in (success, failure)]
    assert (after[0] >= after[1]).all()
    np.testing.assert_array_equal(after[0][:, 1:], before[:, 1:])


@forgetful
def test_spaced_success_strengthens_more_than_massed_success(name, curve_of):
    curve = curve_of(name)
    massed = answered(curve, (0, 1, 0), (0, 1, 0.001), (0, 1, 0.002))
    spaced = answered(curve, (0, 1, 0), (0, 1, 4), (0, 1, 12))
    strengths = [curve.strength_days(np.arange(4)[None], practice)[0, 0] for practice in (massed, spaced)]
    assert strengths[1] > 1.1 * strengths[0]


@every_curve
def test_padding_has_a_strength_that_harms_nothing(name, curve_of):
    curve = curve_of(name)
    assert (curve.strength_days(np.array([[-1, -1, 0, 3]]), curve.nothing(1, 4)) > 0).all()


@every_curve
def test_recalibrated_mastery_is_a_probability_and_keeps_its_order(name, curve_of):
    raw = np.linspace(0, 1, 21)
    for practised in (True, False):
        values = curve_of(name).recalibrate(raw, np.full(21, practised), np.zeros((21, 5)))
        assert ((values >= 0) & (values <= 1)).all()
        assert (np.diff(values) >= 0).all()


@every_curve
def test_saved_and_loaded_it_is_the_same(name, curve_of, answers):
    curve, log = curve_of(name), answers(10, seed=2)
    loaded = load_curve(json.loads(json.dumps(curve.to_dict())))
    assert type(loaded) is type(curve)
    np.testing.assert_array_equal(loaded.predict(log), curve.predict(log))
    assert loaded.to_dict() == curve.to_dict()


@every_curve
def test_an_answer_at_a_time_gives_the_same_mind_as_the_whole_log(name, curve_of, draw):
    """Strengths, memories and student factors of a replay equal those of the batch, before every answer."""
    curve = curve_of(name)
    log, _ = draw(curve, 7, 15, seed=11, factors=0.5)
    followed, expected = curve.followed(log), curve.predict(log)
    for student in range(7):
        rows = np.flatnonzero(log.student == student)
        practice, day = curve.nothing(1, 4), 0.0
        last = {}
        for row in rows:
            concept = int(log.concepts[row, 0])
            # the log holds gaps, not times: the clock is set so that this concept's gap is right
            day = last.get(concept, 0.0) + float(log.elapsed_days[row, 0])
            practice = replace(practice, last_seconds=np.array([[last.get(c, np.nan) for c in range(4)]]) * 86_400.0)
            now = practice_now(
                practice,
                log.concepts[row : row + 1],
                np.array([day * 86_400.0]),
                mastery=log.mastery[row : row + 1],
                guess=log.guess[row : row + 1],
                correct=log.correct[row : row + 1],
            )
            np.testing.assert_allclose(now.student_effects[0], followed.student_effects[row], atol=1e-6)
            np.testing.assert_allclose(now.memory[0], followed.memory[row], atol=1e-6)
            assert curve.p_correct(now)[0] == pytest.approx(expected[row], abs=1e-6)
            practice = curve.witnessed(practice, now)
            exercised = np.eye(4)[[concept]]
            practice = curve.practised(practice, exercised, now.correct, np.array([day * 86_400.0]))
            last[concept] = day


@every_curve
def test_later_answers_change_no_earlier_prediction(name, curve_of, draw):
    curve = curve_of(name)
    log, _ = draw(curve, 5, 12, seed=12, factors=0.5)
    half = np.flatnonzero(np.arange(60) % 12 < 6)
    np.testing.assert_allclose(curve.predict(part(log, half)), curve.predict(log)[half], atol=1e-12)


@every_curve
def test_students_are_followed_apart(name, curve_of, draw):
    curve = curve_of(name)
    log, _ = draw(curve, 6, 10, seed=13, factors=0.5)
    one = np.flatnonzero(log.student == 4)
    np.testing.assert_allclose(curve.predict(part(log, one)), curve.predict(log)[one], atol=1e-12)


@every_curve
def test_nobody(name, curve_of, answers):
    nothing = part(answers(1, seed=1), slice(0, 0))
    assert curve_of(name).predict(nothing).shape == (0,)


@every_curve
def test_an_answer_leaves_the_practice_before_as_it_was(name, curve_of):
    curve = curve_of(name)
    before = answered(curve, (0, 1, 0), (1, 0, 1))
    copies = [np.array(getattr(before, f.name)) for f in fields(Practice)]
    curve.practised(before, np.ones((1, 4)), np.ones(1, np.float32), np.array([9e5]))
    for f, copy in zip(fields(Practice), copies, strict=True):
        np.testing.assert_array_equal(getattr(before, f.name), copy, err_msg=f.name)


@every_curve
def test_fitting_is_deterministic_and_starts_afresh(name, answers):
    log = answers(8, seed=8)
    fitted = make_curve(name, 4).fit(log).to_dict()
    assert make_curve(name, 4).fit(answers(5, seed=3)).fit(log).to_dict() == fitted


def test_an_unknown_curve_is_named():
    with pytest.raises(UserError, match="did you mean 'power'"):
        make_curve("powr", 3)


@every_curve
def test_what_is_retained_is_the_retention_at_the_strength(name, curve_of):
    curve = curve_of(name)
    practice = answered(curve, (0, 1.0, 0), (0, 1.0, 3), (1, 0.0, 4), (0, 0.5, 30))
    concepts, elapsed = np.arange(4)[None], np.array([[0.0, 0.5, 20.0, 400.0]])
    expected = curve.retention(elapsed, curve.strength_days(concepts, practice))
    np.testing.assert_allclose(curve.retained(concepts, practice, elapsed), expected, rtol=1e-4)

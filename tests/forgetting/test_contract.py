"""Every curve keeps the contract; a new one is tested by its registry line alone."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import UserError
from preceptor.forgetting import Practice, curve_names, load_curve, make_curve

every_curve = pytest.mark.parametrize("name", curve_names())
forgetful = pytest.mark.parametrize("name", [name for name in curve_names() if name != "none"])
DAYS = st.floats(1e-3, 1e4)


@pytest.fixture(scope="module")
def curve_of(answers):
    """Fitted curves by name."""
    done = {}

    def get(name):
        if name not in done:
            done[name] = make_curve(name, 4).fit(answers(1_000, seed=8))
        return done[name]

    return get


def held(curve, elapsed_days, strength_days):
    return curve.retention(np.asarray(elapsed_days, dtype=float), np.asarray(strength_days, dtype=float))


@every_curve
@settings(deadline=None, derandomize=True, max_examples=80)
@given(strength=DAYS, elapsed=DAYS, more=DAYS)
def test_retention_starts_at_one_and_never_rises(name, strength, elapsed, more, curve_of):
    values = held(curve_of(name), [0.0, elapsed, elapsed + more], np.full(3, strength))
    assert values[0] == 1.0
    assert 1.0 >= values[1] >= values[2] > 0.0


@forgetful
@settings(deadline=None, derandomize=True, max_examples=80)
@given(elapsed=DAYS, strength=DAYS, times=st.floats(1.01, 100))
def test_stronger_memories_fall_more_slowly(name, elapsed, strength, times, curve_of):
    weak, strong = held(curve_of(name), np.full(2, elapsed), [strength, strength * times])
    assert weak < strong < 1.0


@forgetful
def test_everything_fades_in_the_end(name, curve_of):
    values = held(curve_of(name), 10.0 ** np.arange(0, 60), 3650.0)
    assert (np.diff(values) < 0).all()
    assert values[-1] < 1e-6


@forgetful
@settings(deadline=None, derandomize=True, max_examples=40)
@given(strength=DAYS)
def test_strength_is_the_time_to_ninety_percent(name, strength, curve_of):
    assert held(curve_of(name), strength, strength) == pytest.approx(0.9)


@every_curve
def test_retention_broadcasts(name, curve_of):
    values = held(curve_of(name), np.ones((5, 1)), np.full((1, 3), 2.0))
    assert values.shape == (5, 3)
    assert values.dtype == np.float64


@every_curve
def test_strength_of_every_student_and_concept(name, curve_of):
    practice = Practice.none(3, 4)
    before = curve_of(name).strength_days(np.arange(4)[None], practice)
    assert before.shape == (3, 4)
    assert (before > 0).all()
    success = practice.after(np.eye(4)[[0, 0, 0]], np.ones(3, np.float32), np.zeros(3))
    failure = practice.after(np.eye(4)[[0, 0, 0]], np.zeros(3, np.float32), np.zeros(3))
    after = [curve_of(name).strength_days(np.arange(4)[None], counted) for counted in (success, failure)]
    assert (after[0] >= after[1]).all()
    np.testing.assert_array_equal(after[0][:, 1:], before[:, 1:])


@every_curve
def test_padding_has_a_strength_that_harms_nothing(name, curve_of):
    assert (curve_of(name).strength_days(np.array([[-1, -1, 0, 3]]), Practice.none(1, 4)) > 0).all()


@every_curve
def test_recalibrated_mastery_is_a_probability_and_keeps_its_order(name, curve_of):
    raw = np.linspace(0, 1, 21)
    for practised in (True, False):
        values = curve_of(name).recalibrate(raw, np.full(21, practised))
        assert ((values >= 0) & (values <= 1)).all()
        assert (np.diff(values) >= 0).all()


@every_curve
def test_saved_and_loaded_it_is_the_same(name, curve_of, answers, p_correct):
    curve, log = curve_of(name), answers(200, seed=2)
    loaded = load_curve(json.loads(json.dumps(curve.to_dict())))
    assert type(loaded) is type(curve)
    np.testing.assert_array_equal(p_correct(loaded, log), p_correct(curve, log))
    assert loaded.to_dict() == curve.to_dict()


@every_curve
def test_fitting_is_deterministic_and_starts_afresh(name, curve_of, answers, unforgotten):
    other = make_curve(name, 4).fit(unforgotten(500, seed=3))
    assert other.fit(answers(1_000, seed=8)).to_dict() == curve_of(name).to_dict()


def test_an_unknown_curve_is_named():
    with pytest.raises(UserError, match="did you mean 'power'"):
        make_curve("powr", 3)

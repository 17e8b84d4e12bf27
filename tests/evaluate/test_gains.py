import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.gains import group_gain, group_gain_difference, normalised_gain, symmetric_change

ACCURACY = st.integers(0, 10).map(lambda right: right / 10)


@pytest.mark.parametrize(
    ("pre", "post", "gain", "change"),
    [
        (0.5, 0.75, 0.5, 0.5),
        (0.5, 0.25, -0.5, -0.5),
        (0.9, 0.0, -9.0, -1.0),  # a loss of one student may weigh as much as the gains of eighteen: not in the change
        (0.4, 0.4, 0.0, 0.0),
        (1.0, 1.0, 0.0, np.nan),
        (1.0, 0.6, 0.0, -0.4),
        (0.0, 0.0, 0.0, np.nan),
        (0.0, 1.0, 1.0, 1.0),
        (np.nan, 0.5, np.nan, np.nan),
        (0.5, np.nan, np.nan, np.nan),
    ],
)
def test_every_edge(pre, post, gain, change):
    assert normalised_gain(np.array([pre]), np.array([post])) == pytest.approx([gain], nan_ok=True)
    assert symmetric_change(np.array([pre]), np.array([post])) == pytest.approx([change], nan_ok=True)


@given(ACCURACY, ACCURACY)
def test_change_is_bounded_and_turns_its_sign_with_the_tests_and_with_right_and_wrong(pre, post):
    change = symmetric_change(np.array([pre]), np.array([post]))[0]
    assert np.isnan(change) or -1 <= change <= 1
    mirrored = symmetric_change(np.array([1 - pre]), np.array([1 - post]))[0]
    assert mirrored == pytest.approx(-change, nan_ok=True)


def test_a_group_gains_by_its_means():
    pre, post = np.array([0.0, 0.5, 1.0]), np.array([0.5, 0.5, 0.8])
    drawn = group_gain(pre, post, resamples(3, np.random.default_rng(0), 500))
    assert drawn.value == pytest.approx((0.6 - 0.5) / (1 - 0.5))
    assert drawn.students == 3


def test_a_resample_where_everybody_knew_everything_gained_nothing():
    drawn = group_gain(np.array([1.0, 0.0]), np.array([1.0, 1.0]), resamples(2, np.random.default_rng(0), 500))
    assert set(np.unique(drawn.draws)) == {0.0, 1.0}


def test_a_difference_of_group_gains_is_paired():
    chance = np.random.default_rng(1)
    pre, shares = chance.uniform(0, 0.9, 80), resamples(80, chance)
    post, reference = pre + 0.3 * (1 - pre), pre + 0.1 * (1 - pre)
    drawn = group_gain_difference(pre, post, pre, reference, shares)
    assert drawn.value == pytest.approx(0.2)
    assert drawn.interval() == pytest.approx((0.2, 0.2))


def test_percentages_are_no_accuracies():
    with pytest.raises(ValueError, match=r"outside 0\.\.1"):
        normalised_gain(np.array([40.0]), np.array([60.0]))

"""Shares of the most that could be gained: means of ratios are ratios of means, differences are paired."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.evaluate.shares import Gains, share, share_difference


def gains(seed, shift=0.0, students=60):
    rng = np.random.default_rng(seed)
    return Gains(rng.normal(0.05 + shift, 0.1, students), rng.uniform(0.1, 0.6, students))


def test_the_share_is_mean_over_mean():
    arm = Gains(np.array([0.1, 0.3]), np.array([0.2, 0.6]))
    assert share(arm, 0).mean == pytest.approx(100 * 0.4 / 0.8)


@given(st.integers(0, 50))
def test_an_interval_holds_its_mean_and_an_arm_differs_not_from_itself(seed):
    arm = gains(seed)
    found = share(arm, seed)
    assert found.ci95[0] <= found.mean <= found.ci95[1]
    same = share_difference([arm], [arm], seed)
    assert (same.mean, same.ci95) == (0.0, (0.0, 0.0))


def test_differences_are_paired_by_student():
    """What a fixed step adds is seen through any spread between students."""
    arm = gains(3)
    better = Gains(arm.improvement + 0.02, arm.reachable)
    found = share_difference([better], [arm], 0)
    assert found.ci95[0] > 0
    assert found.ci95[1] - found.ci95[0] < 0.2 * (share(arm, 0).ci95[1] - share(arm, 0).ci95[0])


def test_groups_count_by_their_mean():
    first, second, base = gains(1), gains(2), gains(4)
    both = share_difference([first, second], [base], 0).mean
    assert both == pytest.approx(
        (share_difference([first], [base], 0).mean + share_difference([second], [base], 0).mean) / 2
    )


def test_trainings_count_by_each_students_mean():
    found = Gains.mean([Gains(np.array([0.1, 0.2]), np.array([0.5, 0.5])), Gains(np.array([0.3, 0.0]), np.ones(2))])
    assert found.improvement.tolist() == pytest.approx([0.2, 0.1])
    assert found.reachable.tolist() == pytest.approx([0.75, 0.75])

"""Improvement, its bound and claims, by hand."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from preceptor.evaluate.bootstrap import estimate_with, resamples
from preceptor.evaluate.policy import Played
from preceptor.evaluate.policy_measures import Arm, claims
from preceptor.evaluate.policy_target import Targets
from preceptor.evaluate.two_level import estimate_drawn, training_effects

START = np.array([[0.2, 0.4, 0.9], [0.5, 0.1, 0.6]])
LAST = np.array([[0.6, 0.4, 0.9], [0.5, 0.3, 0.6]])
WEEK = np.array([[0.3, 0.4, 0.8], [0.5, 0.2, 0.6]])
CHOSEN = np.array([[0, 0, 1], [1, 1, 1]])


def played():
    nothing = np.full((2, 3), -1)
    return Played(START, {0.0: LAST, 7.0: WEEK}, CHOSEN, nothing, nothing >= 0, np.empty((4, 0)))


def test_a_target_that_stays():
    weights = np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])
    arm = Arm.of(played(), Targets.fixed(weights, START))
    np.testing.assert_allclose(arm.improvement[0.0], [0.4, 0.1])
    np.testing.assert_allclose(arm.improvement[7.0], [0.1, 0.05])
    np.testing.assert_allclose(arm.bound, [0.8, 0.65])
    np.testing.assert_allclose(arm.recall[0.0], LAST.mean(axis=1))
    row = arm.to_dict(arm, None, {}, 7.0, 0)
    assert row["percent_of_bound"]["now"]["mean"] == pytest.approx(100 * 0.25 / 0.725)
    assert "once" not in row
    assert "planner_gain_now" not in row


def test_an_arm_comes_back_from_json_bit_for_bit():
    arm = Arm.of(played(), Targets.moving(CHOSEN, START))
    found = Arm.of_values(json.loads(json.dumps(arm.values)))
    assert found.values == arm.values
    for days in arm.once:
        np.testing.assert_array_equal(found.once[days], arm.once[days])
    np.testing.assert_array_equal(found.once_bound, arm.once_bound)


def test_differences_to_more_arms_are_paired():
    """The sums of both arms vary more than their difference, which is the same for everybody."""
    weights = np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])
    arm = Arm.of(played(), Targets.fixed(weights, START))
    other = replace(arm, improvement={days: gain - 0.01 for days, gain in arm.improvement.items()})
    row = arm.to_dict(arm, None, {"other": other}, 7.0, 0)
    assert list(row["over"]) == ["other"]
    for moment in ("now", "day7"):
        assert row["over"]["other"][moment]["mean"] == pytest.approx(0.01)
        assert row["over"]["other"][moment]["ci95"] == pytest.approx((0.01, 0.01))


def test_the_weakest_is_measured_with_repeats_and_as_a_set():
    """Start to end of the concepts that were ever the weakest, whenever they were; the bound is theirs too."""
    arm = Arm.of(played(), Targets.moving(CHOSEN, START))
    np.testing.assert_allclose(arm.improvement[0.0], [(0.4 + 0.4 + 0.0) / 3, 0.2])
    np.testing.assert_allclose(arm.once[0.0], [(0.4 + 0.0) / 2, 0.2])
    np.testing.assert_allclose(arm.bound, [1 - (0.2 + 0.2 + 0.4) / 3, 0.9])
    np.testing.assert_allclose(arm.once_bound, [1 - 0.3, 0.9])
    row = arm.to_dict(arm, None, {}, 7.0, 0)
    assert row["once"]["percent_of_bound"]["now"]["mean"] == pytest.approx(100 * 0.2 / 0.8)


def row(judge, policy, low, high, *, own=False):
    interval = {"mean": (low + high) / 2, "sd": 0.0, "ci95": (low, high)}
    return {
        "judge": judge, "own": own, "objective": "global", "policy": policy, "over_reference": {"now": interval},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("own", "others", "verdict"),
    [
        ((0.1, 0.2), [(0.1, 0.2), (0.01, 0.2), (-0.1, 0.1)], "superior"),
        ((-0.1, 0.2), [(0.1, 0.2), (0.01, 0.2)], "superior"),
        ((0.1, 0.2), [(0.1, 0.2), (-0.1, 0.2)], "not shown"),
        ((0.1, 0.2), [(-0.1, 0.2), (-0.1, 0.2)], "only on its own tracer"),
        ((0.1, 0.2), [(-0.2, -0.1), (-0.1, 0.2)], "only on its own tracer"),
        ((0.1, 0.2), [(0.1, 0.2), (0.1, 0.2), (-0.2, -0.1)], "mixed"),
        ((0.1, 0.2), [(-0.2, -0.1), (-0.2, -0.1)], "inferior"),
        ((-0.1, 0.2), [(-0.1, 0.2), (-0.1, 0.2)], "not shown"),
        ((-0.1, 0.2), [(0.0, 0.2), (0.0, 0.2)], "not shown"),
    ],
)
def test_a_claim_needs_two_judges_that_are_not_the_policies_own_tracer(own, others, verdict):
    rows = [row("own", "learned", *own, own=True)]
    rows += [row(f"judge {i}", "learned", *interval) for i, interval in enumerate(others)]
    rows += [row("own", "random", 0.0, 0.0, own=True)]
    (claim,) = claims(rows, "random")
    assert claim["verdict"] == verdict
    assert (claim["objective"], claim["policy"], claim["moment"]) == ("global", "learned", "now")
    assert claim["above"] == [f"judge {i}" for i, (low, _) in enumerate(others) if low > 0]
    assert claim["above_on_own_tracer"] == (own[0] > 0)


def test_a_mean_of_replicates_is_a_mean_for_every_student():
    weights = np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])
    arm = Arm.of(played(), Targets.fixed(weights, START))
    better = replace(
        arm,
        improvement={days: gain + np.array([0.2, 0.0]) for days, gain in arm.improvement.items()},
        recall={days: recall + 0.1 for days, recall in arm.recall.items()},
        bound=arm.bound - 0.2,
    )
    mean = Arm.mean([arm, better])
    np.testing.assert_allclose(mean.improvement[7.0], [0.2, 0.05])
    np.testing.assert_allclose(mean.once[7.0], arm.once[7.0])
    np.testing.assert_allclose(mean.recall[0.0], LAST.mean(axis=1) + 0.05)
    np.testing.assert_allclose(mean.bound, [0.7, 0.55])


SEED = 3
STUDENTS = 40


def trained(means, spread=0.02, chance=0):
    """An arm of trainings with these means, over students who differ."""
    rng = np.random.default_rng(chance)
    values = np.array(means)[:, None] + rng.normal(0, spread, (len(means), STUDENTS))
    return Arm.of_trainings([flat(one) for one in values], len(means))


def flat(values):
    moments = {0.0: values, 7.0: values / 2}
    return Arm(moments, moments, np.full(len(values), 0.8), np.full(len(values), 0.8), moments)


def test_one_training_gives_what_students_alone_give():
    values = np.random.default_rng(1).normal(0.1, 0.05, STUDENTS)
    arm, other = Arm.of_trainings([flat(values)], 1), flat(values - 0.01)
    shares = resamples(STUDENTS, np.random.default_rng([SEED, 2]))
    row = arm.to_dict(other, None, {}, 7.0, SEED)
    assert row["improvement"]["now"] == asdict(estimate_with(values, shares))
    assert row["percent_of_bound"]["day7"] == asdict(estimate_with(100 / 0.8 * (values / 2), shares))
    assert row["over_reference"]["now"] == asdict(estimate_with(values - (values - 0.01), shares))
    assert row["trainings"] == 1


def test_trainings_take_turns_and_count_alike():
    """Five replicates of two trainings: 0, 2 and 4 are the first's, 1 and 3 the second's."""
    arm = Arm.of_trainings([flat(np.full(STUDENTS, value)) for value in (0.1, 0.4, 0.1, 0.2, 0.4)], 2)
    np.testing.assert_allclose(arm.improvement[0.0], (0.2 + 0.3) / 2)
    assert [float(one.improvement[7.0][0]) for one in arm.trainings] == pytest.approx([0.1, 0.15])
    assert arm.to_dict(arm, None, {}, 7.0, SEED)["trainings"] == 2
    assert Arm.of_values(json.loads(json.dumps(arm.values))).values == arm.values


def test_trainings_that_differ_widen_intervals_and_differences_and_equal_ones_do_not():
    apart, alike, fixed = trained((0.0, 0.1, 0.2)), trained((0.1, 0.1, 0.1)), flat(np.full(STUDENTS, 0.05))
    wide, narrow = (arm.to_dict(fixed, fixed, {"other": alike}, 7.0, SEED) for arm in (apart, alike))
    for kind in ("improvement", "over_reference", "percent_of_bound", "recall_over_reference"):
        low, high = np.diff(narrow[kind]["now"]["ci95"])[0], np.diff(wide[kind]["now"]["ci95"])[0]
        assert high > 5 * low
    assert np.diff(wide["planner_gain_now"]["ci95"]) > 5 * np.diff(narrow["planner_gain_now"]["ci95"])
    assert np.diff(wide["over"]["other"]["now"]["ci95"]) > 5 * np.diff(narrow["improvement"]["now"]["ci95"])
    backwards = fixed.to_dict(apart, None, {}, 7.0, SEED)["over_reference"]["now"]["ci95"]
    assert np.diff(backwards) == pytest.approx(np.diff(wide["over_reference"]["now"]["ci95"]), rel=0.05)
    assert apart.to_dict(apart, None, {}, 7.0, SEED)["over_reference"]["now"]["ci95"] == (0.0, 0.0)


def test_intervals_over_trainings_hold_the_mean_of_all_that_could_be_made():
    """In simulated experiments with strong effects of five trainings each, most intervals hold 0.1, by students few."""
    rng, held, by_students = np.random.default_rng(5), 0, 0
    shares = resamples(STUDENTS, np.random.default_rng([SEED, 2]))
    for chance in range(60):
        arm = trained(rng.normal(0.1, 0.05, 5), chance=chance)
        values = np.stack([one.improvement[0.0] for one in arm.trainings])
        low, high = estimate_drawn(values.mean(axis=0), SEED, training_effects(values, SEED, 0)).ci95
        held += low <= 0.1 <= high
        low, high = estimate_with(values.mean(axis=0), shares).ci95
        by_students += low <= 0.1 <= high
    assert held >= 48
    assert by_students <= 20

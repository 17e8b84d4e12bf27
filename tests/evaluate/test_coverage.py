"""Intervals hold the truth as often as they say; the full study is `make coverage-results`."""

import numpy as np
import pytest
import statsmodels.api as sm

from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.coverage import OURS, POOLED, STUDENT, CoverageDesign, coverage_study, undercovered
from preceptor.evaluate.coverage_worlds import WORLDS
from preceptor.evaluate.paired import mean_of


@pytest.fixture(scope="module")
def study():
    return coverage_study(CoverageDesign(experiments=300, students=(50,), replicates=1_000, peer_replicates=100))


def shares(study, method):
    return {row["world"]: row["share"] for row in study["rows"] if row["method"] == method}


def test_intervals_of_fifty_students_hold_the_truth_as_often_as_students_t(study):
    ours, peer = shares(study, OURS), shares(study, STUDENT)
    assert ours.keys() == {world.name for world in WORLDS}
    for world in ("even", "tests", "group gain", "skewed"):
        assert 0.91 <= ours[world] <= 0.98
    assert all(abs(ours[world] - peer[world]) < 0.03 for world in ("even", "tests"))


def test_replicates_taken_for_students_would_promise_too_much(study):
    assert all(share < 0.9 for world, share in shares(study, POOLED).items() if world in ("even", "skewed"))


def test_holm_keeps_false_claims_rare_and_the_power_is_as_stated(study):
    (claims,), (power,) = study["false_claims"], study["power"]
    assert claims["holm"]["share"] <= 0.08
    assert claims["uncorrected"]["share"] > 0.2
    assert power["share"] == pytest.approx(0.8, abs=0.07)


def test_undercoverage_is_found_not_hidden():
    rows = [
        {"method": OURS, "students": 50, "share": 0.92},
        {"method": OURS, "students": 10, "share": 0.80},
        {"method": OURS, "students": 100, "share": 0.94},
        {"method": POOLED, "students": 100, "share": 0.5},
    ]
    assert undercovered(rows, 50) == rows[:1]


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_the_truth_of_every_world_is_the_one_it_is_said_to_have(world):
    columns = world.draw(np.random.default_rng(1), 200_000)
    drawn = world.figure(columns, resamples(200_000, np.random.default_rng(2), 2))
    assert drawn.value == pytest.approx(world.truth, abs=0.002)


@pytest.mark.parametrize("world", WORLDS[:2], ids=lambda world: world.name)
def test_the_interval_is_that_of_statsmodels_with_errors_clustered_by_student(world):
    """Least squares over all rows of all replicates, with a cluster-robust error: another way to the same interval."""
    rng = np.random.default_rng(8)
    (values,) = world.draw(rng, 200)
    student = np.repeat(np.arange(200), values.shape[1])
    fitted = sm.OLS(values.ravel(), np.ones(values.size)).fit(
        cov_type="cluster", cov_kwds={"groups": student}, use_t=True
    )
    low, high = fitted.conf_int()[0]
    assert mean_of(values, resamples(200, rng)).interval() == pytest.approx((low, high), abs=0.05 * (high - low))

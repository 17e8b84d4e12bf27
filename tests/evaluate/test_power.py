import numpy as np
import pytest
from statsmodels.stats.power import TTestPower

from preceptor.evaluate.power import Power, assumed_sd


@pytest.mark.parametrize(("difference", "students"), [(0.05, 385), (0.10, 96)])
def test_as_many_students_as_by_hand(difference, students):
    """(2.8·0.35/d)², and two or three more for Student's tails."""
    assert Power(10, 0.35, "assumed").needed(difference) == pytest.approx(students + 2, abs=2)


def test_without_a_measured_deviation_answers_are_coins():
    chance = np.random.default_rng(0)
    answers = chance.random((2, 20_000, 3, 8)) < 0.5  # two arms, students, replicates, items
    differences = np.diff(answers.mean(axis=(2, 3)), axis=0)
    assert assumed_sd(items=8, replicates=3) == pytest.approx(differences.std(), rel=0.02)


@pytest.mark.parametrize("students", [10, 50, 400])
@pytest.mark.parametrize("comparisons", [1, 12])
def test_the_detectable_difference_is_that_of_statsmodels(students, comparisons):
    power = Power(students, 0.2, "measured", comparisons)
    effect = TTestPower().solve_power(nobs=students, alpha=0.05 / comparisons, power=0.8)
    assert power.detectable / 0.2 == pytest.approx(effect, rel=0.02 if students > 10 else 0.07)


def test_ten_students_can_only_find_a_third():
    assert Power(10, 0.35, "assumed").detectable == pytest.approx(0.35, abs=0.03)


@pytest.mark.parametrize("difference", [0.02, 0.1, 0.5])
def test_needed_is_the_fewest(difference):
    power = Power(10, 0.3, "assumed", 4)
    needed = power.needed(difference)
    assert Power(needed, 0.3, "assumed", 4).detectable <= difference
    assert needed == 2 or Power(needed - 1, 0.3, "assumed", 4).detectable > difference


def test_the_power_is_had():
    chance = np.random.default_rng(5)
    power = Power(40, 0.3, "assumed")
    drawn = chance.normal(power.detectable, 0.3, (4_000, 40))
    t = drawn.mean(axis=1) / (drawn.std(axis=1, ddof=1) / np.sqrt(40))
    assert (np.abs(t) > 2.0227).mean() == pytest.approx(0.8, abs=0.02)


def test_it_is_told_in_one_sentence():
    told = str(Power(400, 0.35, "assumed", 9))
    assert "400 students" in told
    assert "assumed" in told
    assert "9 comparisons" in told
    assert "Holm" not in str(Power(400, 0.35, "assumed"))


def test_one_student_compares_nothing():
    with pytest.raises(ValueError, match="cannot be compared"):
        _ = Power(1, 0.3, "assumed").detectable

"""From what was seen to one number a student."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.evaluate.tutoring.outcomes import (
    calibration_bins,
    concordant,
    expected_calibration_error,
    outcomes_of,
    turns_to,
)


def test_turns_are_counted_to_the_first_that_reaches_the_criterion():
    path = np.array([[0.9, 0.1, 0.1], [0.1, 0.8, 0.2], [0.1, 0.2, 0.3]])
    assert turns_to(path, 0.8).tolist() == [0, 1, 3]


def test_an_order_is_right_wrong_or_undecided():
    true = np.array([[0.1, 0.2, 0.3]])
    assert concordant(np.array([[1.0, 2.0, 3.0]]), true) == 1
    assert concordant(np.array([[3.0, 2.0, 1.0]]), true) == 0
    assert concordant(np.array([[1.0, 1.0, 1.0]]), true) == 0.5
    assert np.isnan(concordant(np.full((1, 3), np.nan), true)).all()


def test_transfer_is_the_mean_of_what_a_student_has(once):
    played = replace(once("random"), transfer=np.full_like(once("random").transfer, np.nan))
    played.transfer[0, :, :2] = [0.25, 0.75]
    found = outcomes_of(played, LabDesign("logistic", students=STUDENTS))["transfer_day7"]
    assert found[0] == 0.5
    assert np.isnan(found[1:]).all()


def test_calibration_error_of_known_bins():
    assert expected_calibration_error([[10, 5, 5], [10, 8, 6]]) == pytest.approx(0.1)


STUDENTS = 40


@given(st.lists(st.tuples(st.integers(1, 50), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=10))
def test_calibration_error_is_a_share(rows):
    assert 0 <= expected_calibration_error([[n, n * p, n * y] for n, p, y in rows]) <= 1


def test_an_arm_without_belief_has_no_calibration_and_no_diagnosis(once):
    found = outcomes_of(once("random"), LabDesign("logistic", students=STUDENTS))
    assert np.isnan(found["brier_day7"]).all()
    assert np.isnan(found["diagnosed_order"]).all()
    assert calibration_bins(once("random")) == {}


def test_the_courses_own_feedback_names_every_misconception_and_claims_nothing_false(once):
    found = outcomes_of(once("random", "misconception"), LabDesign("misconception", students=STUDENTS))
    assert np.nanmin(found["diagnosed_mistake"]) == 1
    assert not found["wrong_statements"].any()
    assert not found["leaks"].any()


def test_a_misconception_named_after_a_slip_is_named_in_vain(once):
    drilled = once("random", "misconception")
    found = outcomes_of(drilled, LabDesign("misconception", students=STUDENTS))["named_in_vain"]
    turns = [
        (read.misconception, true)
        for turn in drilled.turns
        for read, true in zip(turn.reads, turn.mistake, strict=True)
        if read.misconception >= 0
    ]
    in_vain = [said != true for said, true in turns]
    assert 0 < np.mean(in_vain) < 1
    assert 0 < np.nanmean(found) < 1


def test_nobody_is_diagnosed_where_misconceptions_mislead_nobody(once):
    found = outcomes_of(once("random"), LabDesign("logistic", students=STUDENTS))
    assert np.isnan(found["diagnosed_mistake"]).all()
    assert np.isnan(found["named_in_vain"]).all()


def test_only_answers_given_away_are_leaks(once):
    design = LabDesign("logistic", students=STUDENTS)
    assert (outcomes_of(once("leaking"), design)["leaks"] == design.turns).all()


def test_accuracy_follows_the_true_chances(once):
    found = outcomes_of(once("random"), LabDesign("logistic", students=STUDENTS))
    for form in ("now", "day7"):
        off = found[f"accuracy_{form}"] - found[f"expected_{form}"]
        assert abs(off.mean()) < 3.5 * off.std() / np.sqrt(len(off))

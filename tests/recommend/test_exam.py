"""The objective of an exam: weights and a day of its own."""

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.recommend import ExamObjective, Planner

START = 1_756_684_800.0
AT = np.array([START + 20 * SECONDS_PER_DAY])


def test_weights_are_scaled_and_alike_for_everybody(bank, some_minds, counting):
    objective = ExamObjective(bank.q_matrix, np.array([2.0, 0, 0, 6]))
    np.testing.assert_allclose(objective.shared_weights(), [0.25, 0, 0, 0.75])
    np.testing.assert_allclose(
        objective.weights(some_minds(counting), np.ones((3, 4))), np.tile([0.25, 0, 0, 0.75], (3, 1))
    )


@pytest.mark.parametrize("weights", [[0.0, 0, 0, 0], [1.0, -1, 0, 0], [1.0, np.nan, 0, 0]])
def test_weights_that_weigh_nothing_are_refused(bank, weights):
    with pytest.raises(UserError, match="at least one of them above 0"):
        ExamObjective(bank.q_matrix, np.array(weights))


def test_a_new_concept_weighs_as_much_as_the_mean_one_and_the_day_stays(bank):
    objective = ExamObjective(bank.q_matrix, np.array([4.0, 0, 0, 0]), 5.0)
    moved = objective.regrouped(bank.q_matrix, np.array([-1, 0, 1, 2]))
    np.testing.assert_allclose(moved.shared_weights(), [0.2, 0.8, 0, 0])
    assert moved.judged_at(np.array([1.0, 9.0]), 7.0).tolist() == [5.0, 9.0]
    gone = objective.regrouped(bank.q_matrix, np.array([1, 1, 2, 3]))
    np.testing.assert_allclose(gone.shared_weights(), 0.25)


def test_without_a_day_recall_counts_at_the_horizon(bank):
    assert ExamObjective(bank.q_matrix).judged_at(AT, 7.0) == AT + 7 * SECONDS_PER_DAY


def test_the_planner_looks_at_the_day_of_the_exam(counting, mind_of, everything, bank, rng):
    """As with a horizon that ends on that day; only what the exam asks promises anything."""
    mind = mind_of(counting, *[(q, float(q % 3 > 0), q) for q in range(10)])
    weights = np.array([0.0, 1, 0, 1])
    on_its_day = ExamObjective(bank.q_matrix, weights, AT[0] + 30 * SECONDS_PER_DAY)
    at_horizon = ExamObjective(bank.q_matrix, weights)
    ranked = Planner(counting, 7.0).rank(mind, everything, on_its_day, AT[0], 10)
    same = Planner(counting, 30.0).rank(mind, everything, at_horizon, AT[0], 10)
    assert [(r.question, r.improvement) for r in ranked] == [(r.question, r.improvement) for r in same]
    assert ranked != Planner(counting, 7.0).rank(mind, everything, at_horizon, AT[0], 10)
    asks_nothing = {0, 1, 4, 5}
    assert all(entry.improvement == 0 for entry in ranked if entry.question in asks_nothing)
    assert ranked[0].improvement != 0
    choice = Planner(counting, 7.0).choose(mind, everything, on_its_day, AT, rng)
    assert choice.question[0] == ranked[0].question

import json

import numpy as np
import pytest

from preceptor.domain import Log, QMatrix, UserError
from preceptor.recommend import load_objective, make_objective, objective_names

every_objective = pytest.mark.parametrize("name", objective_names())
RECALL = np.array([[0.5, 0.4, 0.6, 0.4], [0.9, 0.8, 0.1, 0.7], [0.3, 0.3, 0.3, 0.3]])


def history(bank, *students):
    rows = [(s, q) for s, questions in enumerate(students) for q in questions]
    student, question = np.array(rows).T
    return Log.of(
        [f"s{i}" for i in range(len(students))],
        bank.q_matrix.question_ids,
        student=student,
        question=question,
        correct=np.ones(len(rows)),
        event_id=np.array([f"e{i}" for i in range(len(rows))]),
        revision=np.full(len(rows), "r"),
    )


@every_objective
def test_weights_sum_to_one_for_newcomers_too(name, objectives, some_minds, counting, bank):
    for objective in (objectives[name], make_objective(name, bank.q_matrix)):
        weights = objective.weights(some_minds(counting), RECALL)
        assert weights.shape == (3, 4)
        assert (weights >= 0).all()
        np.testing.assert_allclose(weights.sum(axis=1), 1.0)


@every_objective
def test_saved_and_loaded_it_is_the_same(name, objectives, some_minds, counting, bank):
    loaded = load_objective(json.loads(json.dumps(objectives[name].to_dict())), bank.q_matrix)
    assert type(loaded) is type(objectives[name])
    expected = objectives[name].weights(some_minds(counting), RECALL)
    np.testing.assert_allclose(loaded.weights(some_minds(counting), RECALL), expected, atol=1e-5)


def test_value_is_the_weighted_mean(objectives):
    weights = np.array([[0.25, 0.75, 0, 0], [0, 0, 0, 1]])
    np.testing.assert_allclose(objectives["global"].value(weights, RECALL[:2]), [0.425, 0.7])


def test_global_weighs_all_alike(objectives, some_minds, counting):
    np.testing.assert_array_equal(objectives["global"].weights(some_minds(counting), RECALL), 0.25)


def test_weakest_is_the_lowest_recall_and_the_first_of_equals(objectives, some_minds, counting):
    weights = objectives["weakest"].weights(some_minds(counting), RECALL)
    np.testing.assert_array_equal(weights, np.eye(4)[[1, 2, 0]])


def test_practiced_is_the_concept_of_the_last_ten_answers(objectives, mind_of, counting):
    """Twelve answers on a, then six on d and four on b: only the last ten count. Question 6 counts for all of cab."""
    long_ago = [(0, 1.0, 0)] * 12
    weights = objectives["practiced"].weights(
        mind_of(counting, *long_ago, *[(8, 1.0, 1)] * 6, *[(2, 1.0, 1)] * 4), RECALL[:1]
    )
    np.testing.assert_array_equal(weights, [[0, 0, 0, 1]])
    mixed = mind_of(counting, *long_ago, *[(4, 1.0, 1)] * 5, *[(2, 1.0, 1)] * 4, (6, 1.0, 1))
    np.testing.assert_array_equal(objectives["practiced"].weights(mixed, RECALL[:1]), [[0, 0, 1, 0]])
    equal = mind_of(counting, (8, 1.0, 0), (2, 1.0, 0))
    np.testing.assert_array_equal(objectives["practiced"].weights(equal, RECALL[:1]), [[0, 1, 0, 0]])


def test_upcoming_as_released_takes_the_row_of_the_most_frequent_concept_alone(bank, objectives):
    recent = np.array([[-1] * 5 + [8, 8, 2, 2, 2], [-1] * 10], dtype=np.int32)
    upcoming = objectives["upcoming"]
    mixed, released = (o.recent_weights(recent) for o in (upcoming, upcoming.as_released()))
    np.testing.assert_allclose(mixed[0], 0.6 * upcoming.transition[1] + 0.4 * upcoming.transition[3])
    np.testing.assert_allclose(released[0], upcoming.transition[1])
    np.testing.assert_allclose(released[1], 0.25)
    assert objectives["global"].as_released() is objectives["global"]


def test_practiced_of_a_newcomer_is_everything(objectives, mind_of, counting):
    np.testing.assert_array_equal(objectives["practiced"].weights(mind_of(counting), RECALL[:1]), 0.25)


def test_upcoming_is_what_usually_comes_next(bank, mind_of, counting):
    """Ten answers on a, then ten on b, then ten on d, by everyone."""
    log = history(bank, *[[0] * 10 + [2] * 10 + [8] * 10] * 3)
    objective = make_objective("upcoming", bank.q_matrix).fit(log)
    after_a = objective.weights(mind_of(counting, *[(0, 1.0, 0)] * 10), RECALL[:1])
    np.testing.assert_allclose(after_a, [[0, 1, 0, 0]], atol=1e-6)
    after_both = objective.weights(mind_of(counting, *[(0, 1.0, 0)] * 5, *[(2, 1.0, 0)] * 5), RECALL[:1])
    np.testing.assert_allclose(after_both, [[0, 0.5, 0, 0.5]], atol=1e-6)


def test_what_never_led_anywhere_leads_where_most_things_lead(bank, mind_of, counting):
    objective = make_objective("upcoming", bank.q_matrix).fit(history(bank, [0] * 10 + [2] * 10 + [8] * 10))
    weights = objective.weights(mind_of(counting, (4, 1.0, 0)), RECALL[:1])
    np.testing.assert_allclose(weights, [[0, 0.5, 0, 0.5]], atol=1e-6)


def test_upcoming_of_short_histories_is_everything(bank, mind_of, counting):
    objective = make_objective("upcoming", bank.q_matrix).fit(history(bank, [0, 2, 8], [4]))
    np.testing.assert_allclose(objective.weights(mind_of(counting, (4, 1.0, 0)), RECALL[:1]), 0.25)


def test_an_unknown_objective_is_named(bank):
    with pytest.raises(UserError, match="did you mean 'weakest'"):
        make_objective("weakst", bank.q_matrix)


def test_what_comes_next_is_kept_for_known_concepts_when_others_join():
    concepts = QMatrix(("q0",), ("new", "b", "a"), np.array([[0]], np.int32), np.array([np.nan], np.float32))
    before = load_objective({"name": "upcoming", "transition": [[0.25, 0.75], [0.9, 0.1]]}, concepts)
    found = before.regrouped(concepts, np.array([-1, 1, 0])).transition
    np.testing.assert_allclose(found, [[0.0, 0.425, 0.575], [0.0, 0.1, 0.9], [0.0, 0.75, 0.25]])
    alone = before.regrouped(concepts, np.array([-1, -1, -1])).transition
    np.testing.assert_allclose(alone, np.full((3, 3), 1 / 3))

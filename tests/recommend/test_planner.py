from functools import cache
from itertools import product

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.forgetting import PowerCurve
from preceptor.mind import MindModel
from preceptor.recommend import Planner, choosing, make_objective, objective_names, planner
from preceptor.trace import Answers, make_tracer

START = 1_756_684_800.0
every_objective = pytest.mark.parametrize("name", objective_names())


def day(days, n=1):
    return np.full(n, START + days * SECONDS_PER_DAY)


def answered_both_ways(model, mind, at, horizon_days):
    """Recall after the horizon without an answer, and of every question P(correct) and that recall after it was
    answered wrong and right: all by the model itself, and the same for every objective."""
    later = at + horizon_days * SECONDS_PER_DAY
    p_correct, after = np.empty(10), np.empty((10, 2, 4))
    for question, credit in product(range(10), (0, 1)):
        p_correct[question] = model.p_correct(mind, np.array([[question]]), at)[0, 0]
        answers = Answers(np.array([question]), np.array([credit], np.float32), at, np.array([np.nan], np.float32))
        after[question, credit] = model.recall(model.answer(mind, answers), later)[0]
    return model.recall(mind, later)[0], p_correct, after


@pytest.fixture(scope="session")
def ahead(model, some_minds):
    """What the model says of each of some minds, by horizon in days; found once for all objectives."""
    return cache(lambda i, horizon_days: answered_both_ways(model, some_minds(model).take([i]), day(9), horizon_days))


def look_ahead(model, mind, objective, foreseen):
    """Expected improvement and P(correct) of every question by answering it both ways.

    Only the concepts that the question exercises count: about the others an answer is evidence, not practice.
    """
    before, p_correct, after = foreseen
    every_weight = objective.weights(mind, model.recall(mind, day(9)))[0]
    improvement = np.empty(10)
    for question, p in enumerate(p_correct):
        weights = every_weight * model.q_matrix.dense[question]
        wrong, right = after[question]
        improvement[question] = (1 - p) * (weights @ wrong) + p * (weights @ right) - weights @ before
    return improvement, p_correct


def worth_by_hand(model, mind, objective, improvement, allowed):
    """Improvements above 0 shrink where what counts of a question was practised not long ago."""
    dense, weights = model.q_matrix.dense, objective.weights(mind, model.recall(mind, day(9)))[0]
    share = np.zeros(10)
    for q, c in product(range(10), range(4)):
        if not (total := weights @ dense[q]):
            continue
        days = (day(9)[0] - mind.practice.last_seconds[0, c]) / SECONDS_PER_DAY
        rest = 1.0 if np.isnan(days) else 0.25 + 0.75 * days / (days + 1)
        share[q] += dense[q, c] * weights[c] * rest / total
    most = max(share[q] for q in allowed)
    return [gain if gain <= 0 else gain * share[q] / most for q, gain in enumerate(improvement)]


def counting(model, mind, objective):
    """Which questions exercise a concept with a weight."""
    return model.q_matrix.dense @ objective.weights(mind, model.recall(mind, day(9)))[0] > 0


def best_by_hand(worth, p_correct, last_seen, allowed, counts):
    """The rule of choice, written out."""
    allowed = [q for q in allowed if counts[q]] or allowed
    top = max(worth[q] for q in allowed)
    equal = [q for q in allowed if worth[q] >= top - 0.01 * abs(top)]
    nearest = min(abs(p_correct[q] - 0.75) for q in equal)
    equal = [q for q in equal if abs(p_correct[q] - 0.75) <= nearest + 1e-9]
    return min(equal, key=lambda q: (last_seen[q], q))


@every_objective
@pytest.mark.parametrize("horizon_days", [0.0, 7.0])
def test_the_plan_is_the_brute_force_look_ahead(
    name, horizon_days, model, objectives, some_minds, everything, ahead, rng
):
    minds = some_minds(model)
    choice = Planner(model, horizon_days).choose(minds, everything, objectives[name], day(9, 3), rng)
    for i in range(3):
        mind = minds.take([i])
        improvement, p_correct = look_ahead(model, mind, objectives[name], ahead(i, horizon_days))
        allowed = [q for q in range(10) if q != mind.recent[0, -1]]
        assert choice.improvement[i] == pytest.approx(improvement[choice.question[i]], abs=1e-6)
        assert choice.p_correct[i] == pytest.approx(p_correct[choice.question[i]], abs=1e-6)
        worth = worth_by_hand(model, mind, objectives[name], improvement, allowed)
        assert choice.question[i] == best_by_hand(
            worth, p_correct, mind.last_seen[0], allowed, counting(model, mind, objectives[name])
        )


@every_objective
def test_ranks_are_the_brute_force_order(name, model, objectives, some_minds, everything, ahead):
    mind = some_minds(model).take([2])
    improvement, p_correct = look_ahead(model, mind, objectives[name], ahead(2, 7.0))
    ranked = Planner(model).rank(mind, everything, objectives[name], day(9)[0], k=20)
    allowed = [q for q in range(10) if q != mind.recent[0, -1]]
    worth = worth_by_hand(model, mind, objectives[name], improvement, allowed)
    for found in ranked:
        assert found.question == best_by_hand(
            worth, p_correct, mind.last_seen[0], allowed, counting(model, mind, objectives[name])
        )
        assert found.improvement == pytest.approx(improvement[found.question], abs=1e-6)
        assert found.p_correct == pytest.approx(p_correct[found.question], abs=1e-6)
        own = set(model.q_matrix.concepts[found.question])
        allowed = [q for q in allowed if set(model.q_matrix.concepts[q]) != own]
    assert not allowed


def test_ranks_hold_each_set_of_concepts_once(model, objectives, some_minds, everything):
    """Two questions with the same concepts in another order are the same set."""
    ranked = Planner(model).rank(some_minds(model).take([0]), everything, objectives["global"], day(9)[0], k=20)
    sets = [frozenset(model.q_matrix.concepts[one.question]) for one in ranked]
    assert len(sets) == len(set(sets)) == 6
    mind = some_minds(model).take([0])
    plan = Planner(model).plan(mind, np.ones((1, 10), bool), objectives["global"], day(9))
    worth = plan.compared[0, [one.question for one in ranked]]
    assert (-np.diff(worth) >= -planner.EQUAL * np.abs(worth[:-1])).all()
    top = Planner(model).rank(some_minds(model).take([0]), everything, objectives["global"], day(9)[0], k=2)
    assert top == ranked[:2]


def test_the_first_rank_is_the_choice(model, objectives, some_minds, everything, rng):
    minds = some_minds(model)
    choice = Planner(model).choose(minds, everything, objectives["weakest"], day(9, 3), rng)
    for i in range(3):
        (first,) = Planner(model).rank(minds.take([i]), everything, objectives["weakest"], day(9)[0], k=1)
        assert first.question == choice.question[i]


@every_objective
def test_portions_of_hypotheses_change_nothing(name, model, objectives, some_minds, everything, rng, monkeypatch):
    expected = Planner(model).choose(some_minds(model), everything, objectives[name], day(9, 3), rng)
    monkeypatch.setattr(planner, "HYPOTHESES", 4)
    found = Planner(model).choose(some_minds(model), everything, objectives[name], day(9, 3), rng)
    np.testing.assert_array_equal(found.question, expected.question)
    np.testing.assert_allclose(found.improvement, expected.improvement, atol=1e-6)


def test_hypotheses_of_a_tracer_with_large_states_are_held_in_small_portions(
    model, objectives, some_minds, everything, rng, monkeypatch
):
    minds = some_minds(model)
    held = []
    branches = model.tracer.branches
    watched = lambda state, rows, answers: held.append(len(rows)) or branches(state, rows, answers)  # noqa: E731
    monkeypatch.setattr(model.tracer, "branches", watched)
    monkeypatch.setattr(planner, "HYPOTHESES_BYTES", 5.5 * minds.tracer_state.bytes_each)
    Planner(model).choose(minds, everything, objectives["global"], day(9, 3), rng)
    assert max(held) == 5


def test_planning_leaves_the_minds_as_they_were(model, objectives, some_minds, everything, rng):
    minds = some_minds(model)
    before = model.recall(minds, day(9, 3)).copy()
    Planner(model).choose(minds, everything, objectives["global"], day(9, 3), rng)
    np.testing.assert_array_equal(model.recall(minds, day(9, 3)), before)
    assert minds.answered.tolist() == [0, 1, 10]


@pytest.mark.parametrize("excluded", [[0], [8, 9], [0, 1, 2, 4, 5, 6, 8, 9]])
def test_excluded_questions_are_never_chosen(excluded, model, objectives, some_minds, everything, rng):
    candidates = everything.copy()
    candidates[excluded] = False
    for objective in objectives.values():
        choice = Planner(model).choose(some_minds(model), candidates, objective, day(9, 3), rng)
        assert candidates[choice.question].all()
        ranked = Planner(model).rank(some_minds(model).take([1]), candidates, objective, day(9)[0], k=20)
        assert candidates[[one.question for one in ranked]].all()


def test_without_times_it_still_plans(model, objectives, some_minds, everything, rng):
    choice = Planner(model).choose(some_minds(model), everything, objectives["global"], np.full(3, np.nan), rng)
    assert np.isfinite(choice.improvement).all()


def test_equal_improvements_prefer_three_in_four_then_longest_unseen_then_bank_order():
    """The rule alone, on a plan made by hand."""

    def best(improvement, p_correct, last_seen):
        plan = choosing.Plan(np.array([p_correct]), np.array([improvement]))
        allowed = np.ones((1, len(improvement)), bool)
        return choosing.best(plan, allowed, np.array([last_seen], np.int32), equal_share=planner.EQUAL)[0]

    for share in (1.0, 1e-6):  # of how many concepts share the weight nothing depends
        assert best([0.1 * share, 0.1009 * share, 0.0], [0.75, 0.5, 0.75], [-1, -1, -1]) == 0
        assert best([0.1 * share, 0.102 * share, 0.0], [0.75, 0.5, 0.75], [-1, -1, -1]) == 1
    assert best([-0.1, -0.1009, -0.2], [0.5, 0.75, 0.75], [-1, -1, -1]) == 1
    assert best([0.1, 0.1, 0.1], [0.9, 0.7, 0.6], [-1, 5, -1]) == 1
    assert best([0.1, 0.1, 0.1], [0.95, 0.6, 0.6], [-1, 5, 3]) == 2
    assert best([0.1, 0.1, 0.1], [0.7, 0.8, 0.7], [4, 4, 2]) == 2
    assert best([0.1, 0.1, 0.1], [0.5, 0.7, 0.7], [-1, -1, -1]) == 1


def test_of_a_concept_s_questions_the_longest_unseen_comes_first(counting, mind_of, bank, rng):
    """8 and 9 are alike; whoever saw 9 longer ago gets it."""
    candidates = np.isin(np.arange(10), [0, 8, 9])
    objective = make_objective("practiced", bank.q_matrix)
    for order, expected in (((9, 8), 9), ((8, 9), 8)):
        mind = mind_of(counting, *((q, 1.0, 0) for q in order), *((0, 1.0, 0),))
        choice = Planner(counting).choose(mind, candidates, objective, day(1), rng)
        assert choice.question[0] == expected


def test_of_two_equally_mastered_concepts_the_one_that_fades_sooner_is_asked(bank, mind_of, everything, rng):
    """Same answers on a (strength half a day) and c (eight days): within a week only a's practice pays."""
    for strengths, expected in (([0.5, 8.0, 8.0, 8.0], 0), ([8.0, 8.0, 0.5, 8.0], 2)):
        values = {"decay": 0.6, "w_spaced": 0.8, "w_credit": 0.4, "w_failures": 0.2}
        curve = PowerCurve(4, values, np.log(strengths))
        model = MindModel(make_tracer("history", bank.q_matrix), curve)
        mind = mind_of(model, (0, 1.0, 0), (4, 1.0, 0), (0, 1.0, 0), (4, 1.0, 0), (8, 1.0, 0))
        mastery = model.mastery(mind, day(2))[0]
        assert mastery[0] == pytest.approx(mastery[2])
        candidates = np.isin(np.arange(10), [0, 4])
        choice = Planner(model).choose(mind, candidates, make_objective("global", bank.q_matrix), day(2), rng)
        assert bank.q_matrix.concepts[choice.question[0], 0] == expected
        assert choice.improvement[0] > 0


def test_an_answer_is_no_gain_on_concepts_it_does_not_practise(model, bank, some_minds):
    """DKT moves all concepts after an answer; a sum over them would mostly add the tracer's errors."""
    minds = some_minds(model)
    objective = make_objective("weakest", bank.q_matrix)
    plan = Planner(model).plan(minds, np.ones((3, 10), dtype=bool), objective, day(9, 3))
    weakest = model.recall(minds, day(9, 3)).argmin(axis=1)
    untouched = bank.q_matrix.dense[:, weakest].T == 0
    np.testing.assert_array_equal(plan.improvement[untouched], 0)
    assert (plan.improvement[~untouched] != 0).all()


def test_only_what_may_be_asked_is_looked_at(model, bank, some_minds, objectives, monkeypatch):
    minds, looked = some_minds(model), []
    plain = Planner(model)
    allowed = np.zeros((3, 10), dtype=bool)
    allowed[0, [1, 2]], allowed[1, 4], allowed[2, :] = True, True, True
    whole = plain.plan(minds, np.ones((3, 10), dtype=bool), objectives["global"], day(9, 3))
    values_of = plain._values_of
    monkeypatch.setattr(plain, "_values_of", lambda *given: looked.append(given[2]) or values_of(*given))
    some = plain.plan(minds, allowed, objectives["global"], day(9, 3))
    classes = {1: {1, 2}, 2: {4}, 3: set(range(10))}
    most = sum(len({plain._class_of[q] for q in asked}) for asked in classes.values())
    assert [len(questions) for questions in looked] == [most, most]  # right and wrong
    np.testing.assert_allclose(some.improvement[allowed], whole.improvement[allowed], atol=1e-7)
    assert np.isneginf(some.improvement[~allowed]).all()


def test_the_horizon_matters(counting, mind_of, objectives):
    mind = mind_of(counting, (0, 1.0, 0), (4, 1.0, 0), (8, 0.0, 0))
    plans = [
        Planner(counting, days).plan(mind, np.ones((1, 10), dtype=bool), objectives["global"], day(1))
        for days in (0.0, 30.0)
    ]
    assert np.abs(plans[0].improvement - plans[1].improvement).max() > 0.005
    np.testing.assert_array_equal(plans[0].p_correct, plans[1].p_correct)


@pytest.mark.parametrize(("asked", "last"), list(product([3, 7], [3, 7])))
def test_the_only_question_may_be_asked_again(asked, last, counting, mind_of, objectives, rng):
    candidates = np.arange(10) == asked
    choice = Planner(counting).choose(mind_of(counting, (last, 1.0, 0)), candidates, objectives["global"], day(1), rng)
    assert choice.question[0] == asked


def test_what_counts_is_practised_even_where_a_loss_is_expected(model, objectives, some_minds, everything, rng):
    """Questions of other concepts promise exactly nothing, and come only where nothing that counts may be asked."""
    minds = some_minds(model).take([1, 2])  # who has answered
    for name in ("practiced", "weakest"):
        weights = objectives[name].weights(minds, model.recall(minds, day(9, 2)))
        counts = (weights @ model.q_matrix.dense.T) > 0
        plan = Planner(model).plan(minds, np.ones((2, 10), dtype=bool), objectives[name], day(9, 2))
        lossy = choosing.Plan(plan.p_correct, np.where(counts, -1.0, 0.0), counts=plan.counts)
        asked = choosing.best(lossy, np.ones((2, 10), dtype=bool), minds.last_seen, equal_share=planner.EQUAL)
        assert counts[np.arange(2), asked].all()
        elsewhere = choosing.best(lossy, ~counts, minds.last_seen, equal_share=planner.EQUAL)
        assert not counts[np.arange(2), elsewhere].any()


def test_without_candidates_the_user_is_told(counting, mind_of, objectives, everything):
    with pytest.raises(UserError, match="can be asked"):
        Planner(counting).rank(mind_of(counting), ~everything, objectives["global"], START, k=3)

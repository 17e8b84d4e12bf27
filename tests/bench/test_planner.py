from dataclasses import replace

import numpy as np
import pytest

from preceptor.bench import BenchOptions, make_bench, planner
from preceptor.bench.planner_class import PAUSE_SECONDS, made_up_class
from preceptor.bench.planner_steps import Room
from preceptor.domain import UserError
from preceptor.recommend.planner_pruned import PrunedPlanner
from preceptor.recommend.spacing import rested

TINY = {
    "questions": 90,
    "concepts": 6,
    "vector": 12,
    "students": 20,
    "answers": 15,
    "epochs": 1,
    "size": "small",
}


def test_every_part_is_measured_at_its_limit(monkeypatch):
    monkeypatch.setattr(planner, "SIZES", TINY)
    monkeypatch.setattr(planner, "TIMES", {part: (*own[:2], 3, own[3]) for part, own in planner.TIMES.items()})
    monkeypatch.setattr(planner, "REGRETS", {part: (*own[:2], 5) for part, own in planner.REGRETS.items()})
    rows = make_bench("planner").run(BenchOptions(), lambda *step: None)
    limits = {row.name: row.reference for row in rows}
    assert limits["exact look-ahead, one concept, p95"] == 1_000.0
    assert limits["pruned look-ahead, all concepts, p95"] == 20.0
    assert limits["exact look-ahead, all concepts, p95"] is None
    assert limits["learned ddpg, weakest concept, p95"] == limits["learned dqn, weakest concept, p95"] == 20.0
    assert limits["pruned planner, recall in 7 days, one concept, p95"] == 20.0
    assert limits["pruned planner, recall in 7 days, all concepts, p95"] == 20.0
    assert limits["regret of the pruned look-ahead, one concept, 5 states"] == 2.0
    assert limits["regret of the pruned planner, all concepts, 5 states"] == 2.0
    assert len(rows) == 2 * len(planner.TIMES) + len(planner.REGRETS)
    assert all(row.ours > 0 for row in rows if row.unit == "ms")
    assert all(row.ratio is None or np.isfinite(row.ratio) for row in rows)


def test_students_are_cut_where_they_are_drawn():
    room = Room({"seed": 0, **TINY})
    minds = room.minds(30)
    assert set(minds.answered) <= set(range(10, 15))
    assert len(set(minds.answered)) > 1
    assert (minds.recent[:, -1] >= 0).all()


def test_a_wrong_choice_is_a_regret():
    room = Room({"seed": 0, **TINY})
    found = room.answer("regret", "pruned", "single", 6)
    assert (np.array(found["best"]) >= np.array(found["found"]) - 1e-6).all()


def test_minds_remember_when_they_practised():
    """Without times nothing rests, and the rule would be neither timed nor measured."""
    minds = Room({"seed": 0, **TINY}).minds(12)
    last = np.nanmax(minds.practice.last_seconds, axis=1)
    np.testing.assert_array_equal(last, (minds.answered - 1) * PAUSE_SECONDS)
    assert (rested(minds.practice, last + PAUSE_SECONDS).min(axis=1) < 0.3).all()


def test_the_regret_of_a_planner_is_of_what_it_compares(monkeypatch):
    """A choice of the highest improvement regardless of rest is a regret."""
    room = Room({"seed": 0, **TINY})
    assert max(_regrets(room)) == pytest.approx(0, abs=1e-9)
    plan = PrunedPlanner.plan

    def restless(policy, *given):
        return replace(plan(policy, *given), worth=None)

    monkeypatch.setattr(PrunedPlanner, "plan", restless)
    assert max(_regrets(room)) > 1e-6


def _regrets(room):
    found = room.answer("regret", "planner-pruned", "global", 12)
    return np.array(found["best"]) - np.array(found["found"])


@pytest.mark.parametrize(("name", "kind"), [("ddpg", "actor"), ("dqn", "values")])
def test_learned_policies_are_those_that_serve(name, kind):
    room = Room({"seed": 0, **TINY})
    policy = room.learned(name, "weakest")
    assert (policy.brain.form.kind, policy.brain.form.hidden, policy.brain.form.lift) == (kind, 300, 1_200)
    assert room.answer("time", name, "single", 3)["p95"] > 0


def test_practice_pays_in_the_made_up_class():
    made = made_up_class(60, 6, 12, 300, 40, np.random.default_rng(0))
    correct = made.log.correct.reshape(300, 40)
    assert correct[:, -10:].mean() > correct[:, :10].mean() + 0.1
    assert made.q_matrix.concepts[made.log.question].max() == 5


def test_an_unknown_part_is_told():
    with pytest.raises(UserError, match="Unknown part 'none'"):
        make_bench("planner").run(BenchOptions(only=("none",)), lambda *step: None)

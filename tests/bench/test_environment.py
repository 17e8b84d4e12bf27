import pytest
import torch

from preceptor.bench import BenchOptions, dense, make_bench
from preceptor.bench.environment_steps import Dense, Sides
from preceptor.domain import UserError


@pytest.fixture(scope="module")
def sides():
    torch.set_num_threads(1)
    return Sides(seed=0, size="small", students=12, questions=20, concepts=9, width=16)


@pytest.mark.parametrize("objective", ["global", "weakest"])
def test_both_environments_give_the_same_rewards_and_states(sides, objective):
    env, world = sides.envs[objective], sides.world
    env.reset(options={"students": range(12)})
    env._chance.zero_()  # everybody is right
    reward = env.step(sides.actions[0])[1]
    with torch.inference_mode():
        start = (sides.state.hidden, sides.state.cell, sides.actions[0])
        expected, hidden, cell = Dense(sides.tracer, 4, 9).step(objective, *start)
        torch.testing.assert_close(expected, reward, atol=1e-5, rtol=0)
        torch.testing.assert_close(torch.cat([hidden, cell], dim=1), world.features(env._state), atol=1e-5, rtol=0)
    assert float(reward.abs().max()) > 1e-4


def test_a_dense_step_of_one_concept_is_that_concepts(sides):
    with torch.inference_mode():
        state = sides.state.hidden, sides.state.cell, sides.actions[0]
        reward, hidden, _ = Dense(sides.tracer, 4, 9).step("practiced", *state)
        first = torch.zeros(12, dtype=torch.int64)
        after, before = (
            sides.world.mastery_of(type(sides.state)(own, own), first, None) for own in (hidden, sides.state.hidden)
        )
    torch.testing.assert_close(reward, after - before, atol=1e-5, rtol=0)


def test_a_profile_counts_every_part_once_and_leaves_nothing_behind(sides):
    parts = sides.profile("global")
    assert 0 < sum(parts.values()) - parts["in all"] <= parts["in all"]
    assert {"the head on all concepts", "the step of the LSTM", "a new episode"} <= set(parts)
    assert "pairs" not in vars(sides.world.head)
    assert "reset" not in vars(sides.envs["global"])


def test_times_are_of_a_student_and_step(sides, monkeypatch):
    monkeypatch.setattr(sides, "ours", lambda objective: 6.0)
    monkeypatch.setattr(sides, "dense", lambda *given: 32.0)
    assert sides.answer("global", "ours", calls=10) == {"seconds": 6 / (10 * 12)}
    assert sides.answer("global", "ours", calls=11) == {"seconds": 6 / (10 * 12)}
    assert sides.answer("global", "dense", chunk=4) == {"seconds": 0.5}


def test_a_part_is_measured_beside_its_limit(monkeypatch):
    class Scripted:
        def __init__(self, *arguments, **options):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def ask(self, do, side="", chunk=0, **request):
            answers = {
                "ours": {"seconds": 1 / 5_000},
                "dense": {"seconds": (1 + (chunk != 16)) / 10},
                "profile": {"in all": 2.0, "observations": 0.5},
            }
            return {"seconds": 1e11} if do == "product" else answers[side]

    monkeypatch.setattr(dense, "Worker", Scripted)
    row, share = make_bench("environment").run(BenchOptions(only=("global",)), lambda *step: None)
    assert (row.name, row.limit, row.unit) == ("global", 400.0, "student-steps/s")
    assert (row.ours, row.reference, row.ratio) == pytest.approx((5_000, 10, 500))
    assert row.bound == pytest.approx(0.1 * 1e11 / (2 * (300 * 300 + 300 * 1200 + 4 * 300 * 300)))
    assert (share.name, share.ours, share.ratio) == ("global: observations", pytest.approx(25.0), None)


def test_an_unknown_part_is_told():
    with pytest.raises(UserError, match="Unknown part 'sideways'"):
        make_bench("environment").run(BenchOptions(only=("sideways",)), lambda *step: None)

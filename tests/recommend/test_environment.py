"""Episodes: rewards telescope, chance is paired, targets are what the objectives say."""

import gymnasium
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import UserError
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel
from preceptor.recommend import make_objective, objective_names
from preceptor.recommend.clock import Clock
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.mind_world import MindWorld
from preceptor.recommend.rules import Rules
from preceptor.recommend.students import Students
from preceptor.trace import make_tracer

N = 16


@pytest.fixture(scope="module")
def env_of(vector_world, vector_students, objectives):
    """An environment over the semantic DKT; options as `StudentEnv`."""

    def build(objective="global", **options):
        own = options.pop("students", vector_students)
        return StudentEnv(vector_world, objectives[objective], own, **({"num_envs": N, "seed": 1} | options))

    return build


@pytest.fixture(scope="module")
def slow_env_of(counting, log, objectives):
    """The same over minds that forget."""
    world = MindWorld(counting)
    students = Students.of(world, log, history=20)

    def build(objective="global", **options):
        return StudentEnv(world, objectives[objective], students, **({"num_envs": N, "seed": 1} | options))

    return build


def same(env, obs):
    return torch.arange(env.num_envs) % 10


def around(env, obs):
    return (torch.arange(env.num_envs) + env._step) % 10


def total(steps):
    return torch.stack([reward for _, reward, *_ in steps]).sum(dim=0)


@pytest.mark.parametrize("name", [name for name in objective_names() if name != "weakest"])
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**40), horizon=st.integers(1, 12))
def test_dense_rewards_add_up_to_the_last_value_less_the_first(env_of, play, name, seed, horizon):
    env = env_of(name, horizon=horizon, seed=seed)
    started, steps = play(env, around)
    info = steps[-1][4]
    torch.testing.assert_close(total(steps), info["value"] - started["value"], atol=1e-4, rtol=0)
    torch.testing.assert_close(info["improvement"], total(steps), atol=1e-4, rtol=0)
    torch.testing.assert_close(info["reachable"], 1 - started["value"])
    assert float(total(steps).abs().max()) > 1e-3


@pytest.mark.parametrize("name", objective_names())
def test_the_reward_at_the_end_is_the_improvement(env_of, play, name):
    _, steps = play(env_of(name, reward="episode_end"), around)
    for _, reward, over, *_ in steps[:-1]:
        assert not reward.any()
        assert not over.any()
    assert steps[-1][2].all()
    torch.testing.assert_close(steps[-1][1], steps[-1][4]["improvement"])


def test_rewards_are_scaled_as_asked(env_of, play):
    (_, plain), (_, scaled) = (play(env_of(reward_scale=scale), around) for scale in (1.0, 1000.0))
    torch.testing.assert_close(total(scaled), 1000 * total(plain), atol=1e-3, rtol=1e-5)


def test_weakest_is_rewarded_for_what_was_weakest_and_then_looks_again(env_of, vector_world, play):
    env = env_of("weakest")
    masteries = []

    def remember(env, obs):
        mastery = vector_world.mastery(env._state, None)
        masteries.append(mastery)
        assert torch.equal(env.layout.target_id(obs), mastery.argmin(dim=1))
        torch.testing.assert_close(env.layout.value(obs), mastery.min(dim=1).values)
        return around(env, obs)

    with torch.no_grad():
        _, steps = play(env, remember)
        masteries.append(vector_world.mastery(env._state, None))
    targets = torch.stack([mastery.argmin(dim=1) for mastery in masteries])
    assert (targets[1:] != targets[:-1]).any()
    rows = torch.arange(N)
    for k, (_, reward, *_) in enumerate(steps):
        expected = masteries[k + 1][rows, targets[k]] - masteries[k][rows, targets[k]]
        torch.testing.assert_close(reward, expected, atol=1e-6, rtol=0)
    last = [masteries[-1][rows, targets[k]] for k in range(10)]
    first = [masteries[0][rows, targets[k]] for k in range(10)]
    end = steps[-1][4]
    torch.testing.assert_close(end["improvement"], (torch.stack(last) - torch.stack(first)).mean(dim=0))
    torch.testing.assert_close(end["reachable"], 1 - torch.stack(first).mean(dim=0))


def test_practiced_looks_at_the_concept_practised_most(env_of, vector_students, objectives):
    env = env_of("practiced", num_envs=40, shuffle=False)
    obs, _ = env.reset()
    expected = objectives["practiced"].recent_weights(vector_students.recent).argmax(axis=1)
    assert torch.equal(env.layout.target_id(obs), torch.as_tensor(expected))
    torch.testing.assert_close(env.layout.target(obs), env.world.concept_vectors[expected])


def test_upcoming_is_drawn_from_the_mixture_of_transition_rows(env_of, vector_students, objectives):
    """Frequencies over 4,000 episodes of one student, within four standard errors."""
    env, drawn = env_of("upcoming", num_envs=1), []
    for episode in range(1_500):
        obs, _ = env.reset(options={"episode": episode, "students": [3]})
        drawn.append(env.layout.target_id(obs))
    expected = objectives["upcoming"].recent_weights(vector_students.recent[[3]])[0]
    found = np.bincount(torch.cat(drawn), minlength=4) / 1_500
    assert (np.abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / 1_500)).all()
    assert np.ptp(expected) > 0.02


def test_what_is_observed_stands_where_the_layout_says(env_of, vector_world, play):
    env = env_of("global")
    obs, info = env.reset()
    layout = env.layout
    assert obs.shape == (N, layout.width) == env.observation_space.shape
    assert obs.dtype == torch.float32
    torch.testing.assert_close(layout.features(obs), vector_world.features(env._state))
    mean = vector_world.concept_vectors.mean(dim=0)
    torch.testing.assert_close(layout.target(obs)[0], mean / mean.norm() * vector_world.vector_width**0.5)
    assert (layout.target_id(obs) == -1).all()
    torch.testing.assert_close(layout.value(obs), info["value"])
    assert (layout.remaining(obs) == 1).all()
    assert not obs.requires_grad
    _, steps = play(env, same)
    remaining = [float(layout.remaining(obs)[0]) for obs, *_ in steps]
    np.testing.assert_allclose(remaining, np.arange(9, -1, -1) / 10, atol=1e-6)


def test_environments_of_one_seed_meet_the_same_chance_whatever_they_do(env_of, play):
    """Where two policies ask the same question of the same state, they get the same answer."""
    (_, one), (_, other), (_, third) = (play(env_of(seed=s), act) for s, act in ((5, same), (5, same), (6, same)))
    answers = [torch.stack([info["correct"] for *_, info in steps]) for steps in (one, other, third)]
    assert torch.equal(answers[0], answers[1])
    assert not torch.equal(answers[0], answers[2])
    env, again = env_of(seed=5), env_of(seed=5)
    env.reset(), again.reset()
    assert torch.equal(env._chance, again._chance)
    (*_, info), (*_, elsewhere) = env.step(same(env, None)), again.step(around(again, None) * 0 + 3)
    agrees = (env._chance[:, 0] < info["p_correct"]) == info["correct"].bool()
    assert agrees.all()
    assert torch.equal((again._chance[:, 0] < elsewhere["p_correct"]).float(), elsewhere["correct"])


def test_a_student_fares_alike_alone_and_among_others(env_of, play):
    _, together = play(env_of("weakest", num_envs=40, shuffle=False), lambda env, obs: torch.full((env.num_envs,), 4))
    for i in (0, 17, 39):
        _, alone = play(
            env_of("weakest", num_envs=1),
            lambda env, obs: torch.full((1,), 4),
            options={"students": [i]},
        )
        torch.testing.assert_close(total(alone)[0], total(together)[i], atol=1e-6, rtol=0)


def test_answers_come_as_often_as_said(env_of, play):
    gaps = []
    for episode in range(20):
        _, steps = play(env_of(num_envs=40), around, options={"episode": episode})
        gaps += [(info["correct"] - info["p_correct"]) for *_, info in steps]
    assert float(torch.cat(gaps).mean()) == pytest.approx(0, abs=0.025)


def test_every_episode_has_new_students_and_states_are_encoded_once(vector_world, log, objectives, play, monkeypatch):
    replays, steps = [], []
    replay, moved = vector_world.replay, vector_world._moved
    monkeypatch.setattr(vector_world, "replay", lambda *given: replays.append(1) or replay(*given))
    students = Students.of(vector_world, log, history=20)
    monkeypatch.setattr(vector_world, "_moved", lambda state, *given: steps.append(len(state)) or moved(state, *given))
    env, first = StudentEnv(vector_world, objectives["global"], students, num_envs=20), []
    for _ in range(4):
        started, _ = play(env, same)
        first.append(started["value"])
    assert len(replays) == 1
    assert steps == [20] * 40
    assert not torch.equal(first[0], first[1])
    torch.testing.assert_close(torch.cat(first[:2]).sort().values, torch.cat(first[2:]).sort().values)


def test_the_same_seed_begins_again(env_of, play):
    env = env_of(seed=3)
    runs = [play(env, around, **reset) for reset in ({}, {}, {"seed": 3}, {"options": {"episode": 1}})]
    totals = [total(steps) for _, steps in runs]
    assert torch.equal(totals[0], totals[2])
    assert torch.equal(totals[1], totals[3])
    assert not torch.equal(totals[0], totals[1])


def test_mastery_is_computed_once_a_step(env_of, vector_world, play, monkeypatch):
    calls, mastery = [], vector_world.mastery
    monkeypatch.setattr(vector_world, "mastery", lambda *given: calls.append(1) or mastery(*given))
    play(env_of("global"), same)
    play(env_of("practiced"), same)
    assert len(calls) == 11


def test_a_vector_becomes_the_nearest_question_and_the_first_of_equals(env_of, vector_world, monkeypatch):
    env = env_of(actions="vector")
    env.reset()
    wanted = torch.arange(N) % 10
    *_, info = env.step(3 * vector_world.question_vectors[wanted] + 0.01)
    assert torch.equal(info["question"], wanted)
    twins = vector_world.question_vectors.clone()
    twins[7] = twins[2]
    monkeypatch.setattr(vector_world, "question_vectors", twins)
    env = env_of(actions="vector")
    env.reset()
    *_, info = env.step(twins[[7] * N])
    assert (info["question"] == 2).all()


def test_a_raw_vector_is_answered_itself(env_of, vector_world):
    snapped, raw = env_of(actions="vector"), env_of(actions="vector", snap=False)
    snapped.reset(), raw.reset()
    question = vector_world.question_vectors[torch.arange(N) % 10]
    (obs, *_), (raw_obs, *_, raw_info) = snapped.step(question), raw.step(question)
    torch.testing.assert_close(raw_obs, obs, atol=1e-5, rtol=0)
    assert (raw_info["question"] == -1).all()
    *_, off = raw.step(question + torch.randn(question.shape, generator=torch.Generator().manual_seed(0)))
    *_, on = snapped.step(question)
    assert float((off["p_correct"] - on["p_correct"]).abs().max()) > 1e-3


def test_the_bank_is_all_that_is_asked(env_of, play):
    bank = np.zeros(10, dtype=bool)
    bank[[2, 5]] = True
    env = env_of(actions="vector", candidates=bank)
    _, steps = play(env, lambda env, obs: torch.randn(N, 16, generator=torch.Generator().manual_seed(env._step)))
    assert {int(q) for *_, info in steps for q in info["question"]} == {2, 5}
    discrete = env_of(candidates=bank)
    _, info = discrete.reset()
    assert torch.equal(info["mask"], torch.as_tensor(bank).expand(N, -1))
    with pytest.raises(ValueError, match="mask forbids"):
        discrete.step(torch.zeros(N, dtype=torch.int64))


def test_students_with_short_histories_take_part(vector_world, log):
    students = Students.of(vector_world, log, history=3)
    assert (students.answered == 3).all()
    assert (students.recent[:, :7] == -1).all()
    np.testing.assert_array_equal(students.recent[0, 7:], log.question[:3])
    np.testing.assert_array_equal(students.last_seconds, log.time_seconds[log.offsets[:-1] + 2])
    newcomers = Students.of(vector_world, log, np.array([3, 5]), history=0, at_least=0)
    assert newcomers.ids == ("s3", "s5")
    assert not newcomers.state.hidden.any()
    assert (newcomers.last_seconds == 0).all()
    with pytest.raises(UserError, match="No student has 26 answers"):
        Students.of(vector_world, log, at_least=26)


def test_it_is_a_gymnasium_vector_environment(env_of):
    for actions in ("discrete", "vector"):
        env = env_of(actions=actions)
        assert isinstance(env, gymnasium.vector.VectorEnv)
        assert env.metadata["autoreset_mode"] == gymnasium.vector.AutoresetMode.DISABLED
        env.action_space.seed(0)
        obs, info = env.reset(seed=1, options=None)
        assert isinstance(info, dict)
        for step in range(10):
            assert env.observation_space.contains(obs.numpy())
            obs, reward, terminated, truncated, info = env.step(env.action_space.sample())
            assert reward.shape == terminated.shape == truncated.shape == (N,)
            assert terminated.dtype == truncated.dtype == torch.bool
            assert bool(terminated.all()) == (step == 9)
            assert not truncated.any()
        with pytest.raises(RuntimeError, match="call reset"):
            env.step(env.action_space.sample())
        env.close()
        assert env.single_observation_space.shape == (env.layout.width,)
        assert gymnasium.vector.utils.batch_space(env.single_action_space, N) == env.action_space


def test_time_between_answers_lets_students_forget(slow_env_of, play):
    hour, day = 3_600.0, 86_400.0
    soon, late = (Clock(tuple(gap * k for k in range(10)), gap * 10) for gap in (hour, 5 * day))
    quick, slow = (play(slow_env_of(clock=clock), around)[1] for clock in (soon, late))
    assert float(quick[-1][4]["value"].mean()) > float(slow[-1][4]["value"].mean()) + 0.05
    p_correct = [torch.stack([info["p_correct"] for *_, info in steps]).mean() for steps in (quick, slow)]
    assert p_correct[0] > p_correct[1]


@pytest.mark.parametrize("name", ["exam", "practiced"])
def test_with_a_clock_rewards_add_up_at_the_judged_moment(slow_env_of, counting, play, name):
    clock = Clock.sittings(minutes_per_day=2, days=3, seconds_per_answer=40, judged_days=9)
    env = slow_env_of(name, clock=clock)
    assert env.horizon == 9
    obs, _ = env.reset()
    begun = env._begun.numpy()
    started, steps = play(env, around, options={"episode": 0})
    torch.testing.assert_close(total(steps), steps[-1][4]["value"] - started["value"], atol=1e-4, rtol=0)
    judged = counting.recall(env._state, begun + 9 * 86_400)
    weights = np.full(4, 0.25) if name == "exam" else np.eye(4)[env.layout.target_id(obs)]
    np.testing.assert_allclose(steps[-1][4]["value"], (judged * weights).sum(axis=1), atol=1e-6)
    seen = env.layout.features(steps[-1][0])[:, -4:]
    np.testing.assert_allclose(torch.sigmoid(seen), judged.clip(1e-4, 1 - 1e-4), atol=1e-5)


def test_sittings_are_a_day_apart():
    clock = Clock.sittings(minutes_per_day=2, days=2, seconds_per_answer=50)
    assert clock.offsets_seconds == (86_400, 86_450, 172_800, 172_850)
    assert clock.judged_seconds == 3 * 86_400
    assert Clock.sittings(minutes_per_day=0.1, days=1, seconds_per_answer=50).steps == 1
    for times, judged in (((), 1.0), ((2.0, 1.0), 3.0), ((1.0,), 0.5), ((-1.0,), 5.0)):
        with pytest.raises(UserError, match="run backwards"):
            Clock(times, judged)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"clock": Clock((0.0,), 1.0)}, "forgetting curve"),
        ({"snap": False}, "vector actions"),
        ({"snap": False, "actions": "vector", "rules": Rules(no_repeats=True)}, "no rules"),
        ({"reward": "sparse"}, "dense, episode_end"),
        ({"actions": "words"}, "discrete, vector"),
        ({"num_envs": 0}, "at least 1"),
        ({"horizon": -1}, "at least 1"),
        ({"candidates": np.zeros(10, dtype=bool)}, "at least one"),
    ],
)
def test_what_cannot_work_is_refused_with_what_can(env_of, options, said):
    with pytest.raises(UserError, match=said):
        env_of(**options)


def test_vectors_need_a_tracer_that_reads_them(slow_env_of):
    with pytest.raises(UserError, match="semantic-dkt without a clock") as refused:
        slow_env_of(actions="vector")
    assert "--algorithm dqn, rainbow, c51, discrete-sac" in str(refused.value)


def test_who_asks_for_rules_with_raw_vectors_is_told_an_option_that_there_is(env_of):
    with pytest.raises(UserError, match="--preset tuned"):
        env_of(snap=False, actions="vector", rules=Rules(no_repeats=True))


def test_a_clock_has_as_many_times_as_an_episode_answers(slow_env_of):
    with pytest.raises(UserError, match="times for 1 answers"):
        slow_env_of(clock=Clock((0.0,), 1.0), horizon=2)


def test_time_needs_a_mind_that_forgets(bank, log, objectives):
    world = MindWorld(MindModel(make_tracer("history", bank.q_matrix), NoForgetting(4)))
    with pytest.raises(UserError, match="nothing does"):
        StudentEnv(world, objectives["global"], Students.of(world, log), num_envs=2, clock=Clock((0.0,), 1.0))


def test_an_objective_that_says_nothing_of_episodes_is_refused(vector_world, vector_students, bank):
    objective = make_objective("global", bank.q_matrix)
    outside = type("Outside", (type(objective).__base__,), {"name": "outside", "weights": None})(bank.q_matrix)
    with pytest.raises(UserError, match="'outside'"):
        StudentEnv(vector_world, outside, vector_students, num_envs=2)

import copy

import numpy as np
import pytest
import torch

from preceptor.recommend import make_objective
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.learned.mve import MveCritic, MveValue
from preceptor.recommend.learned.mve_questions import MveQuestionValues
from preceptor.recommend.students import Students
from preceptor.trace.semantic_dkt import SemanticDktState


def critic(own, looks_at, **options):
    return MveCritic(own.world, own.layout, own.weights(looks_at), **options)


def trained(module, *inputs, steps=3):
    """The module after a few steps towards 0.3."""
    optimiser = torch.optim.Adam(module.parameters(), lr=1e-2)
    for _ in range(steps):
        optimiser.zero_grad()
        (module(*inputs) - 0.3).square().mean().backward()
        optimiser.step()
    return module


@pytest.mark.parametrize("calibrated", [False, True])
def test_at_first_it_is_the_exact_expected_reward_of_one_step(small, looks_at, calibrated):
    own = small(calibrated=calibrated)
    gain = own.expected_gain(looks_at, own.act)
    found = critic(own, looks_at)(own.obs(looks_at), own.act)
    torch.testing.assert_close(found[:, 0], gain, atol=1e-5, rtol=0)
    assert gain.abs().min() > 1e-4  # else 0 would pass


@pytest.mark.parametrize(("name", "scale"), [("global", 1.0), ("practiced", 1.0), ("weakest", 1000.0)])
def test_at_first_it_is_the_mean_sampled_reward_of_the_environment(small, name, scale):
    """The specification's fourth check: at least 10⁴ sampled rewards of the same state and action."""
    own, n = small(), 20_000
    objective = make_objective(name, own.tracer.q_matrix)
    # as many students of one state, since chance belongs to a student
    state, recent = own.state.take(np.zeros(n, np.int64)), np.full((n, 10), 2, np.int32)
    students = Students(tuple(map(str, range(n))), state, recent, np.full(n, 4), np.zeros(n))
    env = StudentEnv(
        own.world, objective, students, num_envs=n, actions="vector", reward_scale=scale, seed=4
    )  # fmt: skip
    weights = torch.full((5,), 0.2) if name == "global" else None
    for question in (1, 4):
        obs, _ = env.reset()
        act = own.world.question_vectors[question].expand(n, -1)
        _, reward, *_ = env.step(act)
        value = MveCritic(own.world, env.layout, weights, scale=scale)(obs[:1], act[:1]).item()
        error = float(reward.std()) / n**0.5
        assert abs(float(reward.mean()) - value) < 4 * error
        assert abs(value) > 8 * error  # so that another action, or no gain at all, would be noticed


def test_a_students_value_does_not_change_when_others_act_otherwise(small, looks_at):
    """Defect 5.5.1: actions were added to responses across the batch, so that each student answered all actions."""
    own = small()
    values, obs = critic(own, looks_at), own.obs(looks_at)
    first = values(obs, own.act)
    other = own.act.clone()
    other[1:] = torch.randn_like(other[1:])
    torch.testing.assert_close(values(obs, other)[0], first[0], atol=1e-6, rtol=0)
    assert (values(obs, other)[1:] != first[1:]).all()
    for i in range(len(obs)):
        torch.testing.assert_close(values(obs[i : i + 1], own.act[i : i + 1]), first[i : i + 1], atol=1e-6, rtol=0)


def test_values_are_one_column(small, looks_at):
    own = small()
    obs = own.obs(looks_at)
    assert critic(own, looks_at)(obs, own.act).shape == (len(obs), 1)
    assert critic(own, looks_at)(obs[:1], own.act[:1]).shape == (1, 1)
    assert MveValue(own.world, own.layout, own.weights(looks_at))(obs).shape == (len(obs), 1)
    assert MveQuestionValues(own.world, own.layout, own.weights(looks_at))(obs).shape == (len(obs), 8)


def test_the_cell_state_is_that_of_the_evaluated_state(small, looks_at):
    """Defect 5.5.2: the next state was evaluated with the cell state before the step."""
    own = small()
    values, before = critic(own, looks_at), own.obs(looks_at)
    stale = own.state.cell
    own.state = own.world.answer_at_vector(own.state, own.act, torch.ones(len(own.act)))
    found = values(own.obs(looks_at), own.act)[:, 0]
    torch.testing.assert_close(found, own.expected_gain(looks_at, own.act), atol=1e-5, rtol=0)
    own.state = SemanticDktState(own.state.hidden, stale)
    assert (found - own.expected_gain(looks_at, own.act)).abs().min() > 1e-5
    assert own.layout.features(before).shape[1] == 2 * own.state.cell.shape[1]


def test_what_was_stored_with_a_transition_does_not_enter(small, looks_at):
    """Defects 5.5.2 and 5.5.3: P(correct) and mastery came from the stored step, not from what was evaluated."""
    own = small()
    info = {"p_correct": torch.zeros(7), "value": torch.zeros(7), "cell_state": torch.zeros_like(own.state.cell)}
    for act in (own.act, own.act.flip(0), 2 * own.act):
        found = critic(own, looks_at)(own.obs(looks_at), act, info)[:, 0]
        torch.testing.assert_close(found, own.expected_gain(looks_at, act), atol=1e-5, rtol=0)


def test_gradients_reach_the_action_through_p_and_both_outcomes(small, looks_at):
    """Defect 5.5.3: none flowed through P(correct)."""
    own = small(double=True)
    values, obs = trained(critic(own, looks_at), own.obs(looks_at), own.act), own.obs(looks_at)
    act = own.act.clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda act: values(obs, act), (act,), eps=1e-6, atol=1e-7)
    (full,) = torch.autograd.grad(values(obs, act).sum(), act)
    p = own.world.p_correct_at_vector(own.state, act)
    after = values.copy.outcomes(
        values._sights.seen(obs), values.copy.read(own.act)[:, None], values.copy.parts(values._sights.seen(obs))
    )
    (through_p,) = torch.autograd.grad(torch.lerp(after[:, 0, 0], after[:, 0, 1], p).sum(), act)
    assert through_p.norm() > 1e-3 * full.norm()
    assert (full - through_p).norm() > 1e-3 * full.norm()


@pytest.mark.parametrize("calibrated", [False, True])
def test_gradients_of_the_weights_are_those_of_finite_differences(small, looks_at, calibrated):
    own = small(double=True, calibrated=calibrated)
    values, obs = critic(own, looks_at), own.obs(looks_at)
    weights = dict(values.named_parameters())

    def of(*given):
        return torch.func.functional_call(values, dict(zip(weights, given, strict=True)), (obs, own.act))

    given = tuple(weight.detach().clone().requires_grad_() for weight in weights.values())
    assert torch.autograd.gradcheck(of, given, eps=1e-6, atol=1e-7, fast_mode=True)
    assert all(weight.abs().sum() > 0 for weight in torch.autograd.grad(of(*given).sum(), given))


def test_compiled_gradients_are_those_of_doubles(small):
    own, precise = small(), small(double=True)
    found, wanted = critic(own, "many"), critic(precise, "many")
    found(own.obs("many"), own.act).sum().backward()
    wanted(precise.obs("many"), own.act.double()).sum().backward()
    for mine, true in zip(found.parameters(), wanted.parameters(), strict=True):
        torch.testing.assert_close(mine.grad.double(), true.grad, atol=1e-5, rtol=1e-4)


def test_where_an_actor_is_trained_the_critics_weights_get_nothing(small, looks_at):
    own = small()
    values, act = critic(own, looks_at), own.act.clone().requires_grad_()
    value = values(own.obs(looks_at), act)
    value.sum().backward()
    assert act.grad.abs().min() > 0
    assert all(weight.grad is None and weight.requires_grad for weight in values.parameters())
    torch.testing.assert_close(value, values(own.obs(looks_at), own.act))


def test_twins_differ_slightly(small, looks_at):
    """Defect 5.5.4: they were equal, so that the lower of the two was always both."""
    own = small()
    obs = own.obs(looks_at)
    plain, one, two, again = (critic(own, looks_at, twin=twin)(obs, own.act) for twin in (None, 1, 2, 1))
    assert torch.equal(one, again)
    assert (one != two).all()
    assert (one - two).abs().max() < 0.2 * plain.abs().max()
    assert (one - plain).abs().max() < 0.2 * plain.abs().max()


def test_training_moves_the_copy_and_nothing_of_the_tracer(small, looks_at):
    own = small(calibrated=True)
    kept = copy.deepcopy(own.tracer.network.state_dict())
    obs, frozen = own.obs(looks_at), own.expected_gain(looks_at, own.act)
    values = critic(own, looks_at)
    before = [weight.detach().clone() for weight in values.parameters()]
    trained(values, obs, own.act)
    assert all((old != new).any() for old, new in zip(before, values.parameters(), strict=True))
    assert (values(obs, own.act)[:, 0] - 0.3).abs().mean() < (frozen - 0.3).abs().mean()
    torch.testing.assert_close(own.tracer.network.state_dict(), kept, atol=0, rtol=0)
    assert all(weight.grad is None for weight in own.tracer.network.parameters())
    assert torch.equal(own.expected_gain(looks_at, own.act), frozen)


def test_rewards_of_scale_1000_are_a_thousand_times_the_value(small, looks_at):
    own = small()
    one, thousand = (critic(own, looks_at, scale=scale)(own.obs(looks_at), own.act) for scale in (1.0, 1000.0))
    torch.testing.assert_close(thousand, 1000 * one)


def test_nothing_is_left_to_gain_at_the_end(small, looks_at):
    own = small()
    over = own.obs(looks_at, remaining=0.0)
    assert torch.equal(critic(own, looks_at)(over, own.act), torch.zeros(7, 1))
    value = trained(MveValue(own.world, own.layout, own.weights(looks_at)), own.obs(looks_at))
    assert torch.equal(value(over), torch.zeros(7, 1))
    assert value(own.obs(looks_at)).abs().min() > 0


def test_a_lagged_copy_has_weights_of_its_own_and_the_same_frozen_tracer(small, looks_at):
    own = small()
    values, obs = critic(own, looks_at), own.obs(looks_at)
    lagged = copy.deepcopy(values)
    assert lagged._sights.world is own.world
    first = lagged(obs, own.act)
    trained(values, obs, own.act)
    assert torch.equal(lagged(obs, own.act), first)
    assert set(values.state_dict()) == {name for name, _ in values.named_parameters()}
    lagged.load_state_dict(values.state_dict())
    assert torch.equal(lagged(obs, own.act), values(obs, own.act))


def test_a_lagged_copy_is_never_stale(small, looks_at):
    """Polyak averages are written past torch's count of changes, so nothing may be kept by that count."""
    own = small()
    values, obs = critic(own, looks_at), own.obs(looks_at)
    lagged = copy.deepcopy(values)
    trained(values, obs, own.act)
    with torch.no_grad():
        lagged(obs, own.act)
        for old, new in zip(lagged.parameters(), values.parameters(), strict=True):
            old.data.copy_(new.data)
        assert torch.equal(lagged(obs, own.act), values(obs, own.act))


def test_arrays_serve_as_tensors_do(small, looks_at):
    own = small()
    values, obs = critic(own, looks_at), own.obs(looks_at)
    assert torch.equal(values(obs.numpy(), own.act.double().numpy()), values(obs, own.act))


def test_concepts_of_one_vector_count_together(small):
    own = small(same_vectors=True)
    values = critic(own, "many")
    assert len(values._sights.vectors) == 3  # of five: one has no weight, two share a vector
    gain = own.expected_gain("many", own.act)
    torch.testing.assert_close(values(own.obs("many"), own.act)[:, 0], gain, atol=1e-5, rtol=0)


def test_the_value_of_states_starts_at_0_and_is_what_mastery_gains(small, looks_at):
    own = small(calibrated=True)
    value, obs = MveValue(own.world, own.layout, own.weights(looks_at), scale=10.0), own.obs(looks_at)
    torch.testing.assert_close(value(obs), torch.zeros(7, 1), atol=1e-5, rtol=0)
    with torch.no_grad():
        value.copy.head.out.bias += 0.7
    logit = torch.logit(own.world.mastery(own.state, own.at)) + 1.3 * 0.7
    own_weights = own.many.expand(7, -1) if looks_at == "many" else torch.eye(5)[own.target]
    after = (torch.sigmoid(logit) * own_weights).sum(1)
    torch.testing.assert_close(value(obs)[:, 0], 10 * (after - own.value(own.state, looks_at)), atol=1e-5, rtol=1e-4)


def test_the_value_of_states_trains_on_returns_of_either_sign(small, looks_at):
    """Defect 7.1.2: the original's stayed in 0..1 and was never trained."""
    own = small()
    value, obs = MveValue(own.world, own.layout, own.weights(looks_at)), own.obs(looks_at)
    wanted = torch.where(torch.arange(7) % 2 == 0, 0.05, -0.05)[:, None]
    optimiser = torch.optim.Adam(value.parameters(), lr=1e-2)
    losses = []
    for _ in range(60):
        loss = (value(obs) - wanted).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.3 * losses[0]
    assert value(obs).min() < 0 < value(obs).max()


def test_the_observed_value_is_the_frozen_tracers_at_the_state(small, looks_at):
    own = small()
    seen = critic(own, looks_at)._sights.seen(own.obs(looks_at))
    assert torch.equal(seen.value, own.value(own.state, looks_at))

"""Every algorithm learns; the original's defects stay mended."""

import math

import numpy as np
import pytest
import torch
from tianshou.data import Batch
from tianshou.utils.torch_utils import policy_within_training_step
from torch.distributions import Independent, Normal

from preceptor.domain import UserError
from preceptor.recommend.learned.collect import Explorer, play, served
from preceptor.recommend.learned.learner import Executed
from preceptor.recommend.learned.networks import NoisyLinear, on_sphere
from preceptor.recommend.learned.replay import PrioritisedEpisodeReplay
from preceptor.recommend.learned.settings import ALGORITHMS, require_critic, settings_for
from preceptor.recommend.learned.training import train
from preceptor.workflow.policy_options import PolicyOptions

every_algorithm = pytest.mark.parametrize("name", ALGORITHMS)


def weights_of(module):
    return {name: value.detach().clone() for name, value in module.named_parameters()}


def moved(module, before):
    return [name for name, value in module.named_parameters() if not torch.equal(value, before[name])]


@every_algorithm
def test_every_algorithm_trains(name, ground):
    own = ground("weakest")
    learner = own.learner(name, own.settings(name, transitions=240, updates=8))
    before = weights_of(learner.brain)
    report = own.train(learner)
    assert len(report.scores) == report.epochs + 1 == 3
    assert np.isfinite(report.scores).all()
    assert all(np.isfinite(losses).all() for losses in report.losses.values())
    assert moved(learner.brain, before) or report.best_epoch == 0


@every_algorithm
def test_exploration_really_happens(name, ground):
    """Defects 4 and 11b: data were collected greedily whatever was configured."""
    own = ground()
    learner = own.learner(name)
    env = own.env(learner.settings, learner.kind.actions)
    greedy = play(own.env(learner.settings), served(learner.brain, learner.rows), None, 0)
    torch.manual_seed(0)
    explored = Explorer(learner, env).collect(0, done=0.0)
    assert (explored.question != greedy.question).mean() > 0.05
    torch.manual_seed(1)
    assert (Explorer(learner, env).collect(0, done=0.0).block.act != explored.block.act).any()


@pytest.mark.parametrize("name", ["ddpg", "td3"])
def test_the_paper_preset_explores_by_noise_on_vectors(name, ground):
    """Defect 11b: the noise was configured and never applied."""
    own = ground()
    learner = own.learner(name, own.settings(name, "paper"))
    env = own.env(learner.settings, "vector")
    torch.manual_seed(0)
    played = Explorer(learner, env).collect(0, done=0.0)
    with torch.no_grad():
        meant = learner.brain.actions(torch.as_tensor(played.block.obs), sampled=False).numpy()
    assert played.block.act.shape == meant.shape
    assert 0.01 < np.abs(played.block.act - meant).mean() < 0.2
    assert (played.question == -1).all()


@every_algorithm
def test_trained_policies_are_measured_without_exploration(name, ground):
    own = ground()
    learner = own.learner(name)
    env = own.env(learner.settings, num_envs=24, shuffle=False)
    asked = [play(env, served(learner.brain, learner.rows), None, 0).question for _ in range(2)]
    np.testing.assert_array_equal(*asked)


@pytest.mark.parametrize("name", ["sac", "ppo", "trpo", "discrete-sac"])
def test_without_deterministic_evaluation_they_draw(name, ground):
    own = ground()
    learner = own.learner(name, own.settings(name, deterministic_eval=False))
    env = own.env(learner.settings, num_envs=24, shuffle=False)
    torch.manual_seed(0)
    asked = [play(env, served(learner.brain, learner.rows), None, 0).question for _ in range(2)]
    assert (asked[0] != asked[1]).any()


@pytest.mark.parametrize("critic", ["plain", "mve"])
@pytest.mark.parametrize("name", ["ppo", "trpo"])
def test_critics_of_ppo_and_trpo_really_train(name, critic, ground):
    """Defect 2: their optimiser held the actor alone, and the value spoke another scale than the returns."""
    own = ground("global")
    settings = own.settings(name, updates=96, gamma=1.0, gae_lambda=1.0)
    learner = own.learner(name, settings, critic)
    before = weights_of(learner.algorithm.critic)
    report = own.train(learner)
    assert moved(learner.algorithm.critic, before)
    losses = report.losses["vf_loss"]
    assert losses[-1] < losses[0] or losses[0] < 1e-4
    obs = torch.as_tensor(Explorer(learner, own.env(settings, "vector")).collect(9, done=1.0).block.obs)
    assert learner.algorithm.critic(obs).abs().max() < settings.reward_scale


@pytest.mark.parametrize("name", ["ppo", "trpo", "sac"])
def test_sigma_is_the_standard_deviation(name, ground):
    """Defect 2: σ was taken as its logarithm, so that noise was as long as the action."""
    own = ground()
    learner = own.learner(name, own.settings(name, "paper"))
    obs = torch.randn(4, learner.brain.form.layout.width)
    many = Batch(obs=obs.repeat(3_000, 1), info=Batch())
    with policy_within_training_step(learner.algorithm.policy):
        drawn = learner.algorithm.policy(many).act.detach().reshape(3_000, 4, -1)
    mean, sigma = learner.brain.network(obs)
    assert 0 < sigma.min() < sigma.max() < 0.2
    torch.testing.assert_close(drawn.std(dim=0), sigma, rtol=0.1, atol=0)
    torch.testing.assert_close(drawn.mean(dim=0), mean, rtol=0, atol=0.02)


@pytest.mark.parametrize("width", [4, 768])
def test_the_ratio_that_ppo_clips_stays_a_number_in_any_width(ground, width):
    """A policy that moved by three of its σ in every number: the plain ratio of 768 of them is no float."""
    own = ground()
    policy = own.learner("ppo", own.settings("ppo", "tuned")).algorithm.policy
    sigma, drawn = torch.full((1, width), 0.1), torch.zeros(1, width)
    before, after = (policy.dist_fn((torch.full((1, width), mean), sigma)) for mean in (0.0, 0.3))
    ratio = (after.log_prob(drawn) - before.log_prob(drawn)).exp()
    assert ratio.item() == pytest.approx(math.exp(-4.5), rel=1e-4)
    assert after.entropy().item() == pytest.approx(math.log(0.1 * math.sqrt(2 * math.pi * math.e)), rel=1e-4)


@pytest.mark.parametrize("name", ["ppo", "trpo"])
def test_the_paper_preset_reads_every_epoch_once_and_leaves_advantages_as_they_are(name, ground):
    own, published = ground(), settings_for(name, "paper")
    assert published.updates * published.batch == published.transitions
    settings = own.settings(name, "paper", transitions=480, updates=round(480 / 40), batch=40)
    learner = own.learner(name, settings)
    assert not learner.algorithm.advantage_normalization
    assert own.train(learner).updates == 12
    assert own.learner(name).algorithm.advantage_normalization


def test_the_paper_preset_weighs_the_whole_entropy_of_ppo_and_clips_no_gradient(ground):
    own = ground()
    algorithm = own.learner("ppo", own.settings("ppo", "paper")).algorithm
    policy, width = algorithm.policy, own.world.vector_width
    dist = policy.dist_fn((torch.zeros(1, width), torch.full((1, width), 0.1)))
    whole = Independent(Normal(torch.zeros(1, width), 0.1), 1).entropy()
    torch.testing.assert_close(algorithm.ent_coef * dist.entropy(), 0.01 * whole)
    assert algorithm.optim._max_grad_norm is None
    assert own.learner("ppo", own.settings("ppo", entropy_weight=0.1)).algorithm.ent_coef == 0.1


def test_sac_plays_fewer_students_at_once_for_all_concepts_under_the_paper_preset():
    own, others = settings_for("sac", "paper", "global"), settings_for("sac", "paper", "weakest")
    assert (own.envs, own.batch, own.replay // own.envs) == (128, 256, 100)
    assert own.transitions // (own.envs * 10) == others.transitions // (others.envs * 10) == 100
    assert settings_for("sac", "paper", "global", transitions=5_000).transitions == 5_000
    assert settings_for("sac", "tuned", "global") == settings_for("sac", "tuned")
    assert settings_for("ddpg", "paper", "global") == settings_for("ddpg", "paper")
    assert PolicyOptions("global", "sac", preset="paper").settings.envs == 128


def test_td3_smooths_its_targets_as_published(ground):
    for preset in ("tuned", "paper"):
        algorithm = ground().learner("td3", ground().settings("td3", preset)).algorithm
        assert (algorithm.policy_noise, algorithm.noise_clip) == (0.2, 0.5)


def test_rainbow_is_rainbow(ground):
    """Defect 3: it was C51 by another name."""
    own = ground()
    learner = own.learner("rainbow")
    network, algorithm = learner.brain.network, learner.algorithm
    assert isinstance(learner.replay(120, 0), PrioritisedEpisodeReplay)
    assert algorithm.n_step > 1
    assert algorithm.use_target_network
    assert algorithm.model_old is not None
    assert all(isinstance(layer, NoisyLinear) for layer in (network.trunk.joined, network.query, network.level))
    obs = torch.randn(3, learner.brain.form.layout.width)
    learner.brain.train()
    noisy = network(obs)
    learner.brain.draw_noise()
    assert not torch.allclose(noisy, network(obs))
    learner.brain.eval()
    with torch.no_grad():  # duelling: without an advantage every question has the state's distribution
        network.projection.weight.zero_()
        torch.testing.assert_close(network(obs), network(obs)[:, :1].expand(-1, len(network.bank), -1))


def test_the_double_target_of_rainbow_is_chosen_by_the_learning_network(ground):
    own = ground()
    algorithm = own.learner("rainbow").algorithm
    batch = Batch(obs_next=torch.randn(5, algorithm.policy.model.network.trunk.layout.width))
    chosen = []
    forward = algorithm.policy.forward

    def spy(given, model=None, **named):
        found = forward(given, model=model, **named)
        chosen.append(model)
        return found

    algorithm.policy.forward = spy
    batch.returns = algorithm.policy.support.repeat(5, 1)
    algorithm._target_dist(batch)
    assert chosen == [None, algorithm.model_old]


@pytest.mark.parametrize("name", ["dqn", "c51", "rainbow"])
def test_target_networks_lag_behind(name, ground):
    """Defect 4: there was no target network."""
    own = ground()
    learner = own.learner(name, own.settings(name, target_every=10_000))
    old = learner.algorithm.model_old
    frozen = weights_of(getattr(old, "module", old))
    own.train(learner)
    assert not moved(getattr(old, "module", old), frozen)
    assert learner.algorithm._iter == 32


def test_negative_values_can_be_learned(ground):
    """Defect 4: a rectifier on the output forbade them."""
    own = ground()
    learner = own.learner("dqn", own.settings("dqn", transitions=1_200, updates=300, gamma=0.0))
    env = own.env(learner.settings)
    step = env.step
    env.step = lambda action: (lambda obs, reward, *rest: (obs, torch.full_like(reward, -0.5), *rest))(*step(action))
    train(learner, env, lambda: float(learner.algorithm._iter), seed=0, clock=lambda: 0.0)
    obs, _ = env.reset(options={"episode": 0})
    with torch.no_grad():
        values = learner.algorithm.policy.model.network(obs)
    assert values.mean() < -0.2


def test_the_entropy_of_sac_means_the_same_in_any_width(ground):
    """Defect 5: log π grew with the 768 numbers of an action and drowned the reward.

    It is divided by the width, and the weight is learned towards the entropy of a coordinate with the σ aimed at.
    """
    own = ground()
    learner = own.learner("sac")
    policy, numbers = learner.algorithm.policy, learner.settings
    obs = torch.randn(64, learner.brain.form.layout.width)
    with policy_within_training_step(policy):
        found = policy(Batch(obs=obs, info=Batch()))
    mean, sigma = found.logits
    by_hand = Normal(mean, sigma).log_prob(found.act).mean(dim=1)
    torch.testing.assert_close(found.log_prob[:, 0], by_hand)
    aimed = Normal(0.0, numbers.entropy_target).entropy()
    assert learner.algorithm.alpha._target_entropy == pytest.approx(float(aimed), rel=1e-5)
    assert learner.algorithm.alpha.value * found.log_prob.abs().max() < 0.05


def test_density_and_environment_agree_on_the_action_of_sac(ground):
    """Defect 5: the density was that of a vector which was never the action."""
    own = ground()
    learner = own.learner("sac")
    env = own.env(learner.settings, "vector")
    drawn = learner.brain.actions(env.reset(options={"episode": 0})[0], sampled=True)
    with torch.no_grad():
        asked = []
        for scale in (1.0, 7.0):
            env.reset(options={"episode": 0})
            asked.append(env.step(scale * drawn)[-1]["question"])
            values = learner.algorithm.critic(env.reset(options={"episode": 0})[0], scale * drawn)
            asked.append(values)
    assert torch.equal(asked[0], asked[2])
    torch.testing.assert_close(asked[1], asked[3])


def test_discrete_sac_aims_at_a_share_of_the_entropy_of_drawing_uniformly(ground):
    learner = ground().learner("discrete-sac")
    assert learner.algorithm.alpha._target_entropy == pytest.approx(0.5 * math.log(8))


def test_vector_policies_learn_of_questions_that_are_real(ground):
    """Defect 16: training asked vectors far from any question, which the policy could exploit."""
    own = ground()
    learner = own.learner("ddpg")
    played = Explorer(learner, own.env(learner.settings, "vector")).collect(0, done=0.0)
    bank = own.world.question_vectors.numpy()
    np.testing.assert_array_equal(played.block.act, bank[played.question.ravel()])
    critic = Executed(lambda obs, action: action[:, 0] * action[:, 1], own.world.question_vectors)
    critic.critic = _Product()
    action = torch.randn(5, bank.shape[1], requires_grad=True)
    value = critic(torch.zeros(5, 1), action)
    near = (on_sphere(action.detach()) @ own.world.question_vectors.T).argmax(dim=1)
    torch.testing.assert_close(value[:, 0].detach(), own.world.question_vectors[near].sum(dim=1))
    value.sum().backward()
    assert action.grad.abs().sum() > 0


def test_critics_see_a_question_of_any_length_as_it_is_asked():
    """Vectors that training has moved are not of length √d: nearest means by cosine, and nothing is stretched."""
    bank = torch.tensor([[3.0, 0.5], [1.0, 1.0]])
    critic = Executed(_Product(), bank)
    obs = torch.zeros(1, 1)
    chosen = critic(obs, torch.tensor([[1.0, 0.9]]))
    torch.testing.assert_close(chosen[0, 0], torch.tensor(2.0))
    torch.testing.assert_close(critic(obs, bank[1:].numpy()), chosen)
    torch.testing.assert_close(critic(obs, bank[:1].numpy())[0, 0], torch.tensor(3.5))


class _Product(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(()))

    def forward(self, obs, action):
        return (self.scale * action).sum(dim=1)


@every_algorithm
def test_networks_see_the_steps_that_are_left_and_the_cell_state(name, ground):
    """Defect 18: the horizon and half of the state were missing from what a policy sees."""
    own = ground()
    learner = own.learner(name)
    obs = torch.randn(2, learner.brain.form.layout.width, requires_grad=True)
    found = learner.brain.eval().network(obs)
    found = found[0] if isinstance(found, tuple) else found
    (found * torch.randn_like(found)).sum().backward()
    hidden = own.world.width // 2
    assert obs.grad[:, -1].abs().max() > 0
    assert (obs.grad[:, hidden : 2 * hidden].abs().sum(dim=1) > 0).all()


@pytest.mark.parametrize("name", [name for name, kind in ALGORITHMS.items() if "mve" in kind.critics])
def test_the_tracers_critic_serves_wherever_it_can(name, ground):
    for objective in ("global", "practiced"):
        own = ground(objective)
        learner = own.learner(name, own.settings(name, transitions=240, updates=8), "mve")
        before = weights_of(learner.algorithm.critic)
        own.train(learner)
        assert moved(learner.algorithm.critic, before)


@pytest.mark.parametrize("critic", ["plain", "mve"])
@pytest.mark.parametrize("name", ["td3", "sac", "discrete-sac"])
def test_twins_start_different(name, critic, ground):
    """Defect of the original's critics: the second was a copy of the first."""
    algorithm = ground().learner(name, critic=critic).algorithm
    first, second = weights_of(algorithm.critic), weights_of(algorithm.critic2)
    assert any(not torch.equal(first[key], second[key]) for key in first)


def test_what_does_not_fit_is_refused_with_what_would():
    with pytest.raises(UserError, match="--critic mve with ddpg, td3, sac, ppo, trpo, discrete-sac"):
        require_critic("dqn", "mve")
    with pytest.raises(UserError, match="with sac, discrete-sac"):
        settings_for("ddpg", alpha=0.1)
    with pytest.raises(UserError, match="0 to 1"):
        settings_for("ddpg", gamma=1.5)
    with pytest.raises(UserError, match="preset"):
        settings_for("ddpg", "fast")
    assert settings_for("ddpg", "paper").tau == 0.95

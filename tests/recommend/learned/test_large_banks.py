"""What bounds memory and work where the bank is large."""

import numpy as np
import pytest
import torch
from tianshou.utils.torch_utils import policy_within_training_step

from preceptor.recommend.learned import brain as brains
from preceptor.recommend.learned.collect import Explorer
from preceptor.recommend.learned.learner import OfRows, Parts, make_learner, tensor_of
from preceptor.recommend.learned.mve_questions import NearTarget
from preceptor.recommend.learned.networks import QuestionScores, nearest_questions
from preceptor.recommend.observation import layout_of


def test_the_model_based_critic_and_the_actor_look_at_the_same_questions(ground):
    """Of a part of the bank too: the actor gives the others no chance, the critic the least value."""
    own = ground("weakest")
    rows, most = torch.tensor([0, 1, 3, 4, 6, 7]), 3
    settings = own.settings("discrete-sac", nearest=most)
    parts = Parts(own.world, layout_of(own.world), rows, None, settings, "mve", 0)
    learner = make_learner("discrete-sac", parts)
    obs, _ = own.env(settings).reset()
    near = NearTarget(own.world, parts.layout, most, rows)(obs)
    with torch.no_grad():
        chance = torch.softmax(learner.brain.network(obs), dim=1)
        values = learner.algorithm.critic(obs)
    expected = (rows[None, :, None] == near[:, None, :]).any(dim=2)
    assert (expected.sum(dim=1) == most).all()
    assert torch.equal(chance > 0, expected)
    least = -parts.layout.value(obs)[:, None].expand_as(values)
    assert torch.equal(values > least + 1e-6, expected)
    assert learner.brain.form.nearest == most


def test_discrete_sac_learns_among_the_nearest(ground):
    own = ground("weakest")
    settings = own.settings("discrete-sac", nearest=3, transitions=240, updates=8)
    learner = own.learner("discrete-sac", settings, critic="mve")
    report = own.train(learner)
    assert all(torch.isfinite(torch.tensor(losses)).all() for losses in report.losses.values())
    played = Explorer(learner, own.env(settings)).collect(0, done=1.0)
    obs = torch.as_tensor(played.block.obs)
    near = nearest_questions(own.env(settings).layout.target(obs), own.world.question_vectors, 3)
    asked = torch.as_tensor(played.question).flatten()
    assert (near == asked[:, None]).any(dim=1).all()


@pytest.mark.parametrize("objective", ["weakest", "global"])
def test_updates_of_asked_questions_are_those_of_a_whole_bank(objective, ground, monkeypatch):
    """Losses, weights of the critics and of the actor after several updates of Tianshou's own."""
    own = ground(objective)
    settings = own.settings("discrete-sac", nearest=3)
    rows = torch.tensor([0, 1, 3, 4, 6, 7])

    def updated():
        weights = None if own.objective.drawn else torch.as_tensor(own.objective.shared_weights()).float()
        parts = Parts(own.world, layout_of(own.world), rows, weights, settings, "mve", 0)
        learner = make_learner("discrete-sac", parts)
        replay = learner.replay(120, 0)
        torch.manual_seed(1)
        env = own.env(settings, candidates=np.isin(np.arange(own.world.questions), rows))
        replay.add_block(Explorer(learner, env).collect(0, 0.0).block)
        with policy_within_training_step(learner.algorithm.policy):
            told = [learner.algorithm.update(replay, 32).get_loss_stats_dict() for _ in range(4)]
        return told, learner.algorithm.state_dict()

    told, weights = updated()
    monkeypatch.setattr(OfRows, "forward", lambda self, obs: self.network(tensor_of(obs, self.network))[:, self.rows])
    their_told, their_weights = updated()
    for ours, theirs in zip(told, their_told, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-7)
    for name, theirs in their_weights.items():
        if isinstance(theirs, torch.Tensor):
            torch.testing.assert_close(weights[name], theirs, atol=1e-5, rtol=1e-4, msg=name)


def test_a_small_bank_is_looked_at_whole(ground):
    own = ground("weakest")
    for critic, nearest in (("mve", 8), ("plain", 3)):
        settings = own.settings("discrete-sac", nearest=nearest)
        assert own.learner("discrete-sac", settings, critic=critic).brain.form.nearest == 0


def test_far_questions_keep_their_order(small):
    """Where rules leave only far ones, the best of these is asked."""
    own, torch_seed = small(), 4
    torch.manual_seed(torch_seed)
    network = QuestionScores(own.layout, 8, 12, own.world.question_vectors, nearest=2)
    obs = own.obs("one")
    masked = network(obs)
    network.nearest = 0
    plain = network(obs)
    far = masked < -network.FAR / 2
    assert (far.sum(dim=1) == 6).all()
    torch.testing.assert_close(masked[far] + network.FAR, plain[far], atol=2e-3, rtol=0)
    torch.testing.assert_close(masked[~far], plain[~far])


def test_batches_of_distributions_stay_below_the_bound(ground, monkeypatch):
    own = ground()
    for name in ("c51", "rainbow"):
        assert own.learner(name).settings.batch == 32
        with monkeypatch.context() as patch:
            patch.setattr(brains, "MOST_NUMBERS", 5 * 8 * 11 + 3)
            assert own.learner(name).settings.batch == 5
            patch.setattr(brains, "MOST_NUMBERS", 1)
            assert own.learner(name).settings.batch == 1
    assert brains.most_at_once(10_000, 51) * 10_000 * 51 <= brains.MOST_NUMBERS

"""Distributions of returns that are computed only where they are needed, against whole ones."""

import numpy as np
import pytest
import torch
from tianshou.algorithm.modelfree.c51 import C51Policy
from tianshou.utils.torch_utils import policy_within_training_step

from preceptor.recommend.learned import atoms as atoms_module
from preceptor.recommend.learned.collect import Explorer

KINDS = ["c51", "rainbow"]


@pytest.mark.parametrize("name", KINDS)
def test_questions_alone_have_the_distributions_of_the_whole_bank(name, ground):
    own = ground()
    learner = own.learner(name)
    network = learner.brain.network.train()
    obs, question = torch.randn(7, learner.brain.form.layout.width), torch.arange(7) % len(network.bank)
    torch.testing.assert_close(network.of(obs, question), network(obs)[torch.arange(7), question])


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("held", [1, 300, 2**19])
def test_expected_values_are_the_means_of_the_distributions(name, held, ground, monkeypatch):
    monkeypatch.setattr(atoms_module, "HELD", held)
    own = ground()
    learner = own.learner(name)
    network, support = learner.brain.network.train(), learner.brain.support
    with torch.no_grad():
        for layer, factor in ((network.level, 1e4), (network.query, 30)):  # logits far beyond what exp can take
            getattr(layer, "mean", layer).weight.mul_(factor)
    obs = torch.randn(7, learner.brain.form.layout.width)
    torch.testing.assert_close(network.expected(obs, support), (network(obs) @ support).detach(), atol=2e-6, rtol=1e-4)


@pytest.mark.parametrize("name", KINDS)
def test_updates_are_those_of_tianshous_own_policy(name, ground, monkeypatch):
    """Loss, priorities, gradients and weights after several updates, as if whole distributions were computed."""

    def updated():
        own = ground()
        learner = own.learner(name, own.settings(name, target_every=2))
        replay = learner.replay(120, 0)
        torch.manual_seed(1)
        replay.add_block(Explorer(learner, own.env(learner.settings)).collect(0, 0.0).block)
        with policy_within_training_step(learner.algorithm.policy):
            losses = [learner.algorithm.update(replay, 32).get_loss_stats_dict()["loss"] for _ in range(5)]
        return learner, losses, getattr(replay, "priority", np.zeros(0))

    ours, losses, priority = updated()
    monkeypatch.setattr(type(ours.algorithm.policy), "forward", C51Policy.forward)
    theirs, their_losses, their_priority = updated()
    np.testing.assert_allclose(losses, their_losses, rtol=1e-5)
    np.testing.assert_allclose(priority, their_priority, rtol=1e-4)
    pairs = zip(ours.brain.named_parameters(), theirs.brain.parameters(), strict=True)
    for (label, weight), their_weight in pairs:
        assert weight.grad.abs().max() > 0, label
        torch.testing.assert_close(weight.grad, their_weight.grad, atol=1e-7, rtol=1e-3)
        torch.testing.assert_close(weight, their_weight, atol=1e-4, rtol=1e-3)

"""Training keeps the best, ends in time and survives being killed."""

import numpy as np
import pytest
import torch

from preceptor.recommend.learned.collect import served
from preceptor.recommend.learned.left_over import LeftOver
from preceptor.recommend.learned.networks import NoisyLinear
from preceptor.recommend.learned.replay import PrioritisedEpisodeReplay
from preceptor.recommend.learned.settings import ALGORITHMS
from preceptor.recommend.learned.training import train
from preceptor.trace import Checkpoint


class _KilledError(Exception):
    pass


def _kill_after(epochs):
    def progress(what, done, total):
        if done == epochs:
            raise _KilledError

    return progress


def weights_of(learner):
    return {name: value.clone() for name, value in learner.brain.state_dict().items()}


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_killed_training_goes_on_to_the_same_end(name, ground, tmp_path):
    """The ring of two blocks wraps around before and after the kill."""
    own = ground()
    settings = own.settings(name, transitions=600, updates=20, replay=240)
    whole, resumed = own.learner(name, settings), own.learner(name, settings)
    undisturbed = own.train(whole)
    file = tmp_path / "left" / "checkpoint.ckpt"
    with pytest.raises(_KilledError):
        own.train(own.learner(name, settings), left=LeftOver(Checkpoint(file, "a")), progress=_kill_after(3))
    seen = []
    left = LeftOver(Checkpoint(file, "a", resume=True))
    report = own.train(resumed, left=left, progress=lambda what, done, total: seen.append((done, total)))
    assert seen == [(4, 5), (5, 5)]
    np.testing.assert_allclose(report.scores, undisturbed.scores, atol=1e-6, rtol=0)
    for loss, values in undisturbed.losses.items():
        np.testing.assert_allclose(report.losses[loss], values, atol=1e-6)
    for weight, value in weights_of(whole).items():
        torch.testing.assert_close(resumed.brain.state_dict()[weight], value, atol=1e-6, rtol=0)
    assert len(list(file.parent.glob("*-block-*"))) <= 3
    left.remove()
    assert not list(file.parent.iterdir())


def test_rainbow_anneals_beta_over_the_training_and_goes_on_where_it_was(ground, tmp_path, monkeypatch):
    own, betas = ground(), []
    anneal = PrioritisedEpisodeReplay.anneal

    def told(replay, done):
        anneal(replay, done)
        betas.append(replay.beta)

    monkeypatch.setattr(PrioritisedEpisodeReplay, "anneal", told)
    settings, file = own.settings("rainbow", transitions=600, updates=5), tmp_path / "left" / "checkpoint.ckpt"
    with pytest.raises(_KilledError):
        own.train(own.learner("rainbow", settings), left=LeftOver(Checkpoint(file, "a")), progress=_kill_after(3))
    np.testing.assert_allclose(betas, [0.4, 0.55, 0.7])
    own.train(own.learner("rainbow", settings), left=LeftOver(Checkpoint(file, "a", resume=True)))
    np.testing.assert_allclose(betas[3:], [0.85, 1.0])


@pytest.mark.parametrize("resume", [False, True])
def test_what_nobody_can_go_on_from_is_deleted(ground, tmp_path, resume):
    """Of trainings with the same options: on other data always, this one where it starts anew."""
    own = ground()
    settings = own.settings("dqn", transitions=360, updates=12)
    stale, other = tmp_path / "interrupted-same-old.ckpt", tmp_path / "interrupted-else-old.ckpt"
    for file in (stale, other, tmp_path / "interrupted-same-old-block-7.part"):
        file.write_bytes(b"left")
    left = LeftOver(Checkpoint(tmp_path / "interrupted-same-new.ckpt", "a"), "interrupted-same-")
    for done in (3, 1):
        with pytest.raises(_KilledError):
            own.train(own.learner("dqn", settings), left=left, progress=_kill_after(done))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        other.name,
        "interrupted-same-new-block-0.part",
        "interrupted-same-new.ckpt",
    ]
    stale.write_bytes(b"left")
    again = LeftOver(Checkpoint(left.checkpoint.path, "a", resume=resume), left.alike)
    seen = []
    own.train(own.learner("dqn", settings), left=again, progress=lambda what, done, total: seen.append(done))
    assert seen == ([2, 3] if resume else [1, 2, 3])
    assert not stale.exists()
    again.remove()
    assert list(tmp_path.iterdir()) == [other]


def test_an_epoch_that_was_cut_short_is_done_again(ground, tmp_path):
    """Its block was written, the checkpoint was not."""
    own = ground()
    settings = own.settings("dqn", transitions=360, updates=12)
    whole = own.train(own.learner("dqn", settings))
    file = tmp_path / "checkpoint.ckpt"
    with pytest.raises(_KilledError):
        own.train(own.learner("dqn", settings), left=LeftOver(Checkpoint(file, "a")), progress=_kill_after(2))
    (tmp_path / "checkpoint-block-2.part").write_bytes(b"half of it")
    resumed = own.train(own.learner("dqn", settings), left=LeftOver(Checkpoint(file, "a", resume=True)))
    assert resumed.scores == whole.scores


def test_there_is_a_best_policy_even_when_training_never_improves(ground):
    """Defect 13: the first policy counted as the best and was not kept."""
    own = ground()
    learner = own.learner("ddpg")
    first = weights_of(learner)
    falling = iter(range(100, 0, -1))
    report = train(
        learner,
        own.env(learner.settings, "vector"),
        lambda: float(next(falling)),
        seed=0,
        clock=lambda: 0.0,
    )
    assert report.best_epoch == 0
    for name, value in first.items():
        assert torch.equal(learner.brain.state_dict()[name], value)


def test_training_ends_when_nothing_gets_better(ground):
    own = ground()
    learner = own.learner("dqn", own.settings("dqn", transitions=2_400, updates=20, patience=3))
    scores = iter([0.1, 0.2, 0.5, *[0.3] * 50])
    report = train(learner, own.env(learner.settings), lambda: next(scores), seed=0, clock=lambda: 0.0)
    assert (report.epochs, report.best_epoch) == (5, 2)


@pytest.mark.parametrize("name", ["dqn", "ppo"])
def test_budgets_are_kept_and_chance_is_given_back(name, ground):
    own = ground()
    learner = own.learner(name, own.settings(name, transitions=480, updates=32))
    torch.manual_seed(1)
    np.random.seed(1)
    expected = torch.rand(1), np.random.rand()
    torch.manual_seed(1)
    np.random.seed(1)
    report = own.train(learner)
    assert (torch.rand(1), np.random.rand()) == expected
    assert report.transitions == 480
    assert abs(report.updates - 32) <= 4


@pytest.mark.parametrize("name", ["dqn", "ppo"])
def test_no_updates_means_none(name, ground):
    own = ground()
    learner = own.learner(name, own.settings(name, transitions=480, updates=0))
    first = weights_of(learner)
    report = own.train(learner)
    assert report.updates == 0
    for weight, value in first.items():
        assert torch.equal(learner.brain.state_dict()[weight], value)


def test_noisy_layers_are_quiet_when_a_policy_is_measured(ground):
    """Tianshou leaves networks in training mode; what is measured and kept is what serves, without noise."""
    own = ground()
    learner = own.learner("rainbow", own.settings("rainbow", transitions=240, updates=8))
    own.train(learner)
    learner.brain.train()
    with torch.no_grad():
        for layer in learner.brain.modules():
            if isinstance(layer, NoisyLinear):
                layer.weight_spread.fill_(3.0)
    obs, act = torch.randn(64, learner.brain.form.layout.width), served(learner.brain, learner.rows)
    asked = []
    for _ in range(3):
        learner.brain.draw_noise()
        asked.append(act(obs, None))
    assert torch.equal(asked[0], asked[1])
    assert torch.equal(asked[0], asked[2])


def test_the_same_seed_gives_the_same_policy(ground):
    own = ground()
    first, second = (own.learner("sac", own.settings("sac", transitions=240, updates=8)) for _ in range(2))
    assert own.train(first).scores == own.train(second).scores
    for name, value in weights_of(first).items():
        assert torch.equal(second.brain.state_dict()[name], value)


def test_a_question_that_pays_is_found(ground):
    """Q-learning on a world that pays for one question alone."""
    own = ground()
    learner = own.learner("dqn", own.settings("dqn", transitions=1_200, updates=300, gamma=0.0))
    env = own.env(learner.settings)
    step = env.step

    def paying(action):
        obs, _, *rest = step(action)
        return obs, (action == 5).float(), *rest

    env.step = paying
    train(learner, env, lambda: float(learner.algorithm._iter), seed=0, clock=lambda: 0.0)
    obs, _ = env.reset(options={"episode": 0})
    with torch.no_grad():
        assert (learner.brain.scores(obs).argmax(dim=1) == 5).all()

"""What is filled in blocks is what Tianshou would have filled step by step."""

import numpy as np
import pytest
from tianshou.algorithm.algorithm_base import Algorithm
from tianshou.data import Batch, ReplayBuffer, VectorReplayBuffer

from preceptor.recommend.learned.replay import Block, EpisodeReplay, PrioritisedEpisodeReplay

EPISODES, HORIZON, WIDTH = 3, 4, 5


def blocks(n):
    rng = np.random.default_rng(1)
    for _ in range(n):
        obs = rng.normal(size=(EPISODES * HORIZON, WIDTH)).astype(np.float32)
        act = rng.integers(0, 9, EPISODES * HORIZON)
        yield Block(obs, act, rng.normal(size=EPISODES * HORIZON).astype(np.float32), HORIZON)


def steps(block):
    return [
        Batch(
            obs=block.obs[i],
            act=block.act[i],
            rew=block.rew[i],
            terminated=block.terminated[i],
            truncated=np.False_,
            obs_next=block.obs[i],
        )
        for i in range(len(block))
    ]


@pytest.mark.parametrize("n", [1, 2, 5])
def test_blocks_leave_the_buffer_that_single_steps_would(n):
    ours = EpisodeReplay(2, EPISODES * HORIZON, seed=7)
    theirs = ReplayBuffer(2 * EPISODES * HORIZON, ignore_obs_next=True, random_seed=7)
    for block in blocks(n):
        ours.add_block(block)
        for step in steps(block):
            theirs.add(step)
    assert len(ours) == len(theirs)
    for name in ("obs", "act", "rew", "terminated", "truncated", "done"):
        held = slice(0, len(theirs))
        np.testing.assert_array_equal(getattr(ours, name)[held], getattr(theirs, name)[held])
    for name in ("last_index", "_insertion_idx", "_ep_start_idx"):
        assert getattr(ours, name) == getattr(theirs, name)
    every = np.arange(len(theirs))
    np.testing.assert_array_equal(ours.next(every), theirs.next(every))
    np.testing.assert_array_equal(ours.prev(every), theirs.prev(every))
    assert len(ours.unfinished_index()) == len(theirs.unfinished_index()) == 0
    np.testing.assert_array_equal(ours.sample(16)[0].obs, theirs.sample(16)[0].obs)


def test_returns_over_several_steps_are_those_of_a_vector_buffer():
    block = next(blocks(1))
    ours = EpisodeReplay(1, EPISODES * HORIZON, seed=0)
    ours.add_block(block)
    theirs = VectorReplayBuffer(EPISODES * HORIZON, EPISODES, ignore_obs_next=True)
    by_step = np.arange(EPISODES * HORIZON).reshape(EPISODES, HORIZON).T
    for own in by_step:
        theirs.add(Batch.stack([steps(block)[i] for i in own]))

    def returns(buffer):
        import torch

        batch, indices = buffer.sample(0)
        found = Algorithm.compute_nstep_return(
            batch, buffer, indices, lambda held, at: torch.as_tensor(held.obs[at][:, 0].copy()), gamma=0.9, n_step=3
        )
        return found.returns.numpy().ravel()

    np.testing.assert_allclose(returns(ours), returns(theirs), rtol=1e-6)


def test_a_block_of_another_length_is_refused():
    with pytest.raises(ValueError, match="do not fill"):
        EpisodeReplay(2, 8, seed=0).add_block(next(blocks(1)))


def test_large_errors_are_drawn_more_often_and_weigh_less():
    replay = PrioritisedEpisodeReplay(2, EPISODES * HORIZON, seed=3)
    replay.add_block(next(blocks(1)))
    errors = np.full(12, 0.1)
    errors[5] = 10.0
    replay.update_weight(np.arange(12), errors)
    batch, drawn = replay.sample(4_000)
    share = np.bincount(drawn, minlength=12) / 4_000
    expected = errors**0.6 / (errors**0.6).sum()
    np.testing.assert_allclose(share, expected, atol=0.03)
    assert batch.weight[drawn == 5].max() < batch.weight[drawn != 5].min() == 1.0


def test_the_bias_is_wholly_corrected_at_the_end_of_a_training():
    """The weights of two transitions whose chances are as 1 to 4: 4^beta, relative to the largest."""
    replay = PrioritisedEpisodeReplay(2, EPISODES * HORIZON, seed=3)
    replay.add_block(next(blocks(1)))
    replay.priority[:12] = 1.0
    replay.priority[5] = 4.0
    for done, beta in ((0.0, 0.4), (0.5, 0.7), (1.0, 1.0)):
        replay.anneal(done)
        np.testing.assert_allclose(replay[np.array([5, 0])].weight, [4.0**-beta, 1.0])


def test_what_is_new_has_the_highest_priority():
    replay = PrioritisedEpisodeReplay(2, EPISODES * HORIZON, seed=3)
    first, second = blocks(2)
    replay.add_block(first)
    replay.update_weight(np.arange(12), np.linspace(0.1, 4.0, 12))
    replay.add_block(second)
    np.testing.assert_allclose(replay.priority[12:], replay.priority[:12].max())

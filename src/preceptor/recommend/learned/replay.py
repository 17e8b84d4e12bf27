"""What was collected, as Tianshou's algorithms read it, filled with whole episodes at once.

Tianshou's own `VectorReplayBuffer.add` loops over the environments in Python for every step.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tianshou.data import Batch, ReplayBuffer
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Block:
    """Whole episodes of one length, one after the other.

    Args:
        obs: float32 [episodes · horizon, width].
        act: float32 [episodes · horizon, d], or int64 [episodes · horizon].
        rew: float32 [episodes · horizon].
        horizon: Steps of an episode; the last of each is terminal.
    """

    obs: NDArray[np.float32]
    act: NDArray[Any]
    rew: NDArray[np.float32]
    horizon: int

    def __len__(self) -> int:
        return len(self.rew)

    @property
    def terminated(self) -> NDArray[np.bool_]:
        """Whether a transition is its episode's last."""
        return np.asarray(np.arange(len(self)) % self.horizon == self.horizon - 1)


class EpisodeReplay(ReplayBuffer):
    """A ring of blocks: equal to adding their transitions one by one, without a loop.

    The next observation is the one that follows in the ring and is stored once; of a terminal transition it means
    nothing, and nothing reads it, for no value follows.

    Args:
        blocks: How many are remembered.
        length: Transitions of a block.
        seed: Of drawing.
    """

    def __init__(self, blocks: int, length: int, seed: int) -> None:
        super().__init__(blocks * length, ignore_obs_next=True, random_seed=seed)
        self.blocks = blocks

    def begin_at(self, block: int) -> None:
        """Where in the ring the next block goes, by its number since the beginning."""
        self._insertion_idx = block % self.blocks * (self.maxsize // self.blocks)

    def add_block(self, block: Block) -> NDArray[np.int64]:
        """Remember a block, in place of the oldest; returns where it stands."""
        if len(block) * self.blocks != self.maxsize:
            raise ValueError(f"{self.blocks} blocks of {len(block)} do not fill a ring of {self.maxsize} transitions.")
        if not self._meta.get_keys():
            self.set_batch(_empty(self.maxsize, block))
        places = (self._insertion_idx + np.arange(len(block))) % self.maxsize
        held: Any = self._meta
        held.obs[places], held.act[places], held.rew[places] = block.obs, block.act, block.rew
        held.terminated[places] = held.done[places] = block.terminated
        self.last_index[0] = places[-1]
        self._insertion_idx = self._ep_start_idx = int(places[-1] + 1) % self.maxsize
        self._size = min(self._size + len(block), self.maxsize)
        return places


class PrioritisedEpisodeReplay(EpisodeReplay):
    """The same, drawn in proportion to |TD error|^alpha; new transitions have the highest priority so far.

    What is drawn carries the weight (N·P)^−beta, relative to the largest, that corrects the bias; beta rises to 1, a
    whole correction, at the end of the training.

    Args:
        blocks: How many are remembered.
        length: Transitions of a block.
        seed: Of drawing.

    References:
        Schaul et al., Prioritized experience replay, 2016: proportional, beta annealed linearly.
    """

    ALPHA, FIRST_BETA = 0.6, 0.4

    def __init__(self, blocks: int, length: int, seed: int) -> None:
        super().__init__(blocks, length, seed)
        self.priority = np.zeros(self.maxsize)
        self.beta = self.FIRST_BETA

    def anneal(self, done: float) -> None:
        """Let beta be what it is after this share of the training."""
        self.beta = self.FIRST_BETA + done * (1 - self.FIRST_BETA)

    def add_block(self, block: Block) -> NDArray[np.int64]:
        """Remember a block, in place of the oldest, with the highest priority so far."""
        places = super().add_block(block)
        self.priority[places] = self.priority.max() or 1.0
        return places

    def sample_indices(self, batch_size: int | None) -> NDArray[np.int64]:
        """Draw by priority; everything in order for 0 and None, as Tianshou asks for it."""
        if not batch_size:
            return super().sample_indices(batch_size)
        cumulated = np.cumsum(self.priority)
        drawn = self._random_state.random_sample(batch_size) * cumulated[-1]
        return np.asarray(np.minimum(np.searchsorted(cumulated, drawn, side="right"), self._size - 1))

    def __getitem__(self, index: Any) -> Any:
        """Transitions with their weights."""
        batch = super().__getitem__(index)
        weight = (self.priority[index] / self.priority[self.priority > 0].min()) ** -self.beta
        batch.weight = weight / weight.max()
        return batch

    def update_weight(self, index: NDArray[np.int64], errors: Any) -> None:
        """Take the errors of what was drawn as its priorities."""
        size = np.abs(errors.detach().cpu().numpy() if isinstance(errors, Tensor) else errors)
        self.priority[index] = (size + np.finfo(np.float32).eps) ** self.ALPHA


def _empty(size: int, block: Block) -> Any:
    return Batch(
        obs=np.zeros((size, *block.obs.shape[1:]), dtype=block.obs.dtype),
        act=np.zeros((size, *block.act.shape[1:]), dtype=block.act.dtype),
        rew=np.zeros(size),
        terminated=np.zeros(size, dtype=bool),
        truncated=np.zeros(size, dtype=bool),
        done=np.zeros(size, dtype=bool),
    )

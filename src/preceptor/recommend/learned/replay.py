"""What was collected, as Tianshou's algorithms read it, filled with whole episodes at once.

Tianshou's own `VectorReplayBuffer.add` loops over the environments in Python for every step.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tianshou.data import Batch, PrioritizedReplayBuffer, ReplayBuffer


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
        return np.arange(len(self)) % self.horizon == self.horizon - 1


class EpisodeReplay(ReplayBuffer):
    """A ring of whole episodes: equal to adding their transitions one by one, without a loop.

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
        """Remember episodes, in place of the oldest; returns where they stand."""
        return _written(self, block)


class PrioritisedEpisodeReplay(PrioritizedReplayBuffer):
    """The same, drawn by priority: new transitions have the highest.

    Args:
        blocks: How many are remembered.
        length: Transitions of a block.
        seed: Of drawing.
        alpha: How much priorities count.
        beta: How much the bias that they bring is corrected.
    """

    def __init__(self, blocks: int, length: int, seed: int, *, alpha: float = 0.6, beta: float = 0.4) -> None:
        super().__init__(blocks * length, alpha, beta, ignore_obs_next=True, random_seed=seed)
        self.blocks = blocks

    def begin_at(self, block: int) -> None:
        """As `EpisodeReplay.begin_at`."""
        self._insertion_idx = block % self.blocks * (self.maxsize // self.blocks)

    def add_block(self, block: Block) -> NDArray[np.int64]:
        """Remember episodes, in place of the oldest; returns where they stand."""
        places = _written(self, block)
        self.init_weight(places.copy())  # the tree halves the indices it is given in place
        return places


Replay = EpisodeReplay | PrioritisedEpisodeReplay


def _written(replay: Replay, block: Block) -> NDArray[np.int64]:
    if len(block) * replay.blocks != replay.maxsize:
        raise ValueError(f"{replay.blocks} blocks of {len(block)} do not fill a ring of {replay.maxsize} transitions.")
    if not replay._meta.get_keys():
        replay.set_batch(_empty(replay.maxsize, block))
    places = (replay._insertion_idx + np.arange(len(block))) % replay.maxsize
    held = replay._meta
    held.obs[places], held.act[places], held.rew[places] = block.obs, block.act, block.rew
    held.terminated[places] = held.done[places] = block.terminated
    held.truncated[places] = False
    replay.last_index[0] = places[-1]
    replay._insertion_idx = replay._ep_start_idx = int(places[-1] + 1) % replay.maxsize
    replay._size = min(replay._size + len(block), replay.maxsize)
    return places


def _empty(size: int, block: Block) -> Any:
    return Batch(
        obs=np.zeros((size, *block.obs.shape[1:]), dtype=block.obs.dtype),
        act=np.zeros((size, *block.act.shape[1:]), dtype=block.act.dtype),
        rew=np.zeros(size),
        terminated=np.zeros(size, dtype=bool),
        truncated=np.zeros(size, dtype=bool),
        done=np.zeros(size, dtype=bool),
    )

"""What a training leaves after every epoch, so that a killed one goes on to the same end."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from tianshou.algorithm.modelfree.sac import AutoAlpha

from preceptor.recommend.learned.learner import Learner
from preceptor.recommend.learned.replay import Block, EpisodeReplay, PrioritisedEpisodeReplay
from preceptor.trace import Checkpoint

COUNTERS = ("_cnt", "_last", "_iter")
"""Numbers that Tianshou's algorithms count in, beside their weights."""


@dataclass(frozen=True)
class LeftOver:
    """A checkpoint, and beside it a file for every block of episodes that is still remembered.

    A block is written once. The checkpoint, replaced at once, says how many epochs count; blocks of later ones are
    ignored, and a block that is forgotten goes after the checkpoint is in place.

    Args:
        checkpoint: Where; it holds weights, progress and chance.
        alike: How the names of the files of all trainings begin that this one takes the place of; empty for the
            checkpoint's own name.
    """

    checkpoint: Checkpoint
    alike: str = ""

    def remember(self, epoch: int, block: Block) -> None:
        """Write the block that was collected in an epoch."""
        arrays = {name: torch.from_numpy(getattr(block, name)) for name in ("obs", "act", "rew")}
        self._file(epoch).save({**arrays, "horizon": block.horizon})

    def save(self, learner: Learner, replay: EpisodeReplay, progress: dict[str, Any]) -> None:
        """Replace the checkpoint after an epoch.

        Args:
            learner: What learns.
            replay: What is remembered.
            progress: How far the training is; "epoch" counts what is over.
        """
        self.checkpoint.save(
            {
                "progress": progress,
                "weights": _weights(learner),
                "torch": torch.get_rng_state(),
                "replay": _plain(replay._random_state.get_state(legacy=False)),
                "priorities": torch.from_numpy(replay.priority)
                if isinstance(replay, PrioritisedEpisodeReplay)
                else None,
            }
        )
        self._file(progress["epoch"] - 1 - replay.blocks).remove()

    def load(self, learner: Learner, replay: EpisodeReplay) -> dict[str, Any] | None:
        """Put everything where the last epoch left it; returns the progress, None where training starts anew.

        Nothing stays of trainings like this one that nobody can go on from: those on other data or by other code, and
        this one where it starts anew.

        Raises:
            UserError: If the checkpoint belongs to other data or options, or is damaged.
        """
        saved = self.checkpoint.load()
        if saved is None:
            self.remove()
            return None
        self._clear(but=self.checkpoint.path.stem)
        progress: dict[str, Any] = saved["progress"]
        _set_weights(learner, saved["weights"])
        first = max(0, progress["epoch"] - replay.blocks)
        replay.begin_at(first)
        for epoch in range(first, progress["epoch"]):
            replay.add_block(self._read(epoch))
        if isinstance(replay, PrioritisedEpisodeReplay):
            replay.priority[:] = saved["priorities"].numpy()
        torch.set_rng_state(saved["torch"])
        replay._random_state.set_state(_numpy(saved["replay"]))
        return progress

    def remove(self) -> None:
        """Delete everything, once training has ended."""
        self._clear()

    def _clear(self, but: str | None = None) -> None:
        """Delete what trainings like this one left, but files whose names begin with `but`."""
        for path in self.checkpoint.path.parent.glob(f"{self.alike or self.checkpoint.path.stem}*"):
            if but is None or not path.name.startswith(but):
                path.unlink(missing_ok=True)

    def _file(self, epoch: int) -> Checkpoint:
        path = self.checkpoint.path
        return replace(self.checkpoint, path=path.with_name(f"{path.stem}-block-{epoch}.part"), resume=True)

    def _read(self, epoch: int) -> Block:
        held = self._file(epoch).load()
        if held is None:
            raise FileNotFoundError(self._file(epoch).path)
        return Block(held["obs"].numpy(), held["act"].numpy(), held["rew"].numpy(), held["horizon"])


def _weights(learner: Learner) -> dict[str, Any]:
    algorithm: Any = learner.algorithm
    counted = {name: getattr(algorithm, name) for name in COUNTERS if hasattr(algorithm, name)}
    optimiser = _alpha_optimiser(learner)
    alpha = None if optimiser is None else optimiser.state_dict()
    return {"algorithm": algorithm.state_dict(), "counted": counted, "alpha": alpha}


def _set_weights(learner: Learner, saved: dict[str, Any]) -> None:
    algorithm = learner.algorithm
    algorithm.load_state_dict(saved["algorithm"])
    for name, value in saved["counted"].items():
        setattr(algorithm, name, value)
    optimiser = _alpha_optimiser(learner)
    if optimiser is not None:
        optimiser.load_state_dict(saved["alpha"])


def _alpha_optimiser(learner: Learner) -> Any:
    """Of a learned weight of the entropy, which Tianshou keeps apart; None without."""
    alpha = getattr(learner.algorithm, "alpha", None)
    return alpha._optim if isinstance(alpha, AutoAlpha) else None


def _plain(state: Any) -> dict[str, Any]:
    """Numpy's state of chance as tensors and numbers."""
    key = torch.from_numpy(state["state"]["key"].astype(np.int64))
    return {"key": key, "pos": state["state"]["pos"], "has_gauss": state["has_gauss"], "gauss": state["gauss"]}


def _numpy(saved: dict[str, Any]) -> dict[str, Any]:
    key = saved["key"].numpy().astype(np.uint32)
    state = {"key": key, "pos": saved["pos"]}
    return {"bit_generator": "MT19937", "state": state, "has_gauss": saved["has_gauss"], "gauss": saved["gauss"]}

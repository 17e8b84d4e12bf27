"""Two processes that train in turns, batch by batch, so that both meet the same computer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.bench.worker import Worker

_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Turns:
    """What both sides did, one entry a pair of batches.

    Args:
        ours: float64 [pairs, 2], answers and seconds of Preceptor's batches.
        peer: Likewise of the peer's.
    """

    ours: NDArray[np.float64]
    peer: NDArray[np.float64]

    @property
    def rates(self) -> tuple[float, float]:
        """Answers a second of both sides over all batches."""
        return float(_rate(self.ours)), float(_rate(self.peer))

    def interval(self, seed: int) -> tuple[float, float]:
        """95 % interval of the ratio of the rates, from resampled pairs."""
        pairs = np.random.default_rng(seed).integers(len(self.ours), size=(_RESAMPLES, len(self.ours)))
        low, high = np.quantile(_rate(self.ours[pairs]) / _rate(self.peer[pairs]), [0.025, 0.975])
        return float(low), float(high)


def take_turns(ours: Worker, peer: Worker, pairs: int, warm: int, tell: Callable[[int], None]) -> Turns:
    """Let both sides train `warm` batches unmeasured and then `pairs` batches each, A B A B.

    Args:
        ours: Preceptor's process.
        peer: The peer's.
        pairs: Measured batches a side.
        warm: Batches before them: compilers and allocators settle.
        tell: Told how many pairs are done.
    """
    done: list[Sequence[Sequence[float]]] = []
    for number in range(warm + pairs):
        done.append([_batch(ours), _batch(peer)])
        tell(max(0, number + 1 - warm))
    measured = np.array(done[warm:], dtype=np.float64)
    return Turns(measured[:, 0], measured[:, 1])


def _batch(side: Worker) -> tuple[float, float]:
    told = side.ask(do="train", batches=1)
    return float(told["answers"]), float(told["seconds"])


def _rate(turns: NDArray[np.float64]) -> NDArray[np.float64]:
    total = turns.sum(axis=-2)
    return np.asarray(total[..., 0] / total[..., 1])

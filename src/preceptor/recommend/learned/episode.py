"""What a policy was trained under: rules and clock of its episodes, which hold where it serves."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import SECONDS_PER_DAY, QMatrix
from preceptor.mind import Minds
from preceptor.recommend.aims import Moments
from preceptor.recommend.clock import Clock
from preceptor.recommend.objectives import Objective
from preceptor.recommend.rules import Rules
from preceptor.recommend.world import World, untimed

_ROUNDING = 1e-3
"""Seconds within which two moments are one."""


@dataclass(frozen=True)
class Episode:
    """Episodes of a training.

    Args:
        horizon: Answers of one.
        rules: What may be asked.
        clock: When, and when the objective is judged; None where time stands still.
    """

    horizon: int = 10
    rules: Rules = field(default_factory=Rules)
    clock: Clock | None = None

    @property
    def timed(self) -> bool:
        """Whether there is a clock."""
        return self.clock is not None

    def moments(
        self, objective: Objective, at_seconds: NDArray[np.float64], remaining: float, device: torch.device
    ) -> tuple[Moments, Tensor]:
        """Now and when the objective is judged, and the steps left as a share, float32 [n], as training had them.

        Without a day of its own, the objective is judged as long after now as after the step of an episode that has
        as many steps left. With one, the steps that are left are those the clock would still ask before it.

        Args:
            objective: What is to be improved.
            at_seconds: float64 [n], now.
            remaining: Steps left as a share of the horizon, as far as somebody counts.
            device: Where what is returned shall be.
        """
        if self.clock is None:
            nothing = untimed(len(at_seconds), device)
            return Moments(nothing, nothing), torch.full((len(at_seconds),), remaining, device=device)
        until_judged = self.clock.judged_seconds - np.array(self.clock.offsets_seconds)
        step = min(round((1 - remaining) * self.clock.steps), self.clock.steps - 1)
        judged = objective.judged_at(at_seconds, until_judged[step] / SECONDS_PER_DAY)
        left = until_judged <= (judged - at_seconds)[:, None] + _ROUNDING
        moments = Moments(*(torch.as_tensor(seconds, device=device) for seconds in (at_seconds, judged)))
        share = np.maximum(left.mean(axis=1), 1 / self.clock.steps)  # a question is about to be asked
        return moments, torch.as_tensor(share, dtype=torch.float32, device=device)

    def allowed(
        self, world: World, minds: Minds, candidates: NDArray[np.bool_], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """What the rules allow, bool [n, questions]; all candidates where they leave nothing.

        An episode has no beginning where a policy serves: no question repeats that was asked in the last answers, one
        less than an episode has.

        Args:
            world: The students' world.
            minds: n students.
            candidates: bool [questions], or [n, questions].
            at_seconds: float64 [n], now.
        """
        if not self.rules.any:
            return np.broadcast_to(candidates, (len(minds), candidates.shape[-1]))
        at = torch.as_tensor(at_seconds, device=world.device) if self.timed else untimed(len(minds), world.device)
        allowed = self.rules.mask(
            world,
            world.start(minds),
            torch.as_tensor(candidates, device=world.device),
            torch.as_tensor(_asked(minds, self.horizon - 1), dtype=torch.int64, device=world.device),
            at,
        )
        return np.asarray(allowed.cpu().numpy())

    def to_dict(self, q_matrix: QMatrix) -> dict[str, Any]:
        """As JSON values, which outlive a bank that grows."""
        clock = None if self.clock is None else asdict(self.clock)
        return {"horizon": self.horizon, "rules": self.rules.to_dict(q_matrix), "clock": clock}

    @classmethod
    def from_dict(cls, values: dict[str, Any], q_matrix: QMatrix) -> Self:
        """What `to_dict` gave."""
        clock = values["clock"]
        return cls(
            values["horizon"],
            Rules.from_dict(values["rules"], q_matrix),
            Clock(tuple(clock["offsets_seconds"]), clock["judged_seconds"]) if clock else None,
        )


def _asked(minds: Minds, most: int) -> NDArray[np.int32]:
    """The questions of the last answers, at most `most`, −1 as padding; only ten are known where nothing is kept."""
    if not minds.last_seen.shape[1]:
        return minds.recent[:, max(minds.recent.shape[1] - most, 0) :]
    seen = minds.last_seen
    lately = (seen >= 0) & (seen >= minds.answered[:, None] - most)
    rows = np.where(lately, np.arange(seen.shape[1], dtype=np.int32), -1)
    return np.asarray(-np.sort(-rows, axis=1)[:, : max(most, 0)])

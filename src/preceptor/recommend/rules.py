"""What may be asked next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import Concept, QMatrix, UserError
from preceptor.recommend.world import World


@dataclass(frozen=True)
class Rules:
    """Which of the candidates may be asked. Where nothing is left for a student, all candidates may be again.

    Args:
        no_repeats: No question twice in an episode.
        prerequisites: Only questions all of whose concepts' prerequisites have at least this mastery; None for all.
        difficulty: Only questions whose P(correct) lies between these two, ends included; None for all.
        needed: bool [concepts, concepts], whether the second is a prerequisite of the first, see `needed_of`.
    """

    no_repeats: bool = False
    prerequisites: float | None = None
    difficulty: tuple[float, float] | None = None
    needed: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        if self.prerequisites is not None and self.needed is None:
            raise UserError(
                "Questions cannot be held back for prerequisites: none are known.",
                allowed="a bank whose concepts name their prerequisites",
                mend="leave the rule out, or import concepts with prerequisites",
            )
        if self.prerequisites is not None and not 0 <= self.prerequisites <= 1:
            raise UserError(f"Prerequisites of mastery {self.prerequisites:g} hold nothing back.", allowed="0 to 1")
        low, high = self.difficulty or (0.0, 1.0)
        if not 0 <= low <= high <= 1:
            raise UserError(
                f"A difficulty band from {low} to {high} holds no question.", allowed="0 ≤ lowest ≤ highest ≤ 1"
            )

    @property
    def any(self) -> bool:
        """Whether a rule is on."""
        return self.no_repeats or self.prerequisites is not None or self.difficulty is not None

    def mask(self, world: World, state: Any, candidates: Tensor, asked: Tensor, at: Tensor) -> Tensor:
        """What may be asked, bool [n, questions].

        Args:
            world: The students' world.
            state: The students.
            candidates: bool [questions], or [n, questions] where they are not the same for everybody.
            asked: int64 [n, steps], rows asked so far in the episode; −1 for none.
            at: float64 [n], now.
        """
        allowed = candidates.expand(len(asked), -1).clone()
        if self.no_repeats:
            student, step = torch.nonzero(asked >= 0, as_tuple=True)
            allowed[student, asked[student, step]] = False
        if self.difficulty is not None:
            p_correct = world.every_p_correct(state, at)
            allowed &= (p_correct >= self.difficulty[0]) & (p_correct <= self.difficulty[1])
        if self.prerequisites is not None and self.needed is not None:
            missing = (world.mastery(state, at) < self.prerequisites).float()
            blocked = missing @ torch.as_tensor(self.needed.T, dtype=torch.float32, device=world.device) > 0
            blocked = torch.nn.functional.pad(blocked, (0, 1))  # the column that padding stands for
            for own in torch.as_tensor(world.q_matrix.concepts, dtype=torch.int64, device=world.device).T:
                allowed &= ~blocked[:, own]
        return torch.where(allowed.any(dim=1, keepdim=True), allowed, candidates)

    def to_dict(self, q_matrix: QMatrix) -> dict[str, Any]:
        """As JSON values; prerequisites as pairs of ids, which outlive a bank that grows."""
        ids = q_matrix.concept_ids
        rows = [] if self.needed is None else np.argwhere(self.needed).tolist()
        return {
            "no_repeats": self.no_repeats,
            "prerequisites": self.prerequisites,
            "difficulty": self.difficulty,
            "needed": [[ids[concept], ids[before]] for concept, before in rows],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any], q_matrix: QMatrix) -> Self:
        """What `to_dict` gave."""
        band = values["difficulty"]
        return cls(
            values["no_repeats"],
            values["prerequisites"],
            None if band is None else (band[0], band[1]),
            _table(values["needed"], q_matrix) if values["prerequisites"] is not None else None,
        )


def needed_of(concepts: Sequence[Concept], q_matrix: QMatrix) -> NDArray[np.bool_] | None:
    """Prerequisites as `Rules` take them; None where no concept has any."""
    pairs = [(concept.concept_id, before) for concept in concepts for before in concept.prerequisites]
    table = _table(pairs, q_matrix)
    return table if table.any() else None


def _table(pairs: Iterable[Sequence[str]], q_matrix: QMatrix) -> NDArray[np.bool_]:
    """Pairs of a concept and what it needs as a table of those that are known."""
    table = np.zeros((len(q_matrix.concept_ids),) * 2, dtype=bool)
    index = q_matrix.concept_index
    for concept, before in pairs:
        if concept in index and before in index:
            table[index[concept], index[before]] = True
    return table

"""Vectors of which many are alike."""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Rows:
    """Vectors that repeat: position p has the vector `table[index[p]]`.

    A batch of thousands of answers holds few different ones; a linear layer works on those alone and the rest is a
    look-up.

    Args:
        table: [different, width], or the vectors themselves where `index` is None.
        index: int64 [...].
    """

    table: Tensor
    index: Tensor | None = None

    def all(self) -> Tensor:
        """Every vector, [..., width]."""
        return self.table if self.index is None else functional.embedding(self.index, self.table)

    def through(self, layer: nn.Module) -> "Rows":
        """Every vector through a layer that works on each alone."""
        return Rows(layer(self.table), self.index)

    def at(self, real: Tensor) -> "Rows":
        """Only the positions where `real` is true."""
        return Rows(self.table[real]) if self.index is None else Rows(self.table, self.index[real])

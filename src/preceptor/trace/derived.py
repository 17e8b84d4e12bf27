"""Tables that follow from weights alone: computed once for a set of weights, not once a prediction."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor


class Derived:
    """Keeps one tensor until a tensor that it was computed from changes."""

    def __init__(self) -> None:
        self._made_of: tuple[tuple[int, int], ...] = ()
        self._kept: Tensor | None = None

    def get(self, sources: Sequence[Tensor], compute: Callable[[], Tensor]) -> Tensor:
        """What `compute` gives for the sources as they are now.

        While gradients are recorded nothing is kept: the tensor is computed anew, so that they flow through it.

        Args:
            sources: The tensors it follows from.
            compute: Computes it.
        """
        if torch.is_grad_enabled():
            return compute()
        # Every change in place raises a tensor's version; a tensor put in another's place has another address.
        now = tuple((source.data_ptr(), source._version) for source in sources)
        if self._kept is None or now != self._made_of:
            self._kept, self._made_of = compute(), now
        return self._kept

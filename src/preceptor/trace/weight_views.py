"""Weights as numpy sees them, without asking the network for them again at every step."""

import numpy as np
from numpy.typing import NDArray
from torch import nn


class WeightViews:
    """Arrays that share a module's weights, by name; made anew when a weight has moved.

    Args:
        module: The module; its parameters stay the same objects, whatever they hold.
    """

    def __init__(self, module: nn.Module) -> None:
        self._parameters = dict(module.named_parameters())
        self._kept: dict[tuple[str, ...], tuple[list[int], tuple[NDArray[np.float32], ...]]] = {}

    def get(self, names: tuple[str, ...]) -> tuple[NDArray[np.float32], ...]:
        """The arrays of these names, as they are now."""
        own = [self._parameters[name] for name in names]
        places = [parameter.data_ptr() for parameter in own]
        kept = self._kept.get(names)
        if kept is None or kept[0] != places:
            kept = self._kept[names] = places, tuple(parameter.detach().numpy() for parameter in own)
        return kept[1]

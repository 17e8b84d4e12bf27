"""ExRec's checkpoint of the tracing network, read without running anything that stands in it."""

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.data.text import read_bytes
from preceptor.domain import UserError

WRAPPER = "model."


def read_checkpoint(path: Path) -> dict[str, NDArray[np.float32]]:
    """Weights of the innermost network by name; the names' prefix `model.model.` is taken off.

    A checkpoint of the training before calibration, with one wrapper less, is read as well.

    Raises:
        UserError: If the file is missing or damaged, or holds anything but weights.
    """
    read_bytes(path)
    import torch  # heavy, and needed for nothing else that is read

    allowed = "a dictionary of weights as `torch.save` writes it"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about pickles it may not know; what it refuses is told here
            found = torch.load(path, map_location=torch.get_default_device(), weights_only=True)
    except Exception as error:  # of a damaged file torch's reader raises whatever it stumbles over
        first = str(error).splitlines()[0] if str(error) else repr(error)
        raise UserError(f"Cannot read {path} as weights alone: {first}", allowed=allowed) from error
    if not isinstance(found, dict) or not found or not all(isinstance(value, torch.Tensor) for value in found.values()):
        raise UserError(f"{path} holds other things than weights.", allowed=allowed)
    return {_inner(str(name)): np.asarray(value.detach().float().numpy()) for name, value in found.items()}


def write_checkpoint(path: Path, weights: dict[str, NDArray[np.float32]]) -> None:
    """Write weights with the names that ExRec's calibrated model has for them.

    Raises:
        OSError: If the file cannot be written.
    """
    import torch

    prefix = 2 * WRAPPER
    torch.save({f"{prefix}{name}": torch.from_numpy(value.copy()) for name, value in weights.items()}, path)


def _inner(name: str) -> str:
    while name.startswith(WRAPPER):
        name = name.removeprefix(WRAPPER)
    return name

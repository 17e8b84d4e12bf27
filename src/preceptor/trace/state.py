"""What a tracer carries of n students, as arrays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load, save
from torch import Tensor

VERSION = "model version"


@dataclass(frozen=True)
class ArrayState:
    """Base of tracer states: every field is an array or tensor whose first axis is the students."""

    def take(self, students: NDArray[np.int64]) -> Self:
        """Select or repeat students by index."""
        return type(self)(*(_picked(getattr(self, field.name), students) for field in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The students of all parts, one part after the other."""
        return cls(*(_joined([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    @property
    def bytes_each(self) -> float:
        """What one student's state takes; NaN of no students."""
        return sum(getattr(self, field.name).nbytes for field in fields(self)) / len(self) if len(self) else math.nan

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))


class StaleStateError(ValueError):
    """A stored state that another model made; replay the history instead."""


def pack_state(state: ArrayState, version: str) -> bytes:
    """A state as bytes that carry the version of the model it belongs to."""
    arrays = {field.name: np.ascontiguousarray(_numpy(getattr(state, field.name))) for field in fields(state)}
    return bytes(save({**arrays, VERSION: np.frombuffer(version.encode(), dtype=np.uint8)}))


def unpack_state(data: bytes, like: ArrayState, version: str) -> Any:
    """The inverse of `pack_state`.

    Args:
        data: What `pack_state` gave.
        like: Any state of the model, for example `tracer.initial(0)`; says which arrays are tensors, and where.
        version: The model's version.

    Raises:
        StaleStateError: If another model made the state.
    """
    arrays = load(data)
    made_by = arrays.pop(VERSION).tobytes().decode()
    if made_by != version:
        raise StaleStateError(f"The state was made by model {made_by}, not by {version}; replay the history.")
    values = (_alike(arrays[field.name], getattr(like, field.name)) for field in fields(like))
    return type(like)(*values)


def _alike(values: NDArray[Any], like: Any) -> Any:
    return torch.from_numpy(values).to(like.device) if isinstance(like, Tensor) else values


def _picked(values: Any, students: NDArray[np.int64]) -> Any:
    if isinstance(values, Tensor):
        return values[torch.as_tensor(students, device=values.device)]
    return values[students]


def _joined(parts: Sequence[Any]) -> Any:
    return torch.cat(list(parts)) if isinstance(parts[0], Tensor) else np.concatenate(list(parts))


def _numpy(values: Any) -> NDArray[Any]:
    return values.detach().cpu().numpy() if isinstance(values, Tensor) else values

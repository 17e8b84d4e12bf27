"""Training that survives being killed: everything an epoch leaves behind, in one file replaced at once."""

import os
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from preceptor.domain import UserError


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A file that is replaced after every epoch.

    Args:
        path: The file; it need not exist.
        key: What is trained on what, for example a digest of data and options; a file of another key is refused.
        resume: Whether to go on from the file; otherwise training starts anew and replaces it.
    """

    path: Path
    key: str
    resume: bool = False

    def load(self) -> dict[str, Any] | None:
        """What was saved last; None where training starts anew.

        Raises:
            UserError: If the file belongs to other data or options, or is damaged.
        """
        if not self.resume or not self.path.exists():
            return None
        try:
            saved: dict[str, Any] = torch.load(self.path, weights_only=True)
        except (RuntimeError, EOFError, OSError, ValueError, UnpicklingError) as error:
            raise UserError(f"{self.path} is no checkpoint: {error}.", mend="train without --resume") from error
        if saved.get("key") != self.key:
            raise UserError(
                f"{self.path} was left by a training on other data, with other options or by another version.",
                allowed="the same course, model, options and version as before",
                mend="train without --resume to start anew",
            )
        return saved

    def save(self, values: dict[str, Any]) -> None:
        """Replace the file; a kill while writing leaves the one before."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        torch.save({**values, "key": self.key}, draft)
        os.replace(draft, self.path)

    def remove(self) -> None:
        """Delete the file of a training that has ended."""
        self.path.unlink(missing_ok=True)

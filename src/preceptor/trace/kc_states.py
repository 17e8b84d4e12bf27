"""States of many students at many moments, for which mastery is compared with its target."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import Log
from preceptor.trace.answers import question_rows
from preceptor.trace.batches import Window, batches, windows
from preceptor.trace.kc_groups import ConceptGroups
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.trace.sequences import LogTensors
from preceptor.trace.shards import Shards

POSITIONS = 16_384
TOGETHER = 64
"""States whose predictions for all questions are held at once by one thread."""


@dataclass(frozen=True)
class States:
    """A tracer's states before some answers of a log.

    Args:
        hidden: float32 [n, width].
        question: int64 [n], the question asked then.
        correct: float32 [n], the credit it got.
        rows: int64 [n], rows of the log, rising.
    """

    hidden: Tensor
    question: Tensor
    correct: Tensor
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hidden)

    @classmethod
    def of(cls, tracer: SemanticDktTracer, log: Log, rows: NDArray[np.int64]) -> "States":
        """States before the rows of a log, each from the student's earlier rows.

        Args:
            tracer: A fitted tracer.
            log: The log.
            rows: int64 [n], rising.
        """
        columns = LogTensors.of(log, question_rows(log, tracer.q_matrix))
        place = places(log, rows)
        hidden = torch.empty(len(rows), tracer.network.recurrent.shape[1], device=tracer.device)

        def read(group: list[Window]) -> None:
            with torch.inference_mode():
                batch, own = columns.batch(group, tracer.device)
                wanted = torch.from_numpy(place[own])
                hidden[wanted[wanted >= 0]] = tracer.network.states(batch)[wanted >= 0]

        with Shards.open() as shards:
            shards.map(read, batches(windows(log), POSITIONS, None))
        index = torch.from_numpy(rows)
        question, correct = (column[index].to(tracer.device) for column in (columns.question, columns.correct))
        return cls(hidden, question, correct, rows)

    def group_means(self, tracer: SemanticDktTracer, groups: ConceptGroups) -> NDArray[np.float32]:
        """Mean over all questions of every group of the tracer's P(correct), float32 [n, groups]."""

        def means(part: Tensor) -> NDArray[np.float32]:
            with torch.inference_mode():
                return groups.means(tracer.probability(tracer.network.every_question_logits(part)))

        return self._mapped(means)

    def group_mastery(self, tracer: SemanticDktTracer, groups: ConceptGroups) -> NDArray[np.float32]:
        """The tracer's mastery of the first concept of every group, which all of its concepts share, [n, groups]."""

        def mastery(part: Tensor) -> NDArray[np.float32]:
            with torch.inference_mode():
                return tracer.probability(tracer.network.every_concept_logits(part))[:, groups.first_concept]

        return self._mapped(mastery)

    def _mapped(self, work: Callable[[Tensor], NDArray[np.float32]]) -> NDArray[np.float32]:
        with Shards.open() as shards:
            return np.concatenate(shards.map(work, torch.split(self.hidden, TOGETHER)))


def kc_error(
    tracer: SemanticDktTracer,
    base: SemanticDktTracer,
    groups: ConceptGroups,
    log: Log,
    rows: NDArray[np.int64],
) -> float | None:
    """KC MAE: mean |mastery of a group − mean of `base`'s P(correct) over its questions| over states and groups.

    Args:
        tracer: Gives mastery.
        base: The uncalibrated tracer, which gives the targets.
        groups: The groups.
        log: Whose answers.
        rows: int64 [n], rising, the rows of the log before which states are taken.

    Returns:
        The error; None where there are no states.
    """
    if not len(rows):
        return None
    before = States.of(base, log, rows)
    own = before if tracer is base else States.of(tracer, log, rows)
    return float(np.abs(own.group_mastery(tracer, groups) - before.group_means(base, groups)).mean())


def places(log: Log, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each row of the log stands among `rows`, int64 [log]; −1 where it does not."""
    place = np.full(len(log), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    return place


def drawn_rows(log: Log, most: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """At most so many rows of a log, drawn without replacement, rising."""
    return np.sort(rng.permutation(len(log))[:most])

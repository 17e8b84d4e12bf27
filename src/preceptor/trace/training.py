"""Training of neural tracers: no padding to pay for, early stopping on validation students, resumable."""

import math
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from preceptor.domain import Log
from preceptor.progress import Progress
from preceptor.trace.answers import FitReport
from preceptor.trace.batches import Window, batches, windows
from preceptor.trace.checkpoint import Checkpoint
from preceptor.trace.network import TracingNetwork
from preceptor.trace.sequences import LogTensors
from preceptor.trace.shards import Shards, noise

AVERAGED_PASSES = 0.5
"""Over how many passes weights are averaged: what is kept is an exponential mean (Polyak & Juditsky, 1992)."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train.

    Args:
        epochs: Most passes.
        patience: Passes without a better validation log loss before stopping.
        least_gain: Fall in validation log loss that counts as better, in nats.
        learning_rate: Of Adam; halved after every pass without improvement.
        answers_per_batch: Positions of a batch.
        window: Longest stretch of a history in one piece; a longer one is cut, and each piece starts anew.
        question_penalty: L2 weight on what is learned of single questions, which few answers each would overfit,
            beside the log loss summed over all training answers.
    """

    epochs: int = 40
    patience: int = 3
    least_gain: float = 2e-4
    learning_rate: float = 4e-3
    answers_per_batch: int = 5_000
    window: int = 2_000
    question_penalty: float = 160.0


@dataclass
class _Progress:
    """What an epoch leaves behind beside the weights; `seconds` is the time so far, with that before a resume."""

    losses: list[float] = field(default_factory=list)
    best: dict[str, Any] = field(default_factory=dict)
    best_epoch: int = 0
    seconds: float = 0.0

    def note(self, loss: float, network: TracingNetwork, least_gain: float) -> None:
        if not self.losses or loss < min(self.losses) - least_gain:
            self.best, self.best_epoch = deepcopy(network.state_dict()), len(self.losses) + 1
        self.losses.append(loss)


class Trainer:
    """Fits a network in place.

    After every batch the means m of all weights w move by m ← m + (1 − e^(−1/(½·batches)))·(w − m), with the batches
    of a pass. The means are what is validated and kept; training itself goes on from the weights.

    Args:
        network: The network.
        plan: How to train.
        name: The tracer's, for progress.
    """

    def __init__(self, network: TracingNetwork, plan: TrainingPlan, name: str) -> None:
        self.network = network
        self.plan = plan
        self.name = name

    def fit(
        self,
        train: Log,
        rows_of_question: NDArray[np.int64],
        valid_log_loss: Callable[[Shards], float],
        seed: int,
        clock: Callable[[], float],
        progress: Progress,
        checkpoint: Checkpoint | None,
    ) -> FitReport:
        """Train until the validation loss no longer falls and leave the network with its best weights.

        Args:
            train: The training students' log.
            rows_of_question: int64 [rows], the Q-matrix row of every answer.
            valid_log_loss: Evaluates the network on the validation students.
            seed: Seeds initial weights, order and dropout.
            clock: Monotonic seconds.
            progress: Told after every pass.
            checkpoint: Replaced after every pass.
        """
        start, plan = clock(), self.plan
        columns, found = LogTensors.of(train, rows_of_question), windows(train, plan.window)
        with torch.random.fork_rng(), Shards.open() as shards:
            rng, history = self._begin(len(train), seed, checkpoint)
            start -= history.seconds
            while len(history.losses) < plan.epochs and len(history.losses) - history.best_epoch < plan.patience:
                for _ in self._epoch(columns, found, rng, shards):
                    pass
                with self._averaged():
                    loss = valid_log_loss(shards)
                    history.note(loss, self.network, plan.least_gain)
                self.schedule.step(loss)
                history.seconds = clock() - start
                self._leave(checkpoint, rng, history)
                progress(self.name, len(history.losses), plan.epochs)
        if len(history.losses) < plan.epochs:  # stopped early: nothing is left to do
            progress(self.name, len(history.losses), len(history.losses))
        self.network.load_state_dict(history.best)
        return FitReport(len(history.losses), len(train), tuple(history.losses), history.best_epoch, history.seconds)

    def steps(self, train: Log, rows_of_question: NDArray[np.int64], seed: int) -> Generator[int, None, None]:
        """Train batch after batch without end and without validation, for whoever measures.

        Args:
            train: As `fit` takes it.
            rows_of_question: Likewise.
            seed: Likewise.

        Yields:
            Number of answers of the batch just trained on.
        """
        columns, found = LogTensors.of(train, rows_of_question), windows(train, self.plan.window)
        with torch.random.fork_rng(), Shards.open() as shards:
            rng, _ = self._begin(len(train), seed, None)
            while True:
                yield from self._epoch(columns, found, rng, shards)

    def _begin(self, answers: int, seed: int, checkpoint: Checkpoint | None) -> tuple[np.random.Generator, _Progress]:
        rng, history = np.random.default_rng(seed), _Progress()
        torch.manual_seed(seed)
        self.network.reset()
        self.parameters: list[Tensor] = [p for p in self.network.parameters() if p.requires_grad]
        self.means = [p.detach().clone() for p in self.parameters]
        self.optimizer = torch.optim.Adam(self._groups(answers), lr=self.plan.learning_rate, fused=True)
        self.schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(
            self.optimizer, factor=0.5, patience=0, threshold=self.plan.least_gain, threshold_mode="abs"
        )
        saved = checkpoint.load() if checkpoint else None
        if saved:
            self.network.load_state_dict(saved["network"])
            self.means = saved["means"]
            self.optimizer.load_state_dict(saved["optimizer"])
            self.schedule.load_state_dict(saved["schedule"])
            rng.bit_generator.state = saved["order"]
            history = _Progress(**saved["history"])
        return rng, history

    def _groups(self, answers: int) -> list[dict[str, object]]:
        """Weights with their penalties in units of the mean log loss of `answers` answers."""
        own = self.network.lightly_penalised()
        shared = [p for p in self.parameters if not any(p is other for other in own)]
        groups: list[dict[str, object]] = [{"params": shared}]
        if own:
            groups.append({"params": own, "weight_decay": self.plan.question_penalty / answers})
        return groups

    def _leave(self, checkpoint: Checkpoint | None, rng: np.random.Generator, history: _Progress) -> None:
        if checkpoint:
            checkpoint.save(
                {
                    "network": self.network.state_dict(),
                    "means": self.means,
                    "optimizer": self.optimizer.state_dict(),
                    "schedule": self.schedule.state_dict(),
                    "order": rng.bit_generator.state,
                    "history": vars(history),
                }
            )

    @contextmanager
    def _averaged(self) -> Iterator[None]:
        """The network with the means of its recent weights, which predict better than the last ones."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    def _swap(self) -> None:
        for parameter, mean in zip(self.parameters, self.means, strict=True):
            parameter.data, mean.data = mean.data, parameter.data

    def _epoch(
        self, columns: LogTensors, found: list[Window], rng: np.random.Generator, shards: Shards
    ) -> Iterator[int]:
        """One pass; yields the number of answers of every batch."""
        self.network.train()
        groups = list(batches(found, self.plan.answers_per_batch, rng))
        for group in groups:
            answers = sum(window.length for window in group)
            shares = [(group[i :: shards.count], int(rng.integers(2**62))) for i in range(shards.count)]
            work = partial(self._gradients, columns, answers)
            parts = shards.map(work, [share for share in shares if share[0]])
            for parameter, *gradients in zip(self.parameters, *parts, strict=True):
                known = [gradient for gradient in gradients if gradient is not None]
                parameter.grad = sum(known[1:], start=known[0]) if known else None
            torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
            self.optimizer.step()
            # The fused step leaves the versions as they were, by which derived tables know that weights changed.
            torch.autograd.graph.increment_version(self.parameters)
            with torch.no_grad():
                torch._foreach_lerp_(self.means, self.parameters, -math.expm1(-1 / (AVERAGED_PASSES * len(groups))))
            yield answers
        self.network.eval()

    def _gradients(
        self, columns: LogTensors, answers: int, share: tuple[list[Window], int]
    ) -> tuple[Tensor | None, ...]:
        """Gradients of the part that some windows, with a seed of their own, have in a batch's mean log loss."""
        (group, seed), device = share, self.network.concepts.device
        batch, _ = columns.batch(group, device)
        with noise(seed, device):
            logits = self.network.logits(batch)
        loss = binary_cross_entropy_with_logits(logits, batch.correct[batch.real], reduction="sum") / answers
        return torch.autograd.grad(loss, self.parameters, allow_unused=True)

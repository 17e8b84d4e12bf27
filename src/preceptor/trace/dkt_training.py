"""Training of recurrent tracers: gathered targets, windows of like length, early stopping on validation students."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import Log
from preceptor.trace.batches import Window, batches, padded_rows, windows
from preceptor.trace.contract import FitReport, Progress
from preceptor.trace.dkt_network import DktNetwork


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
        difficulty_penalty: L2 weight on question difficulties, which few answers each would else overfit.
    """

    epochs: int = 40
    patience: int = 3
    least_gain: float = 1e-4
    learning_rate: float = 4e-3
    answers_per_batch: int = 5_000
    window: int = 2_000
    difficulty_penalty: float = 1e-4


def train_network(
    network: DktNetwork,
    concepts: Tensor,
    train: Log,
    rows_of_question: NDArray[np.int64],
    valid_log_loss: Callable[[], float],
    plan: TrainingPlan,
    seed: int,
    clock: Callable[[], float],
    progress: Progress,
) -> FitReport:
    """Fit `network` in place and leave it with its best weights.

    Args:
        network: The network.
        concepts: int64 [questions, slots], the Q-matrix.
        train: The training students' log.
        rows_of_question: int64 [rows], the Q-matrix row of every answer.
        valid_log_loss: Evaluates the network on the validation students.
        plan: How to train.
        seed: Seeds initial weights, order and dropout.
        clock: Monotonic seconds.
        progress: Told after every pass.
    """
    start, rng = clock(), np.random.default_rng(seed)
    question, correct = torch.tensor(rows_of_question), torch.tensor(train.correct)
    found, losses, best, best_epoch = windows(train, plan.window), [float("inf")], {}, 0
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        _initialise(network)
        optimizer = torch.optim.Adam(_groups(network, plan), lr=plan.learning_rate)
        schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, factor=0.5, patience=0, threshold=plan.least_gain, threshold_mode="abs"
        )
        for epoch in range(1, plan.epochs + 1):
            network.train()
            for group in batches(found, plan.answers_per_batch, rng):
                _train_batch(network, optimizer, concepts, question, correct, group)
            network.eval()
            losses.append(valid_log_loss())
            schedule.step(losses[-1])
            if losses[-1] < min(losses[:-1]) - plan.least_gain:
                best, best_epoch = deepcopy(network.state_dict()), epoch
            progress("dkt", epoch, plan.epochs)
            if epoch - best_epoch >= plan.patience:
                break
    network.load_state_dict(best)
    return FitReport(len(losses) - 1, len(train), tuple(losses[1:]), best_epoch, clock() - start)


def _initialise(network: DktNetwork) -> None:
    network.lstm.reset_parameters()
    network.head.reset_parameters()
    torch.nn.init.zeros_(network.start_hidden)
    torch.nn.init.zeros_(network.start_cell)
    for embedding in (network.right, network.wrong):
        torch.nn.init.normal_(embedding.weight, std=0.3)
        with torch.no_grad():
            embedding.weight[0] = 0
    if network.difficulty is not None:
        torch.nn.init.zeros_(network.difficulty.weight)
        network.difficulty_input.reset_parameters()


def _groups(network: DktNetwork, plan: TrainingPlan) -> list[dict[str, object]]:
    own = [] if network.difficulty is None else list(network.difficulty.parameters())
    shared = [p for p in network.parameters() if not any(p is other for other in own)]
    groups: list[dict[str, object]] = [{"params": shared}]
    if own:
        groups.append({"params": own, "weight_decay": plan.difficulty_penalty})
    return groups


def _train_batch(
    network: DktNetwork,
    optimizer: torch.optim.Optimizer,
    concepts: Tensor,
    question: Tensor,
    correct: Tensor,
    group: list[Window],
) -> None:
    rows, real = padded_rows(group)
    index = torch.from_numpy(rows)
    asked = question[index]
    logits = network(concepts[asked], correct[index], asked)
    mask = torch.from_numpy(real)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits[mask], correct[index][mask])
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimizer.step()

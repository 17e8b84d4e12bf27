"""A projection on top of a frozen encoder, trained by the contrastive loss in minutes on a processor."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import normalize

from preceptor.embed.contrastive import Batch, batches
from preceptor.embed.labels import Labels, Parts
from preceptor.embed.retrieval import retrieve
from preceptor.embed.texts import Marker, TextVectors
from preceptor.progress import Progress

HEAD = "head.safetensors"
_KINDS = tuple(Marker)


@dataclass(frozen=True, slots=True)
class TuningPlan:
    """How to train.

    Args:
        epochs: Most passes.
        patience: Passes without a better micro-F1 on the selection questions before stopping.
        batch: Most questions of a batch; fewer where a pass would have less than sixteen.
        learning_rate: Of AdamW.
        weight_decay: Of AdamW; draws the head to the identity.
    """

    epochs: int = 60
    patience: int = 6
    batch: int = 256
    learning_rate: float = 1e-3
    weight_decay: float = 0.01

    def batch_of(self, questions: int) -> int:
        """Questions of a batch where there are so many to train on."""
        return min(self.batch, max(8, questions // 16))


@dataclass(frozen=True)
class Tuned:
    """How a fine-tuning went.

    Args:
        micro_f1: On the selection questions, untouched first, then after every pass.
    """

    micro_f1: tuple[float, ...]

    @property
    def best_epoch(self) -> int:
        """The pass that was kept; 0 where none was better than the start."""
        return int(np.argmax(self.micro_f1))


class ProjectionHead(nn.Module):
    """g(e, kind) = normalise(e + W e + m_kind), which starts at the identity; zeros stay zeros.

    m_kind is the mark of questions, steps and concepts: a frozen encoder would read a mark in the text as a word.

    Args:
        dimensions: Length of a vector.
    """

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.move = nn.Parameter(torch.zeros(dimensions, dimensions))
        self.mark = nn.Parameter(torch.zeros(len(_KINDS), dimensions))

    def forward(self, rows: Tensor, kind: Marker) -> Tensor:
        """Unit vectors [n, d] of unit vectors [n, d]."""
        moved = rows + rows @ self.move.T + self.mark[_KINDS.index(kind)]
        return normalize(moved, dim=1) * (rows != 0).any(dim=1, keepdim=True)

    @torch.no_grad()
    def apply_to(self, vectors: TextVectors) -> TextVectors:
        """All texts of a bank, moved."""
        tables = (vectors.questions, vectors.steps, vectors.concepts)
        questions, steps, concepts = (
            self(torch.from_numpy(table), kind).numpy() for table, kind in zip(tables, _KINDS, strict=True)
        )
        return TextVectors(questions, steps, concepts, vectors.step_owner)

    def save(self, folder: Path) -> None:
        """Write the weights into an existing folder."""
        save_file(self.state_dict(), folder / HEAD)

    @classmethod
    def load(cls, folder: Path) -> "ProjectionHead":
        """Read what `save` wrote."""
        weights = load_file(folder / HEAD)
        head = cls(weights["move"].shape[0])
        head.load_state_dict(weights)
        return head


def train_head(
    vectors: TextVectors, labels: Labels, parts: Parts, seed: int, progress: Progress, plan: TuningPlan | None = None
) -> tuple[ProjectionHead, Tuned]:
    """Train a head on the training questions and keep the pass that retrieves the selection questions best.

    Args:
        vectors: Of the frozen encoder.
        labels: The bank's labels.
        parts: Who is trained on; the test questions are not looked at.
        seed: Of the order.
        progress: Told after every pass.
        plan: How to train; None for the usual one.
    """
    plan = plan or TuningPlan()
    head = ProjectionHead(vectors.questions.shape[1])
    tables = [torch.from_numpy(table) for table in (vectors.questions, vectors.steps, vectors.concepts)]

    def loss(batch: Batch) -> Tensor:
        rows = (batch.questions, batch.steps, batch.concepts)
        found = [head(table[row], kind) for table, row, kind in zip(tables, rows, _KINDS, strict=True)]
        return batch.loss(*found)

    def score() -> float:
        return retrieve(head.apply_to(vectors), labels, parts.select).micro_f1

    return head, train(head, loss, score, labels, parts.train, seed, progress, plan)


def train(
    module: nn.Module,
    loss: Callable[[Batch], Tensor],
    score: Callable[[], float],
    labels: Labels,
    questions: NDArray[np.int64],
    seed: int,
    progress: Progress,
    plan: TuningPlan,
) -> Tuned:
    """Train a module in place, stop early, and leave it with its best weights; the start counts as a pass.

    Args:
        module: What is trained.
        loss: Of a batch.
        score: Micro-F1 on the selection questions as the module is now.
        labels: The bank's labels.
        questions: The training questions.
        seed: Of the order.
        progress: Told after every pass.
        plan: How to train.
    """
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.AdamW(module.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay)
    scores, best = [score()], _copied(module)
    while len(scores) <= plan.epochs and len(scores) - 1 - int(np.argmax(scores)) < plan.patience:
        module.train()
        for batch in batches(labels, questions, plan.batch_of(len(questions)), rng):
            optimizer.zero_grad()
            torch.autograd.backward(loss(batch))
            torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
            optimizer.step()
        module.eval()
        scores.append(score())
        if scores[-1] > max(scores[:-1]):
            best = _copied(module)
        progress("fine-tuning", len(scores) - 1, plan.epochs)
    if len(scores) <= plan.epochs:  # stopped early: nothing is left to do
        progress("fine-tuning", plan.epochs, plan.epochs)
    module.load_state_dict(best)
    return Tuned(tuple(scores))


def _copied(module: nn.Module) -> dict[str, Tensor]:
    return {name: weight.detach().clone() for name, weight in module.state_dict().items()}

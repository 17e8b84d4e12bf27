"""Whether a question was just asked before: logs of attempts repeat a question until it is right."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from preceptor.trace.sequences import Sequences

WINDOW = 16
"""How many last answers are searched for the question."""

FEATURES = 6


@dataclass(frozen=True, slots=True)
class Recent:
    """The last answers of n students, newest first.

    Args:
        question: int64 [n, window], −1 where there is none.
        correct: float32 [n, window], their credit.
    """

    question: Tensor
    correct: Tensor

    @classmethod
    def none(cls, n: int, device: torch.device) -> "Recent":
        """Nobody has answered."""
        question = torch.full((n, WINDOW), -1, dtype=torch.int64, device=device)
        return cls(question, torch.zeros(n, WINDOW, device=device))

    def after(self, question: Tensor, correct: Tensor) -> "Recent":
        """With one more answer of each student, [n] each."""
        return Recent(
            torch.cat([question[:, None], self.question[:, :-1]], dim=1),
            torch.cat([correct[:, None], self.correct[:, :-1]], dim=1),
        )

    def repeats(self, question: Tensor) -> Tensor:
        """Features of asking `question` int64 [n, m] now, see `repeats_in`, [n, m, 6]."""
        same = question[:, :, None] == self.question[:, None, :]
        return _features(same, self.correct[:, None, :].expand(same.shape))


class RepeatTerms(nn.Module):
    """What a repeat f adds to a logit: (w + A·h)·f, with h the state, [..., width].

    Args:
        width: Length of the state.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.always = nn.Linear(FEATURES, 1, bias=False)
        self.by_state = nn.Linear(width, FEATURES, bias=False)

    def forward(self, hidden: Tensor, features: Tensor) -> Tensor:
        """Added logits [...]."""
        return torch.as_tensor(self.always(features)[..., 0] + (self.by_state(hidden) * features).sum(-1))


def repeats_in(batch: Sequences) -> Tensor:
    """Features of every answer's question among the last 16 answers, [students, steps, 6].

    They are, in order: whether it was the last question, and its credit then less one half; whether it was asked
    before that, and its last credit less one half; log(1 + n) of its right and of its wrong answers.
    """
    same = torch.zeros(*batch.question.shape, WINDOW, dtype=torch.bool, device=batch.question.device)
    correct = torch.zeros(same.shape, device=batch.question.device)
    for lag in range(1, min(WINDOW, batch.question.shape[1] - 1) + 1):
        same[:, lag:, lag - 1] = batch.question[:, lag:] == batch.question[:, :-lag]
        correct[:, lag:, lag - 1] = batch.correct[:, :-lag]
    return _features(same, correct)


def _features(same: Tensor, correct: Tensor) -> Tensor:
    """Features from matches and credits [..., window], newest first."""
    at_once, found = same[..., 0].float(), same.any(-1).float()
    newest = torch.gather(correct, -1, same.int().argmax(-1, keepdim=True))[..., 0] - 0.5
    earlier = found * (1 - at_once)
    right, wrong = (same * correct).sum(-1), (same * (1 - correct)).sum(-1)
    parts = (at_once, at_once * newest, earlier, earlier * newest, torch.log1p(right), torch.log1p(wrong))
    return torch.stack(parts, dim=-1)

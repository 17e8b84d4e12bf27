"""The network of Deep Knowledge Tracing."""

import torch
from torch import Tensor, nn


class DktNetwork(nn.Module):
    """Embedding → LSTM → one logit a concept.

    Args:
        concepts: Number of concepts.
        questions: Number of questions with a difficulty of their own; 0 for none.
        hidden: Width of embedding and LSTM.
        dropout: Share of hidden units dropped before the output while training.
    """

    def __init__(self, concepts: int, questions: int, hidden: int, dropout: float = 0.3) -> None:
        super().__init__()
        self.right = nn.Embedding(concepts + 1, hidden, padding_idx=0)
        self.wrong = nn.Embedding(concepts + 1, hidden, padding_idx=0)
        self.lstm = nn.LSTM(hidden, hidden, batch_first=True)
        self.start_hidden = nn.Parameter(torch.zeros(hidden))
        self.start_cell = nn.Parameter(torch.zeros(hidden))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(hidden, concepts)
        self.difficulty: nn.Embedding | None = None
        if questions:
            self.difficulty = nn.Embedding(questions, 1)
            nn.init.zeros_(self.difficulty.weight)
            self.difficulty_input = nn.Linear(1, hidden, bias=False)

    def start(self, n: int) -> tuple[Tensor, Tensor]:
        """Hidden and cell state before the first answer, [n, hidden] each."""
        return self.start_hidden.expand(n, -1), self.start_cell.expand(n, -1)

    def inputs(self, concepts: Tensor, correct: Tensor, question: Tensor) -> Tensor:
        """Inputs of answers.

        Args:
            concepts: [..., slots], concept indices, −1 as padding.
            correct: [...], credit in 0..1.
            question: [...], question rows.
        """
        slots = (concepts >= 0).sum(-1, keepdim=True).clamp(min=1)
        credit = correct[..., None]
        mixed = credit * self.right(concepts + 1).sum(-2) + (1 - credit) * self.wrong(concepts + 1).sum(-2)
        mixed = mixed / slots
        if self.difficulty is not None:
            mixed = mixed + self.difficulty_input(self.difficulty(question))
        return mixed  # type: ignore[no-any-return]

    def step(self, inputs: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
        """One answer of each student: inputs, hidden and cell are [n, hidden]."""
        _, (new_hidden, new_cell) = self.lstm(inputs[:, None], (hidden[None], cell[None]))
        return new_hidden[0], new_cell[0]

    def concept_logits(self, hidden: Tensor) -> Tensor:
        """Logits [..., concepts] from hidden states [..., hidden]."""
        return self.head(self.dropout(hidden))  # type: ignore[no-any-return]

    def question_logits(self, concept_logits: Tensor, concepts: Tensor, question: Tensor) -> Tensor:
        """Mean logit of each question's concepts less its difficulty.

        Args:
            concept_logits: [..., concepts].
            concepts: [..., slots], −1 as padding.
            question: [...], question rows.
        """
        real = concepts >= 0
        picked = torch.gather(concept_logits, -1, concepts.clamp(min=0)) * real
        logit = picked.sum(-1) / real.sum(-1).clamp(min=1)
        return logit if self.difficulty is None else logit - self.difficulty(question)[..., 0]

    def forward(self, concepts: Tensor, correct: Tensor, question: Tensor) -> Tensor:
        """Logit of every answer from the answers before it, [students, steps]."""
        hidden, cell = self.start(len(correct))
        inputs = self.inputs(concepts[:, :-1], correct[:, :-1], question[:, :-1])
        outputs = hidden[:, None]
        if inputs.shape[1]:
            after, _ = self.lstm(inputs, (hidden[None].contiguous(), cell[None].contiguous()))
            outputs = torch.cat([outputs, after], dim=1)
        return self.question_logits(self.concept_logits(outputs), concepts, question)

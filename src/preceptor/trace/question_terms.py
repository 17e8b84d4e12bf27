"""What a network learns of single questions beside their concepts."""

import torch
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.inputs import QuestionVectors

WIDTH = 32
"""Length of a question's learned vector."""


class QuestionTerms(nn.Module):
    """Difficulty, learned vector and text vector of a question, as input of an answer and as part of a logit.

    With d_q the difficulty, which is fitted before and stays as it is (`fit_difficulties`), v_q the learned vector
    and z_q the text vector (each only where asked for), the input of an answer gets
    A·[d_q; v_q; z_q] + (2r − 1)·B·[d_q; v_q; z_q], and the logit gets h·C·[v_q; z_q] − d_q.

    Args:
        q_matrix: Questions and concepts.
        width: Length of inputs and of h.
        questions: "none", "difficulty" or "embedding".
        vectors: Text vectors, if any; frozen or tuned as they say.
    """

    difficulty: Tensor | None
    text: Tensor | None

    def __init__(self, q_matrix: QMatrix, width: int, questions: str, vectors: QuestionVectors | None) -> None:
        super().__init__()
        n = len(q_matrix.question_ids)
        self.register_buffer("difficulty", torch.zeros(n) if questions != "none" else None)
        self.vector = nn.Parameter(torch.zeros(n, WIDTH)) if questions == "embedding" else None
        table = None if vectors is None else torch.from_numpy(vectors.questions.copy())
        if table is not None and vectors is not None and vectors.tuned:
            self._start = table.clone()
            self.text = nn.Parameter(table)
        else:
            self.register_buffer("text", table)
        described = (WIDTH if self.vector is not None else 0) + (vectors.width if vectors else 0)
        known = described + (1 if self.difficulty is not None else 0)
        self.seen = nn.Linear(known, 2 * width, bias=False) if known else None
        self.asked = nn.Linear(described, width, bias=False) if described else None

    @staticmethod
    def by_question(prefix: str) -> frozenset[str]:
        """Names of the weights with one row a question, in a network that holds the terms as `prefix`."""
        return frozenset(f"{prefix}.{name}" for name in ("difficulty", "vector", "text"))

    @staticmethod
    def by_text(prefix: str) -> frozenset[str]:
        """Names of those that are vectors of texts."""
        return frozenset({f"{prefix}.text"})

    def reset_parameters(self) -> None:
        """Learned vectors small, text vectors as given; difficulties stay."""
        if self.vector is not None:
            nn.init.normal_(self.vector, std=0.1)
        if isinstance(self.text, nn.Parameter):
            with torch.no_grad():
                self.text.copy_(self._start)

    def of_single_questions(self) -> list[nn.Parameter]:
        """Weights that only a few answers each speak for."""
        return [] if self.vector is None else [self.vector]

    def inputs(self, question: Tensor, correct: Tensor) -> Tensor | None:
        """What an answer to `question` [...] with credit `correct` [...] adds to the input, [..., width], if any."""
        if self.seen is None:
            return None
        parts = self._described(question)
        if self.difficulty is not None:
            parts = [self.difficulty[question][..., None], *parts]
        always, by_credit = self.seen(torch.cat(parts, dim=-1)).chunk(2, dim=-1)
        return torch.as_tensor(always + (2 * correct[..., None] - 1) * by_credit)

    def logits(self, hidden: Tensor, question: Tensor) -> Tensor | float:
        """What `question` [...] adds to the logit of a student with state `hidden` [..., width], [...]."""
        added: Tensor | float = 0.0
        if self.asked is not None:
            added = (hidden * self.asked(torch.cat(self._described(question), dim=-1))).sum(-1)
        return added - self.difficulty[question] if self.difficulty is not None else added

    def _described(self, question: Tensor) -> list[Tensor]:
        return [table[question] for table in (self.vector, self.text) if table is not None]

"""The head of semantic DKT, factorised: what depends on the question alone is computed once, not once a student."""

import torch
from torch import Tensor, nn

from preceptor.trace.compiled import can_compile
from preceptor.trace.semantic_dkt_pairs import pair_dots

PLAIN_NUMBERS = 4_000_000
"""Most numbers of an intermediate result where the compiled kernel cannot serve."""


class FactorisedHead(nn.Module):
    """F(h, z) = w·ReLU(W₁ [ReLU(W_s h + b_s); ReLU(W_q z + b_q)] + b₁) + b, as a logit.

    With W₁ = [W₁a | W₁b] the inner sum is A(h) + K(z), with A = W₁a·ReLU(W_s h + b_s) a student's part and
    K = W₁b·ReLU(W_q z + b_q) + b₁ a question's. For n students and m questions A and K cost n and m products of
    matrices, and only add, ReLU and dot are left for each of the n·m pairs.

    Args:
        state: Width of a student's state h.
        vector: Width of a question's vector z.
        lift: Width of the hidden layer, 1200 in the original.
        own_concepts: Whether concepts have a part K' of their own, with weights beside the questions', see
            `preceptor.trace.kc_calibration`; otherwise a concept is read as a question is.
    """

    def __init__(self, state: int, vector: int, lift: int, *, own_concepts: bool = False) -> None:
        super().__init__()
        self.of_state, self.of_vector = nn.Linear(state, state), nn.Linear(vector, state)
        self.lift_state, self.lift_vector = nn.Linear(state, lift, bias=False), nn.Linear(state, lift)
        self.out = nn.Linear(lift, 1)
        if own_concepts:
            self.of_concept, self.lift_concept = nn.Linear(vector, state), nn.Linear(state, lift)
        self.own_concepts = own_concepts

    def student(self, hidden: Tensor) -> Tensor:
        """A, [..., lift], of states [..., state]."""
        return torch.as_tensor(self.lift_state(torch.relu(self.of_state(hidden))))

    def question(self, vector: Tensor) -> Tensor:
        """K, [..., lift], of vectors [..., vector]."""
        return torch.as_tensor(self.lift_vector(torch.relu(self.of_vector(vector))))

    def concept(self, vector: Tensor) -> Tensor:
        """K' of concepts, [..., lift], of vectors [..., vector]; K without weights of their own."""
        if not self.own_concepts:
            return self.question(vector)
        return torch.as_tensor(self.lift_concept(torch.relu(self.of_concept(vector))))

    def logit(self, student: Tensor, question: Tensor) -> Tensor:
        """Logits of pairs, parts broadcast against each other."""
        return torch.as_tensor(self.out(torch.relu(student + question)).squeeze(-1))

    def logits(self, student: Tensor, table: Tensor, column: Tensor) -> Tensor:
        """Logits of many questions for each of n students.

        Args:
            student: A, [n, lift].
            table: K of every question there is, [rows, lift].
            column: int64 [n, m], rows of `table`.

        Returns:
            [n, m].
        """
        if torch.is_grad_enabled() or not can_compile(student):
            return self.plain_logits(student, table, column)
        return self._compiled_logits(student, table, column)

    def pairs(self, student: Tensor, table: Tensor) -> Tensor:
        """Logits [n, rows] of every row of a table [rows, lift] for each of n students [n, lift]."""
        if not can_compile(student):
            every = torch.arange(len(table), device=table.device).expand(len(student), -1)
            return self.plain_logits(student, table, every)
        return pair_dots(student, table, self.out.weight[0]) + self.out.bias

    def plain_logits(self, student: Tensor, table: Tensor, column: Tensor) -> Tensor:
        """`logits` in pieces small enough for memory, on any device and with gradients."""
        pieces = max(1, column.shape[1] * len(student) * student.shape[1] // PLAIN_NUMBERS)
        parts = column.tensor_split(min(pieces, max(1, column.shape[1])), dim=1)
        return torch.cat([self.logit(student[:, None], table[part]) for part in parts], dim=1)

    def _compiled_logits(self, student: Tensor, table: Tensor, column: Tensor) -> Tensor:
        from preceptor.trace.semantic_dkt_kernels import dots  # compiled on first use

        out = student.new_empty(column.shape)
        weight = self.out.weight.detach()[0]
        dots(student.contiguous().numpy(), table.contiguous().numpy(), column.numpy(), weight.numpy(), out.numpy())
        return out + self.out.bias

    def question_weights(self) -> list[nn.Parameter]:
        """The weights that a question's part depends on."""
        return [*self.of_vector.parameters(), *self.lift_vector.parameters()]

    def concept_weights(self) -> list[nn.Parameter]:
        """The weights that a concept's part depends on."""
        if not self.own_concepts:
            return self.question_weights()
        return [*self.of_concept.parameters(), *self.lift_concept.parameters()]

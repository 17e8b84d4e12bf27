"""The contrastive loss that draws questions and steps to their concepts, and its batches."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import normalize

from preceptor.embed.labels import Labels

TEMPERATURE = 0.1


@dataclass(frozen=True)
class Batch:
    """Some questions with their steps, and one concept row for each of their (question, concept) pairs.

    Args:
        questions: int64 [q], questions of the bank.
        steps: int64 [s], their steps.
        concepts: int64 [r], the concept of every row.
        question_positive: bool [q, r], the rows of the very question.
        question_excluded: bool [q, r], rows whose cluster holds one of the question's concepts; no negatives.
        step_positive: bool [s, r], the rows of the step's question that the step has.
        step_excluded: bool [s, r], likewise for steps.
    """

    questions: NDArray[np.int64]
    steps: NDArray[np.int64]
    concepts: NDArray[np.int64]
    question_positive: Tensor
    question_excluded: Tensor
    step_positive: Tensor
    step_excluded: Tensor

    @classmethod
    def of(cls, labels: Labels, questions: NDArray[np.int64]) -> "Batch":
        """The batch of some different questions."""
        own = labels.of_question[questions]
        row_question, row_concept = np.nonzero(own)
        steps = np.flatnonzero(np.isin(labels.step_owner, questions))
        order = np.argsort(questions)
        place = order[np.searchsorted(questions, labels.step_owner[steps], sorter=order)]
        of_step, row_cluster = labels.of_step[steps], labels.cluster[row_concept]
        return cls(
            questions,
            steps,
            row_concept,
            torch.from_numpy(np.arange(len(questions))[:, None] == row_question),
            torch.from_numpy(labels.clusters_of_question[questions][:, row_cluster]),
            torch.from_numpy((place[:, None] == row_question) & of_step[:, row_concept]),
            torch.from_numpy(labels.in_clusters(of_step)[:, row_cluster]),
        )

    def loss(self, questions: Tensor, steps: Tensor, concepts: Tensor, alpha: float = 1.0) -> Tensor:
        """Mean loss of question anchors and α times that of step anchors.

        Args:
            questions: [q, d], vectors of the batch's questions.
            steps: [s, d].
            concepts: [r, d].
            alpha: Weight of the steps.
        """
        of_questions = contrastive_loss(questions, concepts, self.question_positive, self.question_excluded)
        of_steps = contrastive_loss(steps, concepts, self.step_positive, self.step_excluded)
        return of_questions + alpha * of_steps


def batches(labels: Labels, questions: NDArray[np.int64], size: int, rng: np.random.Generator) -> Iterator[Batch]:
    """Questions in a new order, `size` at a time; those without concepts are left out."""
    labelled = questions[labels.of_question[questions].any(axis=1)]
    order = rng.permutation(labelled)
    for start in range(0, len(order), size):
        yield Batch.of(labels, order[start : start + size])


def contrastive_loss(
    anchors: Tensor, concepts: Tensor, positive: Tensor, excluded: Tensor, temperature: float = TEMPERATURE
) -> Tensor:
    """Mean over anchors i of L_i, with s_ij = cos(u_i, v_j) / τ.

    L_i = 1/|P| · Σ_{j∈P} [ logsumexp_{k∈P∪N} s_ik − s_ij ], N being all rows that are neither in P nor excluded. An
    anchor without positives does not count; without any the loss is 0. Never NaN: everything stays a logarithm, and
    what is left out never enters it.

    Args:
        anchors: [a, d].
        concepts: [r, d].
        positive: bool [a, r], P.
        excluded: bool [a, r], rows that are no negatives; positives among them stay positives.
        temperature: τ.

    References:
        Ozyurt et al., Personalized exercise recommendation with semantically-grounded knowledge tracing, 2025.
    """
    counted = positive.any(dim=1)
    if not counted.any():
        return (anchors.sum() + concepts.sum()) * 0
    positive, excluded = positive[counted], excluded[counted]
    logits = normalize(anchors[counted], dim=1) @ normalize(concepts, dim=1).T / temperature
    total = logits.masked_fill(excluded & ~positive, -torch.inf).logsumexp(dim=1)
    own = torch.where(positive, logits, 0).sum(dim=1) / positive.sum(dim=1)
    return (total - own).mean()

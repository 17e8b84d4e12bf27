"""The part of a bank that simulated students know."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank
from preceptor.simulate import LatentFamily, LatentTruth


@dataclass(frozen=True)
class LatentWorld:
    """Latent minds over one bank; other banks may have been imported beside it.

    Args:
        latent: The minds.
        question: int64, by question of the whole bank, the mind's index of it; −1 where it does not know it.
    """

    latent: LatentFamily[Any, Any]
    question: NDArray[np.int64]

    @classmethod
    def of(cls, bank: Bank, truth: LatentTruth) -> "LatentWorld":
        """The world of a truth within a bank that has the true concepts."""
        known = set(truth.concept_ids)
        questions = tuple(question for question in bank.questions if known.issuperset(question.concepts))
        misconceptions = tuple(bank.misconception[name] for name in truth.misconception_ids)
        own = Bank(tuple(bank.concept[name] for name in truth.concept_ids), questions, misconceptions)
        index = {question.question_id: i for i, question in enumerate(questions)}
        place = np.array([index.get(question.question_id, -1) for question in bank.questions], dtype=np.int64)
        return cls(truth.mind(own), place)

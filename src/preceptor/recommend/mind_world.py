"""Students of any tracer and forgetting curve: the world in which time can pass."""

from dataclasses import fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import normalize

from preceptor.domain import Log, QMatrix
from preceptor.mind import MindModel, Minds, replay_log
from preceptor.recommend.world import World, untimed
from preceptor.trace import Answers
from preceptor.trace.semantic_dkt import SemanticDktTracer

RECURRENT = ("hidden", "cell")
"""Parts of a tracer's state that a policy sees as they are."""


class MindWorld(World):
    """What `MindModel` says, for tensors on the CPU.

    A policy sees the recurrent state of a tracer that has one, and the logit of mastery of every concept otherwise. It
    knows questions and concepts by their texts' vectors where the tracer does; otherwise concept c by the c-th unit
    vector, and a question by the sum of its concepts'.

    Args:
        model: Tracer and curve.
    """

    def __init__(self, model: MindModel) -> None:
        self.model = model
        self.knows_time = model.knows_time
        with torch.no_grad():
            vectors = _vectors(model)
            self._recurrent = hasattr(model.tracer.initial(0), RECURRENT[0])
            super().__init__(model.q_matrix, *vectors, self._width())

    def start(self, minds: Minds) -> Minds:
        """The minds themselves; what they have seen is left out to save memory."""
        return Minds(minds.tracer_state, minds.practice, minds.recent, minds.last_seen[:, :0], minds.answered)

    def replay(self, log: Log, students: NDArray[np.int64], stop: NDArray[np.int64]) -> Minds:
        """Replayed minds."""
        return replay_log(self.model, log, students, stop, keep_seen=False)

    def features(self, state: Minds) -> Tensor:
        """Recurrent state, or logits of mastery."""
        if self._recurrent:
            parts = [getattr(state.tracer_state, name) for name in RECURRENT if hasattr(state.tracer_state, name)]
            return torch.cat([torch.as_tensor(part).cpu() for part in parts], dim=1).float()
        return torch.logit(self.mastery(state, untimed(len(state), self.device)), eps=1e-4)

    def p_correct(self, state: Minds, question: Tensor, at: Tensor) -> Tensor:
        """`MindModel.p_correct`."""
        return _float(self.model.p_correct(state, question.cpu().numpy()[:, None], at.numpy())[:, 0])

    def every_p_correct(self, state: Minds, at: Tensor) -> Tensor:
        """`MindModel.p_correct` on all questions."""
        every = np.broadcast_to(np.arange(self.questions), (len(state), self.questions))
        return _float(self.model.p_correct(state, every, at.numpy()))

    def answer(self, state: Minds, question: Tensor, correct: Tensor, at: Tensor) -> Minds:
        """`MindModel.answer`."""
        unknown = np.full(len(state), np.nan, dtype=np.float32)
        answers = Answers(question.cpu().numpy(), correct.cpu().numpy(), at.numpy(), unknown)
        return self.model.answer(state, answers)

    def mastery(self, state: Minds, at: Tensor) -> Tensor:
        """`MindModel.recall`, which is mastery where no time has passed."""
        return _float(self.model.recall(state, at.numpy()))

    def mastery_of(self, state: Minds, concept: Tensor, at: Tensor) -> Tensor:
        """`MindModel.recall_of` the concept."""
        own = concept.cpu().numpy()[:, None]
        practice = state.practice.entries(np.arange(len(own)), own)
        return _float(self.model.recall_of(state.tracer_state, practice, own, at.numpy())[:, 0])

    def _width(self) -> int:
        if not self._recurrent:
            return len(self.model.q_matrix.concept_ids)
        state: Any = self.model.tracer.initial(1)
        return sum(int(getattr(state, field.name).shape[1]) for field in fields(state) if field.name in RECURRENT)


def _vectors(model: MindModel) -> tuple[Tensor, Tensor]:
    """Vectors of questions and concepts of length √d."""
    tracer = model.tracer
    if isinstance(tracer, SemanticDktTracer):
        every = torch.arange(len(tracer.q_matrix.question_ids), device=tracer.device)
        return tracer.network.vectors_of(every).cpu().clone(), tracer.network.concept_table().cpu().clone()
    return unit_vectors(model.q_matrix)


def unit_vectors(q_matrix: QMatrix) -> tuple[Tensor, Tensor]:
    """Questions by their concepts and concepts by themselves, of length √concepts each."""
    length = len(q_matrix.concept_ids) ** 0.5
    return normalize(torch.tensor(q_matrix.dense), dim=1) * length, length * torch.eye(len(q_matrix.concept_ids))


def _float(values: NDArray[Any]) -> Tensor:
    return torch.from_numpy(np.asarray(values, dtype=np.float32))

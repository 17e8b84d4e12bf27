"""The passes of a calibration of concepts."""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from preceptor.domain import Log
from preceptor.trace.answers import question_rows
from preceptor.trace.batches import batches, windows
from preceptor.trace.kc_groups import ConceptGroups
from preceptor.trace.kc_plan import KcCalibrationPlan
from preceptor.trace.kc_states import States, places
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.trace.sequences import LogTensors


class Learning:
    """Trains what learns of a tracer, pass by pass.

    Args:
        base: The uncalibrated tracer, which gives the targets.
        tracer: The one that learns.
        groups: Which concepts share a vector, and their questions.
        plan: How to calibrate.
        train: The training students' log.
        rows: int64 [n], rising, its rows before which states are taken.
        rng: Draws targets and order.
    """

    def __init__(
        self,
        base: SemanticDktTracer,
        tracer: SemanticDktTracer,
        groups: ConceptGroups,
        plan: KcCalibrationPlan,
        train: Log,
        rows: NDArray[np.int64],
        rng: np.random.Generator,
    ) -> None:
        self.base, self.tracer, self.groups, self.plan, self.rng = base, tracer, groups, plan, rng
        self.train, self.rows = train, rows
        self.states = States.of(base, train, rows)
        self.target = torch.from_numpy(self.states.group_means(base, groups)).to(base.device)
        self.asked = self._asked_before()
        self.vectors = tracer.network.concept_table()[torch.from_numpy(groups.first_concept)]
        self.parameters = self._learned()
        self.optimizer = torch.optim.Adam(self.parameters, lr=plan.learning_rate)

    def epoch(self, *, slower: bool) -> None:
        """One pass over the training states; `slower` halves the learning rate first."""
        for group in self.optimizer.param_groups:
            group["lr"] *= 0.5 if slower else 1.0
        for hidden, own in self._frozen() if self.plan.freeze_recurrent else self._swept():
            gradients = torch.autograd.grad(self._loss(hidden, own), self.parameters, allow_unused=True)
            for parameter, gradient in zip(self.parameters, gradients, strict=True):
                parameter.grad = gradient
            nn.utils.clip_grad_norm_(self.parameters, 5.0)
            self.optimizer.step()

    def _loss(self, hidden: Tensor, own: Tensor) -> Tensor:
        head, (shift, slope) = self.tracer.network.head, self.tracer.calibration
        student = head.student(hidden)
        mastery = shift + slope * head.pairs(student, head.concept(self.vectors))
        loss = binary_cross_entropy_with_logits(mastery, self._targets(own))
        if self.plan.joint:
            vectors = self.tracer.network.vectors_of(self.states.question[own])
            asked = shift + slope * head.logit(student, head.question(vectors))
            loss = loss + binary_cross_entropy_with_logits(asked, self.asked[own])
        return loss

    def _targets(self, own: Tensor) -> Tensor:
        if not self.plan.samples:
            return self.target[own]
        drawn = torch.from_numpy(self.groups.drawn(len(own), self.plan.samples, self.rng)).to(self.base.device)
        network = self.base.network
        with torch.inference_mode():
            student = network.head.student(self.states.hidden[own])
            logits = network.head.logits(student, network.question_table(), drawn.flatten(1))
        p_correct = torch.from_numpy(self.base.probability(logits)).to(self.base.device)
        return p_correct.reshape(drawn.shape).mean(dim=2)

    def _asked_before(self) -> Tensor:
        """What the question asked at each state is trained on, if it is."""
        if self.plan.joint_on == "answers" or not self.plan.joint:
            return self.states.correct
        network = self.base.network
        with torch.no_grad():
            student = network.head.student(self.states.hidden)
            logits = network.head.logit(student, network.question_table()[self.states.question])
        return torch.from_numpy(self.base.probability(logits)).to(self.base.device)

    def _learned(self) -> list[nn.Parameter]:
        network, plan = self.tracer.network, self.plan
        own = network.head.concept_weights()
        if plan.moves_questions:
            own = list(network.head.parameters())
        if not plan.freeze_recurrent:
            own += [network.answer, network.recurrent, *network.read.parameters()]
        return own

    def _frozen(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of states that are known already, and their numbers."""
        order = torch.from_numpy(self.rng.permutation(len(self.states))).to(self.base.device)
        for own in torch.split(order, self.plan.states_per_batch):
            yield self.states.hidden[own], own

    def _swept(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of states as the network now makes them, and their numbers."""
        device, place = self.tracer.device, places(self.train, self.rows)
        columns = LogTensors.of(self.train, question_rows(self.train, self.tracer.q_matrix))
        for group in batches(windows(self.train), self.plan.answers_per_batch, self.rng):
            batch, rows = columns.batch(group, device)
            own = torch.from_numpy(place[rows]).to(device)
            if bool((own >= 0).any()):
                yield self.tracer.network.states(batch)[own >= 0], own[own >= 0]

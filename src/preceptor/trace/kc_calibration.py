"""Calibration of concepts: mastery of a concept becomes the mean chance of a right answer over its questions."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from preceptor.domain import Log, UserError
from preceptor.progress import Progress, silent
from preceptor.trace.answers import question_rows
from preceptor.trace.batches import batches, windows
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.kc_groups import ConceptGroups
from preceptor.trace.kc_states import States, drawn_rows, places
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.trace.sequences import LogTensors

JOINT_ON = ("predictions", "answers")


@dataclass(frozen=True, slots=True)
class KcCalibrationPlan:
    """How to calibrate.

    Args:
        concept_vector: What stands for a group: "centroid", "medoid" or "random-member".
        samples: Questions drawn anew for each target; 0 for the mean over all of the group's questions.
        joint: Whether questions' predictions are trained beside the concepts'.
        joint_on: What questions are trained on: the uncalibrated tracer's "predictions", or the "answers" again.
        freeze_recurrent: Whether the states stay as they are.
        states: Most states of training students.
        valid_states: Most states of validation students.
        epochs: Most passes.
        patience: Passes without a better validation error before stopping.
        least_gain: Share by which an error must fall to count as better.
        learning_rate: Of Adam; halved after every pass without improvement.
        states_per_batch: States of a batch where the recurrent network is frozen.
        answers_per_batch: Positions of a batch where it is not.
    """

    concept_vector: str = "centroid"
    samples: int = 0
    joint: bool = False
    joint_on: str = "predictions"
    freeze_recurrent: bool = True
    states: int = 20_000
    valid_states: int = 5_000
    epochs: int = 40
    patience: int = 3
    least_gain: float = 0.01
    learning_rate: float = 2e-3
    states_per_batch: int = 256
    answers_per_batch: int = 5_000

    @property
    def moves_questions(self) -> bool:
        """Whether predictions for questions may change."""
        return self.joint or not self.freeze_recurrent

    def check(self) -> None:
        """Refuse what is not known.

        Raises:
            UserError: If a value is out of range.
        """
        if self.joint_on not in JOINT_ON:
            raise UserError(f"--joint-on is {self.joint_on!r}.", allowed=", ".join(JOINT_ON))
        if self.samples < 0:
            raise UserError(f"--samples is {self.samples}.", allowed="0 for all questions, or a number such as 20")


@dataclass(frozen=True, slots=True)
class KcCalibrationReport:
    """What a calibration did.

    Args:
        epochs: Passes over the training states.
        best_epoch: The pass whose weights were kept; 0 for those before the first.
        valid_kc_mae: Mean |mastery − target| on validation students before the first pass and after each.
        states: Training states.
        groups: Groups of concepts that have questions.
        seconds: Time of calibration alone.
    """

    epochs: int
    best_epoch: int
    valid_kc_mae: tuple[float, ...]
    states: int
    groups: int
    seconds: float


@dataclass
class _History:
    errors: list[float] = field(default_factory=list)
    best: dict[str, Tensor] = field(default_factory=dict)
    best_epoch: int = 0

    def note(self, error: float, network: nn.Module, least_gain: float) -> None:
        if not self.errors or error < self.errors[self.best_epoch] * (1 - least_gain):
            self.best, self.best_epoch = deepcopy(network.state_dict()), len(self.errors)
        self.errors.append(error)


class KcCalibration:
    """Fits σ(a + b·F'(h, z_c)) to the mean over the questions q of c's group of σ(a + b·F(h, z_q)).

    h are states of training students, F the trained tracer, which stays as it is, a and b its calibration. F' starts
    as F. It has weights of its own for what it reads of a concept's vector, K' of `FactorisedHead`; these always
    learn, so that without `joint` and with `freeze_recurrent` not one prediction for a question changes. `joint` lets
    the rest of the head learn too and adds the log loss of the question asked at each state; without
    `freeze_recurrent` the recurrent network learns as well. The loss is the mean log loss against the soft target,
    the pass with the lowest mean absolute error on validation students is kept. There all targets are full means.

    References:
        Ozyurt et al., Personalized exercise recommendation with semantically-grounded knowledge tracing, 2025.

    Args:
        base: The trained tracer, uncalibrated.
        groups: Which concepts share a vector, and their questions.
        plan: How to calibrate.
    """

    def __init__(self, base: SemanticDktTracer, groups: ConceptGroups, plan: KcCalibrationPlan) -> None:
        plan.check()
        self.base, self.groups, self.plan = base, groups, plan

    def fit(
        self, train: Log, valid: Log, *, seed: int, clock: Callable[[], float], progress: Progress = silent
    ) -> tuple[SemanticDktTracer, KcCalibrationReport]:
        """Calibrate on states of training students, choose on states of validation students.

        Args:
            train: The training students' log.
            valid: The validation students' log.
            seed: Seeds states, members, targets and order.
            clock: Monotonic seconds.
            progress: Told after every pass.

        Returns:
            A calibrated tracer and what was done; the tracer given is left as it was.
        """
        start, plan, rng = clock(), self.plan, np.random.default_rng(seed)
        tracer = own_concepts(self.base, self.groups.shared(_concept_vectors(self.base), plan.concept_vector, rng))
        rows = self.training_rows(train, seed)
        learning = _Learning(self.base, tracer, self.groups, plan, train, rows, rng)
        held = States.of(self.base, valid, drawn_rows(valid, plan.valid_states, rng))
        target = held.group_means(self.base, self.groups)
        history = _History()
        for done in range(plan.epochs + 1):
            now = held if plan.freeze_recurrent else States.of(tracer, valid, held.rows)
            error = float(np.abs(now.group_mastery(tracer, self.groups) - target).mean())
            history.note(error, tracer.network, plan.least_gain)
            progress("calibrating concepts", done, plan.epochs)
            if done == plan.epochs or done - history.best_epoch >= plan.patience:
                break
            learning.epoch(slower=history.best_epoch < done)
        progress("calibrating concepts", plan.epochs, plan.epochs)
        tracer.network.load_state_dict(history.best)
        report = KcCalibrationReport(
            done, history.best_epoch, tuple(history.errors), len(rows), len(self.groups), clock() - start
        )
        return tracer, report

    def training_rows(self, train: Log, seed: int) -> NDArray[np.int64]:
        """Rows of the training students' log before which `fit` takes its states."""
        return drawn_rows(train, self.plan.states, np.random.default_rng([seed, 1]))


def own_concepts(base: SemanticDktTracer, concept_vectors: NDArray[np.float32]) -> SemanticDktTracer:
    """A copy of an uncalibrated tracer whose concepts have weights of their own, equal to the questions' at first.

    Args:
        base: The tracer.
        concept_vectors: float32 [concepts, width], vectors that concepts are read by from now on.
    """
    weights = base.weights()
    for own, of in (("of_concept", "of_vector"), ("lift_concept", "lift_vector")):
        weights |= {f"head.{own}.{part}": weights[f"head.{of}.{part}"] for part in ("weight", "bias")}
    questions = weights["question_vectors"]
    tracer = SemanticDktTracer(
        base.q_matrix,
        calibrated=True,
        size=base.size,
        vectors=QuestionVectors(questions, concept_vectors),
        device=base.device,
    )
    scaled = tracer.network.concept_vectors.cpu().numpy()
    tracer.set_weights({**weights, "concept_vectors": scaled})
    return tracer


def _concept_vectors(tracer: SemanticDktTracer) -> NDArray[np.float32]:
    return np.asarray(tracer.network.concept_vectors.cpu().numpy())


class _Learning:
    """The passes of a calibration."""

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
        first = [np.flatnonzero(groups.of_concept == group)[0] for group in range(len(groups))]
        self.vectors = tracer.network.concept_vectors[torch.from_numpy(np.array(first, dtype=np.int64))]
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
            vectors = self.tracer.network.question_vectors[self.states.question[own]]
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

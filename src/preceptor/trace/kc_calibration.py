"""Calibration of concepts: mastery of a concept becomes the mean chance of a right answer over its questions."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from preceptor.domain import Log
from preceptor.progress import Progress, silent
from preceptor.trace.kc_groups import ConceptGroups
from preceptor.trace.kc_learning import Learning
from preceptor.trace.kc_plan import KcCalibrationPlan, KcCalibrationReport
from preceptor.trace.kc_states import States, drawn_rows
from preceptor.trace.semantic_dkt import SemanticDktTracer


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
        known = self.base.network.concept_table().detach().cpu().numpy()
        tracer = own_concepts(self.base, self.groups.shared(known, plan.concept_vector, rng))
        rows = self.training_rows(train, seed)
        learning = Learning(self.base, tracer, self.groups, plan, train, rows, rng)
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
    tracer = SemanticDktTracer(
        base.q_matrix, calibrated=True, size=base.size, vectors=base.vectors, device=base.device
    )  # fmt: skip
    tracer.set_weights({**weights, "concept_vectors": concept_vectors})
    return tracer

"""Training a policy: collect, update, validate, keep the best, leave a checkpoint; epoch by epoch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from tianshou.utils.torch_utils import policy_within_training_step
from torch import Tensor

from preceptor.progress import Progress, silent
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.learned.collect import Explorer
from preceptor.recommend.learned.learner import Learner
from preceptor.recommend.learned.left_over import LeftOver
from preceptor.recommend.learned.replay import PrioritisedEpisodeReplay


@dataclass(frozen=True)
class Trained:
    """What a training gave.

    Args:
        epochs: Epochs trained.
        best_epoch: After which the policy that is kept was best on the validation students; 0 for the untrained one.
        transitions: Transitions collected.
        updates: Gradient steps.
        seconds: Time without validation.
        validation_seconds: Time of validation.
        scores: Mean improvement of the validation students, before training and after every epoch.
        losses: Mean of every loss in every epoch, by Tianshou's names.
    """

    epochs: int
    best_epoch: int
    transitions: int
    updates: int
    seconds: float
    validation_seconds: float
    scores: tuple[float, ...]
    losses: dict[str, tuple[float, ...]]


@dataclass
class Progressed:
    """How far a training is; everything but weights, memory and chance.

    Args:
        epoch: Epochs that are over.
        updates: Gradient steps so far.
        scores: Of validation, the untrained policy's first.
        losses: By name.
        best: Weights of the best policy so far.
        seconds: Time so far, validation apart.
        validation_seconds: Of validation.
    """

    epoch: int = 0
    updates: int = 0
    scores: list[float] = field(default_factory=list)
    losses: dict[str, list[float]] = field(default_factory=dict)
    best: dict[str, Tensor] = field(default_factory=dict)
    seconds: float = 0.0
    validation_seconds: float = 0.0

    @property
    def best_epoch(self) -> int:
        """The first of the best."""
        return int(np.argmax(self.scores))


def train(
    learner: Learner,
    env: StudentEnv,
    validate: Callable[[], float],
    *,
    seed: int,
    clock: Callable[[], float],
    left: LeftOver | None = None,
    progress: Progress = silent,
    begin: Callable[[], None] | None = None,
) -> Trained:
    """Train a learner's brain, which holds the best weights afterwards.

    The untrained policy counts as the first best, so that there is always one. Torch's own chance is used and given
    back as it was.

    Args:
        learner: What learns.
        env: Students to learn on; `settings.envs` at once.
        validate: Mean improvement of the validation students under the brain.
        seed: Of all chance.
        clock: Monotonic seconds.
        left: Where to leave what an epoch gave, and to go on from.
        progress: Told after every epoch.
        begin: What comes before a training that does not go on from an earlier one.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return _Training(learner, env, validate, seed, clock, left, progress).run(begin)


class _Training:
    def __init__(
        self,
        learner: Learner,
        env: StudentEnv,
        validate: Callable[[], float],
        seed: int,
        clock: Callable[[], float],
        left: LeftOver | None,
        progress: Progress,
    ) -> None:
        self.learner, self.validate, self.clock, self.left, self.progress = learner, validate, clock, left, progress
        self.explorer, self.so_far = Explorer(learner, env), Progressed()
        self.seed = seed
        self.each = env.num_envs * env.horizon
        self.replay = learner.replay(self.each, seed)
        self.epochs = max(1, round(learner.settings.transitions / self.each))

    def run(self, begin: Callable[[], None] | None) -> Trained:
        """All epochs, or as many as it takes until nothing gets better."""
        left = self.left.load(self.learner, self.replay) if self.left else None
        if left is None:
            if begin is not None:
                begun = self.clock()
                begin()
                self.so_far.seconds += self.clock() - begun
            self._validate()
        else:
            self.so_far = Progressed(**left)
        while self.so_far.epoch < self.epochs and not self._stale():
            self._epoch()
            if self.left is not None:
                self.left.save(self.learner, self.replay, dict(vars(self.so_far)))
            self.progress("training", self.so_far.epoch, self.epochs)
        self.learner.brain.load_state_dict(self.so_far.best)
        so_far = self.so_far
        return Trained(
            epochs=so_far.epoch,
            best_epoch=so_far.best_epoch,
            transitions=so_far.epoch * self.each,
            updates=so_far.updates,
            seconds=so_far.seconds,
            validation_seconds=so_far.validation_seconds,
            scores=tuple(so_far.scores),
            losses={name: tuple(values) for name, values in so_far.losses.items()},
        )

    def _epoch(self) -> None:
        begun, so_far, settings = self.clock(), self.so_far, self.learner.settings
        done = so_far.epoch / max(self.epochs - 1, 1)
        played = self.explorer.collect(so_far.epoch, done)
        if isinstance(self.replay, PrioritisedEpisodeReplay):
            self.replay.anneal(done)
        if self.learner.kind.on_policy:
            self.replay.reset()
        self.replay.add_block(played.block)
        if self.left is not None:
            self.left.remember(so_far.epoch, played.block)
        so_far.epoch += 1
        due = round(settings.updates * so_far.epoch / self.epochs) - so_far.updates
        self._update(due)
        so_far.seconds += self.clock() - begun
        self._validate()

    def _update(self, due: int) -> None:
        """Gradient steps: `due` of them, or for what learns from this epoch alone about as many whole passes."""
        settings = self.learner.settings
        algorithm: Any = self.learner.algorithm
        told: list[dict[str, float]] = []
        with policy_within_training_step(algorithm.policy), _numpy_chance(self.seed, self.so_far.epoch):
            if self.learner.kind.on_policy:
                in_a_pass = max(1, self.each // settings.batch)
                passes = max(1, round(due / in_a_pass)) if due > 0 else 0
                if passes:
                    told.append(algorithm.update(self.replay, settings.batch, passes).get_loss_stats_dict())
                self.so_far.updates += passes * in_a_pass
            else:
                updated = (algorithm.update(self.replay, settings.batch) for _ in range(due))
                told.extend(stats.get_loss_stats_dict() for stats in updated)
                self.so_far.updates += due
        for name in told[0] if told else ():
            self.so_far.losses.setdefault(name, []).append(float(np.mean([losses[name] for losses in told])))

    def _validate(self) -> None:
        begun, so_far = self.clock(), self.so_far
        state = torch.get_rng_state()  # drawing policies shall not change what is collected next
        so_far.scores.append(self.validate())
        torch.set_rng_state(state)
        if so_far.best_epoch == len(so_far.scores) - 1:
            so_far.best = deepcopy(self.learner.brain.state_dict())
        so_far.validation_seconds += self.clock() - begun

    def _stale(self) -> bool:
        patience = self.learner.settings.patience
        return 0 < patience <= self.so_far.epoch - self.so_far.best_epoch


@contextmanager
def _numpy_chance(seed: int, epoch: int) -> Iterator[None]:
    """Numpy's own chance, which Tianshou shuffles by, as it belongs to an epoch; afterwards as it was."""
    before = np.random.get_state()
    np.random.seed([seed % 2**32, epoch])
    try:
        yield
    finally:
        np.random.set_state(before)

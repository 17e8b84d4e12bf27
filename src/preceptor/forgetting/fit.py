"""Fit of a curve: likelihood of the answers times a prior whose spreads are estimated from the answers themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.forgetting.fitted import FACTOR, LEVEL, logit_of
from preceptor.forgetting.practice import PracticeLog

if TYPE_CHECKING:
    from preceptor.forgetting.fitted import FittedCurve

ROUNDS, SETTLED = 12, 0.02
"""How often the spreads are estimated anew at most, and the relative change at which they have settled."""

STEPS, LAST_STEPS = 12, 40
"""Most L-BFGS steps of a round, and after the last one."""

FOLLOWED, FOLLOWED_STEPS = 3, 12
"""Rounds in which students are known by the answers before alone, and most L-BFGS steps of each."""

PAUSE_DAYS = 1.0
"""After a pause this long, levels must have been worth it."""

SURE = 1.96
"""Standard deviations to the end of a 95 % interval."""

FARTHEST = 6.0
"""Standard deviations beyond which a line search is not followed: what lies there overflows."""

BASE_SD, STUDENT_SD, LEVEL_SD = 0.5, 0.3, 0.3
"""Spreads of log strength over concepts and over students, and of students' levels, expected before any answer."""

BELIEF = 4.0
"""How many concepts or students that expectation weighs."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a fit finds.

    Args:
        values: Parameters by name.
        base: float64 [concepts], log strengths in days before practice counts.
        base_sd: Their spread.
        student_sd: Spread of the students' log factors.
        level_sd: Spread of the students' levels.
    """

    values: dict[str, float]
    base: NDArray[np.float64]
    base_sd: float
    student_sd: float
    level_sd: float


def fit_curve(curve: "type[FittedCurve]", log: PracticeLog, concepts: int) -> Found:
    """Maximise likelihood times prior by L-BFGS on all rows at once; deterministic.

    Parameters are normal around their start on their scale; bases are normal around their mean, levels and factors of
    students around 0. After each round the spreads follow from the spread found and the number of concepts or students
    that the answers determine (MacKay, 1992), so that shrinkage is as strong as the answers want it.

    An effect found from a student's whole history knows the answers that it explains, and no later student's effect
    does. So at the end each row's effects are what the filter makes of the answers before it, and parameters and bases
    are fitted to what a new student's predictions will be made of.

    A level that only tells how a student does at the moment would spoil what is predicted after a pause. So everything
    is fitted with levels and without, and they are kept if answers after a pause of a day are then surely predicted
    better; where no answer comes after such a pause, all answers count.

    Args:
        curve: The kind of curve.
        log: Whole histories of students the tracer was not trained on.
        concepts: Number of concepts.
    """
    with_levels, without = (_Fit(curve, log, concepts, level_sd) for level_sd in (LEVEL_SD, 0.0))
    found, plain = with_levels.run(), without.run()
    return found if _surely_below_0(with_levels.loss_that_counts() - without.loss_that_counts()) else plain


class _Fit:
    def __init__(self, curve: "type[FittedCurve]", log: PracticeLog, concepts: int, level_sd: float) -> None:
        self.curve = curve
        self.answers = max(len(log.correct), 1)
        self.columns = _Columns(log)
        self.memories = curve.replay(log) if curve.memory_size else None
        self.free = torch.zeros(len(curve.parameters()), dtype=torch.float64, requires_grad=True)
        # effects of concepts and students are free in units of their spread, which keeps the search well scaled
        self.base = torch.zeros(concepts, dtype=torch.float64, requires_grad=True)
        self.students = torch.zeros(self.columns.students, dtype=torch.float64, requires_grad=True)
        self.levels = torch.zeros(self.columns.students, dtype=torch.float64, requires_grad=True)
        self.base_sd, self.student_sd, self.level_sd = BASE_SD, STUDENT_SD if curve.forgets else 0.0, level_sd
        self.log = log
        self.effects: Tensor | None = None

    def run(self) -> Found:
        for _ in range(ROUNDS):
            self._climb(STEPS)
            by_concept, by_student, by_level = self._information()
            before = self.base_sd, self.student_sd, self.level_sd
            self.base_sd = _spread(self.base, by_concept, self.base_sd, BASE_SD)
            if self.student_sd:
                self.student_sd = _spread(self.students, by_student, self.student_sd, STUDENT_SD)
            if self.level_sd:
                self.level_sd = _spread(self.levels, by_level, self.level_sd, LEVEL_SD)
            if np.allclose((self.base_sd, self.student_sd, self.level_sd), before, rtol=SETTLED, atol=0.0):
                break
        self._climb(LAST_STEPS)
        for _ in range(FOLLOWED if self._made().knows_students else 0):
            self.effects = torch.from_numpy(self._made().followed(self.log).student_effects)
            self._climb(FOLLOWED_STEPS)
        return self._found()

    def loss_that_counts(self) -> NDArray[np.float64]:
        """Each student's sum of log loss over answers at least a day after the last practice, float64 [students].

        Each is predicted from the answers before it. Where there is none after such a pause, all answers count.
        """
        log = self.log
        known = np.where(log.practised, log.elapsed_days, np.inf).min(axis=1, initial=np.inf)
        paused = np.isfinite(known) & (known >= PAUSE_DAYS)
        rows = paused if paused.any() else np.ones_like(paused)
        p = np.clip(self._made().predict(log)[rows], 1e-6, 1 - 1e-6)
        loss = -(log.correct[rows] * np.log(p) + (1 - log.correct[rows]) * np.log(1 - p))
        student = self.columns.student.numpy()[rows]
        return np.asarray(np.bincount(student, loss, minlength=self.columns.students), dtype=np.float64)

    def _made(self) -> "FittedCurve":
        found = self._found()
        return self.curve(len(found.base), found.values, found.base, found.student_sd, found.level_sd)

    def _found(self) -> Found:
        values = {name: value.item() for name, value in self._values().items()}
        base = values["level"] + self.base_sd * self.base.detach().numpy()
        return Found(values, base, self.base_sd, self.student_sd, self.level_sd)

    def _climb(self, steps: int) -> None:
        free = (self.free, self.base, self.students, self.levels)
        optimizer = torch.optim.LBFGS(free, max_iter=steps, tolerance_change=1e-10, line_search_fn="strong_wolfe")

        def loss() -> Tensor:
            optimizer.zero_grad()
            values = self._values()
            p = self._predicted(values, self._log_strength(values), self._level())
            value = torch.nn.functional.binary_cross_entropy(p, self.columns.correct, reduction="sum") + self._penalty()
            value = value / self.answers
            value.backward()  # type: ignore[no-untyped-call]
            return value

        optimizer.step(loss)  # type: ignore[no-untyped-call]

    def _penalty(self) -> Tensor:
        """Negative log of the prior, up to a constant."""
        return 0.5 * torch.cat([self.free, self.base, self.students, self.levels]).square().sum()

    def _values(self) -> dict[str, Tensor]:
        own = zip(self.curve.parameters(), self.free.clamp(-FARTHEST, FARTHEST), strict=True)
        return {parameter.name: parameter.value(free, torch) for parameter, free in own}

    def _log_strength(self, values: dict[str, Tensor]) -> Tensor:
        columns = self.columns
        if self.memories is not None:
            columns.memory = self.memories(values)
        base = values["level"] + self.base_sd * self.base[columns.concepts]
        added: Tensor = self.curve.learned(values, columns, torch)
        if self.effects is not None:
            return base + added + self.effects[:, FACTOR, None]
        return base + added + self.student_sd * self.students[columns.student][:, None]

    def _level(self) -> Tensor:
        if self.effects is not None:
            return self.effects[:, LEVEL]
        return self.level_sd * self.levels[self.columns.student]

    def _predicted(self, values: dict[str, Tensor], log_strength: Tensor, level: Tensor) -> Tensor:
        columns = self.columns
        held = self.curve.held_by(values, columns.elapsed_days, log_strength, torch)
        retention = (torch.where(columns.practised, held, 1.0) * columns.share).sum(-1)
        old = values["shift"] + values["slope"] * columns.logit
        new = values["new_shift"] + values["new_slope"] * columns.logit
        mastery = torch.sigmoid(torch.where(columns.known, old, new) + level)
        floor = torch.where(torch.isnan(columns.guess), values["guess_floor"], columns.guess)
        left: Tensor = self.curve.left(mastery, retention, floor, torch)
        return left.clamp(1e-6, 1 - 1e-6)

    def _information(self) -> tuple[Tensor, Tensor, Tensor]:
        """Fisher information of every base, every student factor and every student level."""
        values = self._values()
        log_strength = self._log_strength(values).detach().requires_grad_()
        level = self._level().detach().requires_grad_()
        p = self._predicted(values, log_strength, level)
        p.sum().backward()  # type: ignore[no-untyped-call]
        slope, raised, variance = log_strength.grad, level.grad, (p * (1 - p)).detach()
        assert slope is not None
        assert raised is not None
        entries = slope.square() / variance[:, None]
        by_concept = torch.zeros_like(self.base).index_add(0, self.columns.concepts.flatten(), entries.flatten())
        by_student, by_level = (
            torch.zeros_like(self.students).index_add(0, self.columns.student, row.square() / variance)
            for row in (slope.sum(-1), raised)
        )
        return by_concept, by_student, by_level


class _Columns:
    """The log as tensors."""

    def __init__(self, log: PracticeLog) -> None:
        students, student = np.unique(log.student, return_inverse=True)
        real = log.concepts >= 0
        self.students = len(students)
        self.student = torch.from_numpy(student.astype(np.int64))
        self.concepts = torch.from_numpy(np.maximum(log.concepts, 0).astype(np.int64))
        self.practised = torch.from_numpy(np.ascontiguousarray(log.practised & real))
        self.known = self.practised.any(-1)
        self.share = _tensor(real / np.maximum(real.sum(-1, keepdims=True), 1))
        self.elapsed_days = _tensor(log.elapsed_days)
        self.attempts, self.credit, self.spaced = (_tensor(x) for x in (log.attempts, log.credit, log.spaced))
        self.memory = _tensor(log.memory)
        self.logit = _tensor(logit_of(log.mastery))
        self.guess, self.correct = _tensor(log.guess), _tensor(log.correct)


def _surely_below_0(by_student: NDArray[np.float64]) -> bool:
    """Whether the 95 % interval of a sum over students lies below 0; students are the units."""
    spread = np.sqrt(len(by_student)) * by_student.std() if len(by_student) else 0.0
    return bool(by_student.sum() + SURE * spread < 0)


def _tensor(column: NDArray[Any]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(column, dtype=np.float64))


def _spread(found: Tensor, information: Tensor, sd: float, expected: float) -> float:
    """Spread of effects, found in units of `sd`, of which `information` is known: MacKay's rule with a prior."""
    determined = float((information / (information + sd**-2)).sum())
    total = float((sd * found.detach()).square().sum())
    return float(np.sqrt((BELIEF * expected**2 + total) / (BELIEF + determined)))

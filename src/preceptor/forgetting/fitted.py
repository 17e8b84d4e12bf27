"""What all fitted curves share: strengths of concepts, effects of students, recalibration, and learning online."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.forgetting.contract import ForgettingCurve
from preceptor.forgetting.parameters import SHARED, Parameter, growth, start_of
from preceptor.forgetting.practice import Counters, Practice, PracticeLog

STEP = 1e-4
"""Step of the numerical derivative of P(correct) by an effect of the student."""

LEVEL, FACTOR = 0, 1
"""Columns of student effects: on the logit of mastery, and on the log of strengths."""

LEAST_STUDENT_SD = 0.05
"""Below this spread students are taken to be alike, and answers are not asked about it."""


class FittedCurve(ForgettingCurve):
    """A curve whose parameters maximise the likelihood of answers times a prior, see `fit`.

    log S = base of the concept + what practice adds + factor of the student; recalibrated mastery is
    σ(a + b·logit m + level of the student), for what the tracer leaves out of a student is not forgetting. Bases are
    normal around their mean, levels and factors around 0; the spreads are estimated. A new student starts from 0, and
    each answer moves both effects u by one step of the extended Kalman filter, which is the maximum a posteriori of
    the answer's second-order expansion: with p the prediction before the answer y and g its gradient by u,
    I ← I + g·gᵀ / (p(1−p)) and u ← u + (diag(1/sd²) + I)⁻¹·g·(y−p) / (p(1−p)).

    A subclass gives the formulas below; numpy and torch arrays both pass through them.

    Args:
        concepts: Number of concepts.
        values: Parameters by name; those not given are at their prior.
        base: float64 [concepts], log strengths in days before practice counts; None for the prior's.
        student_sd: Spread of the students' log factors.
        level_sd: Spread of the students' levels.
    """

    own: ClassVar[tuple[Parameter, ...]]
    """The curve's parameters besides the shared ones."""

    prior_strength: ClassVar[tuple[float, float]] = (7.0, 1.0)
    """Of the mean concept before practice counts: days, and standard deviation of their log."""

    log_strength_range: ClassVar[tuple[float, float]] = (float(np.log(0.02)), float(np.log(3650.0)))
    """Strengths stay between half an hour and ten years."""

    memory_size: ClassVar[int] = 0

    def __init__(
        self,
        concepts: int,
        values: Mapping[str, float] | None = None,
        base: NDArray[np.float64] | None = None,
        student_sd: float = 0.0,
        level_sd: float = 0.0,
    ) -> None:
        self.values = {**start_of(self.parameters()), **(values or {})}
        self.base = np.full(concepts, np.log(self.prior_strength[0])) if base is None else base
        self.student_sd, self.level_sd = student_sd, level_sd

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """All parameters, the shared ones first."""
        days, sd = cls.prior_strength
        return (Parameter("level", float(np.log(days)), sd), *SHARED, *cls.own)

    @staticmethod
    @abstractmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """Retention of the broadcast shape, of arrays or tensors."""

    @staticmethod
    def learned(values: Mapping[str, Any], seen: Any, xp: Any) -> Any:
        """What practice adds to log strength, of arrays or tensors."""
        return growth(values, seen, xp)

    @classmethod
    def held_by(cls, values: Mapping[str, Any], elapsed_days: Any, log_strength: Any, xp: Any) -> Any:
        """Retention from the sum of base, practice and student factor, of arrays or tensors."""
        return cls.held(values, elapsed_days, cls.days(values, log_strength, xp), xp)

    @classmethod
    def days(cls, values: Mapping[str, Any], log_strength: Any, xp: Any) -> Any:
        """Strength in days from the sum of base, practice and student factor, of arrays or tensors."""
        return xp.exp(log_strength.clip(*cls.log_strength_range))

    @staticmethod
    def left(mastery: Any, retention: Any, guess_floor: Any, xp: Any) -> Any:
        """Recall, of arrays or tensors: m − (1−h)·(m−g) where m > g, else m."""
        return mastery - (1.0 - retention) * (mastery - guess_floor).clip(min=0.0)

    @classmethod
    def remembered(cls, values: Mapping[str, Any], memory: Any, elapsed_days: Any, credit: Any, xp: Any) -> Any:
        """Memory [entries, size] after one more answer; zeros stand for a concept never practised."""
        return memory

    @classmethod
    def replay(cls, log: PracticeLog) -> Callable[[Mapping[str, Any]], Any]:
        """Memories [rows, k, size] before every answer of whole histories as a function of parameters; for a fit.

        The function takes tensors and gives one that can be differentiated; a curve whose memory is costly to walk
        through gives a faster one of equal values.
        """
        import torch  # loaded only to fit

        from preceptor.forgetting.follow import memories

        return lambda values: memories(cls, values, log, torch)

    @property
    def guess_floor(self) -> float:
        """P(correct) on an open question by guessing, fitted."""
        return self.values["guess_floor"]

    @property
    def knows_students(self) -> bool:
        """Whether students were found to differ."""
        return max(self.student_sd, self.level_sd) >= LEAST_STUDENT_SD

    def fit(self, log: PracticeLog) -> Self:
        """Maximise likelihood times prior, see `preceptor.forgetting.fit`."""
        from preceptor.forgetting.fit import fit_curve  # torch is loaded only to fit

        found = fit_curve(type(self), log, len(self.base))
        self.values, self.base = found.values, found.base
        self.student_sd, self.level_sd = found.student_sd, found.level_sd
        return self

    def retention(self, elapsed_days: NDArray[np.float64], strength_days: NDArray[np.float64]) -> NDArray[np.float64]:
        """See `held`."""
        return np.asarray(self.held(self.values, elapsed_days, strength_days, np))

    def fade(
        self, mastery: NDArray[Any], retention: NDArray[Any], guess_floor: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """See `left`."""
        return np.asarray(self.left(mastery, retention, guess_floor, np))

    def strength_days(self, concepts: NDArray[Any], counters: Counters) -> NDArray[np.float64]:
        """Exp of base, practice and student factor."""
        return np.asarray(self.days(self.values, self._log_strength(concepts, counters), np))

    def retained(
        self, concepts: NDArray[Any], counters: Counters, elapsed_days: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """As defined, without working out the time that strength is told in."""
        return np.asarray(self.held_by(self.values, elapsed_days, self._log_strength(concepts, counters), np))

    def _log_strength(self, concepts: NDArray[Any], counters: Counters) -> NDArray[np.float64]:
        return np.asarray(
            self.base[np.maximum(concepts, 0)]
            + self.learned(self.values, _Wide(counters), np)
            + counters.student_effects[:, FACTOR, None]
        )

    def recalibrate(
        self, mastery: NDArray[Any], practised: NDArray[Any], student_effects: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """σ(a + b·logit m + level), one line for practised and one for new concepts."""
        v, logit = self.values, logit_of(mastery)
        shifted = np.where(practised, v["shift"] + v["slope"] * logit, v["new_shift"] + v["new_slope"] * logit)
        level = student_effects[:, LEVEL].reshape(-1, *[1] * (logit.ndim - 1))
        return np.asarray(1 / (1 + np.exp(-shifted - level)))

    def nothing(self, students: int, concepts: int) -> Practice:
        """Nobody has practised anything."""
        return Practice.none(students, concepts, self.memory_size)

    def practised(
        self,
        practice: Practice,
        exercised: NDArray[Any],
        correct: NDArray[np.float32],
        at_seconds: NDArray[np.float64],
    ) -> Practice:
        """Counters and memory after one more answer of each student."""
        after = practice.after(exercised, correct, at_seconds)
        if not self.memory_size:
            return after
        student, concept = np.nonzero(exercised)
        elapsed = practice.elapsed_days(at_seconds)[student, concept]
        memory = practice.memory.copy()
        credit = correct[student].astype(np.float64)
        memory[student, concept] = self.remembered(self.values, memory[student, concept], elapsed, credit, np)
        return replace(after, memory=memory)

    def witnessed(self, practice: Practice, before: PracticeLog) -> Practice:
        """One step of the filter for every student."""
        return replace(practice, student_effects=self.filtered(before)) if self.knows_students else practice

    def filtered(self, before: PracticeLog) -> NDArray[np.float64]:
        """Student effects [rows, 5] after the answers, one row a student, see the class."""
        p = np.clip(self.p_correct(before), 1e-6, 1 - 1e-6)
        variance = p * (1 - p)
        sds = self.level_sd, self.student_sd
        # where students are alike in one of the two, answers say nothing of it
        level, factor = (
            self._slope(before, p, column) if sd >= LEAST_STUDENT_SD else np.zeros(len(p))
            for column, sd in zip((LEVEL, FACTOR), sds, strict=True)
        )
        known = (
            before.student_effects[:, 2:] + np.stack([level**2, level * factor, factor**2], axis=1) / variance[:, None]
        )
        a, b, c = known.T + np.array([[max(self.level_sd, STEP) ** -2], [0.0], [max(self.student_sd, STEP) ** -2]])
        surprise = (before.correct - p) / variance / (a * c - b * b)
        moved = np.stack([c * level - b * factor, a * factor - b * level], axis=1) * surprise[:, None]
        return np.concatenate([before.student_effects[:, :2] + moved, known], axis=1)

    def _slope(self, before: PracticeLog, p: NDArray[np.float64], column: int) -> NDArray[np.float64]:
        step = np.zeros(5)
        step[column] = STEP
        return (self.p_correct(replace(before, student_effects=before.student_effects + step)) - p) / STEP

    def followed(self, log: PracticeLog) -> PracticeLog:
        """Replay memory and student effects through the log."""
        from preceptor.forgetting.follow import follow

        return follow(self, log)

    def regrouped(self, place: NDArray[np.int64]) -> Self:
        """Bases of known concepts, their mean for others; all else stays."""
        base = np.where(place >= 0, self.base[place], self.base.mean())
        return type(self)(len(place), self.values, base, self.student_sd, self.level_sd)

    def to_dict(self) -> dict[str, Any]:
        """Name, parameters, bases and spread."""
        return {
            "name": self.name,
            **self.values,
            "base": [float(value) for value in self.base],
            "student_sd": self.student_sd,
            "level_sd": self.level_sd,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`."""
        known = {
            parameter.name: float(values[parameter.name]) for parameter in cls.parameters() if parameter.name in values
        }
        base = np.asarray(values["base"], dtype=np.float64)
        spreads = (float(values.get(name, 0.0)) for name in ("student_sd", "level_sd"))
        return cls(len(base), known, base, *spreads)


class _Wide:
    """Counters in double precision."""

    def __init__(self, counters: Counters) -> None:
        self.attempts = np.asarray(counters.attempts, dtype=np.float64)
        self.credit = np.asarray(counters.credit, dtype=np.float64)
        self.spaced = np.asarray(counters.spaced, dtype=np.float64)
        self.memory = counters.memory


def logit_of(mastery: NDArray[Any]) -> NDArray[np.float64]:
    """Log odds, finite at 0 and 1 too."""
    clipped = np.clip(np.asarray(mastery, dtype=np.float64), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))

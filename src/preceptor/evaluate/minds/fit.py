"""Fit a family of latent minds by simulated moments: its students answer what real ones were asked, when they were.

For parameters x and chance numbers that stay the same, the loss is Σ_k ((simulated_k(x) − real_k)/s_k)², with s_k from
a bootstrap over real students and a floor for what no small model catches (McFadden, 1989).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from preceptor.evaluate.minds.moments import Measure, Moments, Rows
from preceptor.evaluate.minds.replayed import real, simulated
from preceptor.evaluate.minds.schedule import Schedule

FLOOR = 0.01
"""Least standard error of a moment: a hundredth of a probability or of a logit is near enough."""
STEP = 0.1
"""Width of the differences that stand for derivatives, on the scale of `Scale`."""
REPLICATES = 200
SEEDS = (11,)


@dataclass(frozen=True)
class Scale:
    """Where a parameter is fitted: itself, its logarithm or its logit, between two bounds."""

    kind: str
    low: float
    high: float

    def inside(self, value: float) -> float:
        """The number that the optimiser sees."""
        if self.kind == "log":
            return float(np.log(value))
        return float(np.log(value / (1 - value))) if self.kind == "logit" else value

    def outside(self, x: float) -> float:
        """The parameter."""
        if self.kind == "log":
            return float(np.exp(x))
        return float(1 / (1 + np.exp(-x))) if self.kind == "logit" else float(x)


@dataclass(frozen=True)
class Target:
    """One log and what is measured on it.

    Args:
        name: Of the data set.
        schedule: Its answers.
        measure: Its moments.
        learns: Whether answers teach.
        own: Parameters that this log alone fits, thrown away afterwards.
    """

    name: str
    schedule: Schedule
    measure: Measure
    learns: bool = True
    own: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> Rows:
        """What its moments need."""
        return Rows(self.schedule)

    @cached_property
    def wanted(self) -> Moments:
        """The moments of the real students."""
        return self.measure(self.rows, real(self.schedule), np.ones(self.schedule.students))

    @cached_property
    def drawn(self) -> NDArray[np.float64]:
        """The same over resampled students, float64 [replicates, moments]."""
        rng, n, answers = np.random.default_rng(0), self.schedule.students, real(self.schedule)
        found = [
            list(
                self.measure(
                    self.rows, answers, np.bincount(rng.integers(n, size=n), minlength=n).astype(np.float64)
                ).values()
            )
            for _ in range(REPLICATES)
        ]
        return np.array(found)

    @cached_property
    def error(self) -> NDArray[np.float64]:
        """Standard error of each moment, never below `FLOOR`."""
        return np.asarray(np.hypot(self.drawn.std(axis=0), FLOOR))

    @property
    def intervals(self) -> list[tuple[float, float]]:
        """95 % intervals around the real moments: percentiles of what resampling adds to its own mean.

        The most frequent of several shares grows by resampling, so plain percentiles would miss the moment itself.
        """
        added = np.percentile(self.drawn - self.drawn.mean(axis=0), [2.5, 97.5], axis=0)
        return [(value + low, value + high) for value, low, high in zip(self.wanted.values(), *added, strict=True)]

    def brought(self, family: str, parameters: Any) -> Moments:
        """The moments that a family brings about, averaged over seeds."""
        ones = np.ones(self.schedule.students)
        runs = [
            self.measure(self.rows, simulated(self.schedule, family, parameters, seed, learns=self.learns), ones)
            for seed in SEEDS
        ]
        return {name: float(np.mean([run[name] for run in runs])) for name in self.wanted}


@dataclass(frozen=True)
class Problem:
    """Which parameters of a family are fitted to which logs.

    Args:
        family: Its name.
        parameters: All its numbers; those not fitted stay.
        free: The fitted parameters.
        targets: The logs.
    """

    family: str
    parameters: Any
    free: Mapping[str, Scale]
    targets: tuple[Target, ...]

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """Parameter and the log that it belongs to ("" for all), in the optimiser's order."""
        own = [(name, target.name) for target in self.targets for name in target.own]
        return [(name, "") for name in self.free if not any(name in t.own for t in self.targets)] + own

    @property
    def start(self) -> NDArray[np.float64]:
        """The given parameters as the optimiser sees them."""
        return np.array([self.free[name].inside(getattr(self.parameters, name)) for name, _ in self.names])

    def at(self, x: NDArray[np.float64], log: str = "") -> Any:
        """The parameters at a point, with those that belong to one log."""
        values = {
            name: self.free[name].outside(value)
            for (name, of), value in zip(self.names, x, strict=True)
            if of in ("", log)
        }
        return replace(self.parameters, **values)

    def residuals(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Every moment's distance in standard errors."""
        parts = []
        for target in self.targets:
            brought = target.brought(self.family, self.at(x, target.name))
            difference = np.array(list(brought.values())) - np.array(list(target.wanted.values()))
            parts.append(difference / target.error)
        return np.concatenate(parts)

    def slopes(self, x: NDArray[np.float64], at: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Differences of the residuals over each number, float64 [moments, numbers]."""
        here = self.residuals(x) if at is None else at
        return np.stack([(self.residuals(x + STEP * row) - here) / STEP for row in np.eye(len(x))], axis=1)

    def bounds(self) -> tuple[list[float], list[float]]:
        """The lowest and highest point."""
        scales = [self.free[name] for name, _ in self.names]
        return [s.inside(s.low) for s in scales], [s.inside(s.high) for s in scales]


@dataclass(frozen=True)
class Fitted:
    """A fit.

    Args:
        problem: What was fitted.
        x: The best point of all starts.
        loss: Its loss.
        losses: The loss that each start ended with.
    """

    problem: Problem
    x: NDArray[np.float64]
    loss: float
    losses: tuple[float, ...]

    @property
    def parameters(self) -> Any:
        """All parameters of the family, without those that belong to one log."""
        return self.problem.at(self.x)


def fit(problem: Problem, starts: int, evaluations: int, progress: Callable[[str, int, int], None]) -> Fitted:
    """The best of several starts: the given parameters, and some drawn around them."""
    rng, (low, high) = np.random.default_rng(5), problem.bounds()
    found = []
    for number in range(starts):
        progress(f"fitting {problem.family}", number, starts)
        first = problem.start + (number > 0) * rng.normal(0, 0.5, len(problem.start))
        margin = 1e-6 + 0.02 * (np.array(high) - np.array(low))
        first = np.clip(first, np.array(low) + margin, np.array(high) - margin)
        found.append(
            least_squares(problem.residuals, first, jac=problem.slopes, bounds=(low, high), max_nfev=evaluations)
        )
    best = min(found, key=lambda result: float(result.cost))
    return Fitted(problem, best.x, float(2 * best.cost), tuple(float(2 * result.cost) for result in found))


def rises(fitted: Fitted, ranges: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """By how much the loss rises where a parameter is put at either end of a range, the fitted ones giving way.

    One Gauss–Newton step stands for refitting. In units of the loss a degree of freedom, so 4 is about two standard
    errors; below it the moments do not tell.
    """
    problem, x = fitted.problem, fitted.x
    here = problem.residuals(x)
    slopes = problem.slopes(x, here)
    unit = max(fitted.loss / max(len(here) - len(x), 1), 1.0)
    low, high = problem.bounds()
    found = {}
    for name, ends in ranges.items():
        given = [i for i, (other, _) in enumerate(problem.names) if other == name]
        others = [i for i in range(len(x)) if i not in given]
        losses = []
        for end in ends:
            moved, point = replace(problem, parameters=replace(problem.parameters, **{name: end})), x.copy()
            point[given] = problem.free[name].inside(end) if given else point[given]
            there = moved.residuals(point)
            step = np.linalg.lstsq(slopes[:, others], -there, rcond=1e-3)[0]
            again = point.copy()
            again[others] = np.clip(again[others] + np.clip(step, -1, 1), np.array(low)[others], np.array(high)[others])
            losses.append(min(float(there @ there), float(np.sum(moved.residuals(again) ** 2))))
        found[name] = (max(losses[0] - fitted.loss, 0.0) / unit, max(losses[1] - fitted.loss, 0.0) / unit)
    return found

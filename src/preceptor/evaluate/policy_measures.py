"""What arms are worth before a judge, and which claims several judges bear out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import Estimate
from preceptor.evaluate.policy import OWN_DAY, Played
from preceptor.evaluate.policy_target import Targets
from preceptor.evaluate.two_level import estimate_drawn, training_effects

JUDGES_NEEDED = 2
"""On how many judges other than the policies' own tracer a claim of superiority has to hold."""

_BOUNDS = ("bound", "once_bound")
_MOMENTS = ("improvement", "once", "recall")


def label_of(days: float) -> str:
    """The name of a moment: "now", for example "day7", or "exam" for the objective's own day."""
    if days == OWN_DAY:
        return "exam"
    return f"day{days:g}" if days else "now"


@dataclass(frozen=True)
class Arm:
    """One arm before one judge under one objective, one value a student.

    Args:
        improvement: Days since the last question → float64 [n], the objective's value there less at the start.
        once: The same with every concept that a moving target chose counted once.
        bound: float64 [n], the most that the improvement can be: 1 less the value at the start.
        once_bound: The same for `once`.
        recall: Days → float64 [n], mean recall over all concepts that the judge knows.
        trainings: Where policies of several trainings took turns, each by itself; all else is then their mean.
    """

    improvement: Mapping[float, NDArray[np.float64]]
    once: Mapping[float, NDArray[np.float64]]
    bound: NDArray[np.float64]
    once_bound: NDArray[np.float64]
    recall: Mapping[float, NDArray[np.float64]]
    trainings: tuple["Arm", ...] = ()

    @classmethod
    def of(cls, played: Played, targets: Targets) -> "Arm":
        """Measure what was played."""
        before = {once: targets.value(played.start, once=once) for once in (False, True)}

        def gains(once: bool) -> dict[float, NDArray[np.float64]]:
            return {days: targets.value(recall, once=once) - before[once] for days, recall in played.after.items()}

        known = ~np.isnan(played.start[0])
        recall = {days: after[:, known].mean(axis=1) for days, after in played.after.items()}
        return cls(gains(False), gains(True), 1 - before[False], 1 - before[True], recall)

    @classmethod
    def mean(cls, replicates: Sequence["Arm"]) -> "Arm":
        """The same students under other chance."""

        def moments(kind: str) -> dict[float, NDArray[np.float64]]:
            every = [getattr(arm, kind) for arm in replicates]
            return {days: np.mean([values[days] for values in every], axis=0) for days in every[0]}

        bound, once_bound = (np.mean([getattr(arm, kind) for arm in replicates], axis=0) for kind in _BOUNDS)
        return cls(moments("improvement"), moments("once"), bound, once_bound, moments("recall"))

    @classmethod
    def of_trainings(cls, replicates: Sequence["Arm"], trainings: int) -> "Arm":
        """The mean over trainings that took turns from replicate to replicate, all alike.

        Args:
            replicates: What each played; replicate i belongs to training i mod `trainings`.
            trainings: How many there are.
        """
        if trainings == 1:
            return cls.mean(replicates)
        every = tuple(cls.mean(replicates[first::trainings]) for first in range(trainings))
        return replace(cls.mean(every), trainings=every)

    @property
    def values(self) -> dict[str, Any]:
        """Every number, as JSON values; `of_values` is the inverse, bit for bit."""
        moments = {kind: [[days, values.tolist()] for days, values in getattr(self, kind).items()] for kind in _MOMENTS}
        bounds = {kind: getattr(self, kind).tolist() for kind in _BOUNDS}
        return moments | bounds | {"trainings": [one.values for one in self.trainings]}

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> "Arm":
        """What `values` told."""

        def moments(kind: str) -> dict[float, NDArray[np.float64]]:
            return {days: np.array(found) for days, found in values[kind]}

        bound, once_bound = (np.array(values[kind]) for kind in _BOUNDS)
        trainings = tuple(map(cls.of_values, values["trainings"]))
        return cls(moments("improvement"), moments("once"), bound, once_bound, moments("recall"), trainings)

    def to_dict(
        self, reference: "Arm", planner: "Arm | None", beside: Mapping[str, "Arm"], horizon_days: float, seed: int
    ) -> dict[str, Any]:
        """The row that `--json` prints, without its names.

        Args:
            reference: What differences are to.
            planner: The planner's arm, if it took part.
            beside: More arms that differences are to, by name.
            horizon_days: What `later` means.
            seed: Draws the resamples, the same for every figure, so that they are paired.
        """
        moments = {label_of(days): days for days in self.improvement}

        def over(kind: str, less: "Arm | None" = None, scale: float = 1.0) -> dict[str, Any]:
            def one(days: float) -> Estimate:
                return self._estimate(lambda arm: scale * getattr(arm, kind)[days], less, seed)

            return {label: asdict(one(days)) for label, days in moments.items()}

        share, once_share = (100 / max(float(bound.mean()), 1e-12) for bound in (self.bound, self.once_bound))
        recall, later = over("recall"), label_of(horizon_days)
        row: dict[str, Any] = {
            "now": recall[label_of(0.0)],
            "later": recall[later],
            "recall": recall,
            "improvement": over("improvement"),
            "bound": float(self.bound.mean()),
            "percent_of_bound": over("improvement", scale=share),
            "over_reference": over("improvement", reference),
            "over": {name: over("improvement", other) for name, other in beside.items()},
            "recall_over_reference": over("recall", reference),
            "trainings": len(self.trainings) or 1,
        }
        if any((self.once[days] != self.improvement[days]).any() for days in self.once):
            row["once"] = {
                "improvement": over("once"),
                "bound": float(self.once_bound.mean()),
                "percent_of_bound": over("once", scale=once_share),
            }
        if planner is not None:
            row["planner_gain_now"] = asdict(planner._estimate(lambda arm: arm.recall[0.0], self, seed))
            row["planner_gain_later"] = asdict(planner._estimate(lambda arm: arm.recall[horizon_days], self, seed))
        return row

    def _estimate(self, take: Callable[["Arm"], NDArray[np.float64]], less: "Arm | None", seed: int) -> Estimate:
        """What `take` finds in this arm, less another's, over students and over the trainings of both."""
        if less is self:
            return estimate_drawn(np.zeros_like(take(self)), seed)
        values = take(self) if less is None else take(self) - take(less)
        drawn = [(arm, side) for side, arm in enumerate((self, less)) if arm is not None and arm.trainings]
        effects = [
            (-1) ** side * training_effects(np.stack([take(one) for one in arm.trainings]), seed, side)
            for arm, side in drawn
        ]
        return estimate_drawn(values, seed, *effects)


def claims(rows: Sequence[Mapping[str, Any]], reference: str) -> list[dict[str, Any]]:
    """What may be said of each policy under each objective and at each moment, over all judges.

    "superior" (and "inferior") needs an interval of the difference to the reference above (below) 0 on at least
    `JUDGES_NEEDED` judges that are not the policies' own tracer, and on none of these below (above) 0. A policy that
    gains on its own tracer and on no other judge is "only on its own tracer". "mixed" has judges on both sides. All
    else is "not shown".

    Args:
        rows: As `Arm.to_dict` gave them, with `judge`, `own`, `objective` and `policy`.
        reference: The policy that differences are to; nothing is claimed of it.
    """
    found = []
    for objective, policy in dict.fromkeys((row["objective"], row["policy"]) for row in rows):
        own = [row for row in rows if (row["objective"], row["policy"]) == (objective, policy)]
        if policy == reference:
            continue
        for moment in own[0]["over_reference"]:
            sides: dict[str, list[str]] = {"above": [], "below": []}
            on_own = 0
            for row in own:
                low, high = row["over_reference"][moment]["ci95"]
                side = "above" if low > 0 else "below" if high < 0 else ""
                if row["own"]:
                    on_own = {"above": 1, "below": -1, "": 0}[side]
                elif side:
                    sides[side].append(row["judge"])
            verdict = _verdict(sides, on_own)
            found.append(
                {"objective": objective, "policy": policy, "moment": moment, "verdict": verdict, **sides}
                | {"above_on_own_tracer": on_own > 0}
            )
    return found


def _verdict(sides: Mapping[str, Sequence[str]], on_own: int) -> str:
    above, below = sides["above"], sides["below"]
    if above and below:
        return "mixed"
    if len(above) >= JUDGES_NEEDED:
        return "superior"
    if len(below) >= JUDGES_NEEDED:
        return "inferior"
    return "only on its own tracer" if on_own > 0 and not above else "not shown"

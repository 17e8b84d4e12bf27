"""How often intervals hold the truth, beside those of scipy: simulated experiments, many times over."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from preceptor.evaluate.bootstrap import REPLICATES, resamples
from preceptor.evaluate.coverage_worlds import WORLDS, World
from preceptor.evaluate.paired import ALPHA, compared, mean_of
from preceptor.evaluate.power import Power
from preceptor.progress import Progress, silent
from preceptor.tutor.intervals import wilson

OURS = "ours"
PLAIN = "plain percentiles (scipy)"
BCA = "BCa (scipy)"
STUDENT = "Student's t (scipy)"
POOLED = "replicates taken for students"
_SAME_RESAMPLES = 50
"""Experiments of which one set of resamples serves: drawing them takes longer than using them."""
_FAMILY = 12
"""Comparisons made together when counting false claims."""

Floats = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CoverageDesign:
    """How much is simulated.

    Args:
        experiments: Of each world and number of students.
        students: Numbers of students.
        replicates: Resamples of each interval.
        peer_replicates: Resamples of scipy's, which draws them anew for every experiment.
        seed: Draws everything.
    """

    experiments: int = 2_000
    students: tuple[int, ...] = (10, 25, 50, 100, 400)
    replicates: int = REPLICATES
    peer_replicates: int = 2_000
    seed: int = 0


def coverage_study(design: CoverageDesign, progress: Progress = silent) -> dict[str, Any]:
    """Count how often intervals hold the truth, how often Holm's procedure claims what is not there, and the power.

    Returns:
        `rows`, one a world, number of students and method, with the `share` of experiments whose interval holds the
        truth, its Wilson interval and the mean `width`; `false_claims`; `power`; and the design.
    """
    cells = [(world, n) for world in WORLDS for n in design.students]
    rows = []
    for done, (world, n) in enumerate(cells):
        progress("coverage", done, len(cells))
        rng = np.random.default_rng([design.seed, WORLDS.index(world), n])
        rows += list(_cell(world, n, design, rng))
    progress("coverage", len(cells), len(cells))
    return {
        "design": asdict(design),
        "worlds": [{"name": world.name, "about": world.about, "truth": world.truth} for world in WORLDS],
        "rows": rows,
        "false_claims": [_false_claims(n, design) for n in design.students],
        "power": [_power(n, design) for n in design.students],
    }


def _cell(world: World, n: int, design: CoverageDesign, rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Rows of one world and number of students."""
    experiments = [world.draw(rng, n) for _ in range(design.experiments)]
    found: dict[str, list[Interval]] = {OURS: []}
    for i, columns in enumerate(experiments):
        if i % _SAME_RESAMPLES == 0:
            shares = resamples(n, rng, design.replicates)
        found[OURS].append(world.figure(columns, shares).interval())
    if len(experiments[0]) == 1:
        found |= _peers(np.stack([columns[0] for columns in experiments]), design, rng)
    for method, intervals in found.items():
        ends = np.array(intervals)
        held = int(((ends[:, 0] <= world.truth) & (world.truth <= ends[:, 1])).sum())
        yield {
            "world": world.name,
            "students": n,
            "method": method,
            **_share(held, len(ends)),
            "width": float((ends[:, 1] - ends[:, 0]).mean()),
        }


def _peers(values: Floats, design: CoverageDesign, rng: np.random.Generator) -> dict[str, list[Interval]]:
    """Intervals of a mean by other means.

    Args:
        values: [experiments, students, replicates].
        design: How many resamples.
        rng: Draws them.
    """
    means = values.mean(axis=2)
    return {
        PLAIN: _scipy(means, "percentile", design, rng),
        BCA: _scipy(means, "BCa", design, rng),
        STUDENT: _student(means),
        POOLED: _student(values.reshape(len(values), -1)),
    }


def _scipy(means: Floats, method: Any, design: CoverageDesign, rng: np.random.Generator) -> list[Interval]:
    found = []
    for values in means:
        if values.min() == values.max():  # scipy has no BCa interval without spread
            found.append((float(values[0]), float(values[0])))
            continue
        ends = stats.bootstrap(
            (values,), np.mean, n_resamples=design.peer_replicates, method=method, vectorized=True, rng=rng
        ).confidence_interval
        found.append((float(ends.low), float(ends.high)))
    return found


def _student(values: Floats) -> list[Interval]:
    """[experiments, values] → intervals."""
    n = values.shape[1]
    reach = stats.t.ppf(1 - ALPHA / 2, n - 1) * values.std(axis=1, ddof=1) / np.sqrt(n)
    return list(zip((values.mean(axis=1) - reach).tolist(), (values.mean(axis=1) + reach).tolist(), strict=True))


def _false_claims(n: int, design: CoverageDesign) -> dict[str, Any]:
    """Share of families of comparisons without any difference in which one or more is claimed all the same."""
    rng = np.random.default_rng([design.seed, 100, n])
    alone = corrected = 0
    for i in range(design.experiments):
        if i % _SAME_RESAMPLES == 0:
            shares = resamples(n, rng, design.replicates)
        common = rng.normal(0, 0.2, n)  # the reference's own chance stands in every difference to it
        figures = {str(arm): mean_of(common + rng.normal(0, 0.2, n), shares) for arm in range(_FAMILY)}
        differences = compared(figures).values()
        alone += any(difference.estimate.excludes_zero for difference in differences)
        corrected += any(difference.holds for difference in differences)
    return {
        "students": n,
        "comparisons": _FAMILY,
        "uncorrected": _share(alone, design.experiments),
        "holm": _share(corrected, design.experiments),
    }


def _power(n: int, design: CoverageDesign) -> dict[str, Any]:
    """How often the difference is found that is said to be found with 80 % power."""
    rng = np.random.default_rng([design.seed, 101, n])
    stated = Power(n, 0.35, "assumed")
    hits = 0
    for i in range(design.experiments):
        if i % _SAME_RESAMPLES == 0:
            shares = resamples(n, rng, design.replicates)
        hits += mean_of(rng.normal(stated.detectable, stated.sd, n), shares).p <= ALPHA
    return {"students": n, "detectable": stated.detectable, "stated": stated.power, **_share(hits, design.experiments)}


def _share(hits: int, trials: int) -> dict[str, Any]:
    return {"experiments": trials, "share": hits / trials, "ci95": wilson(hits, trials)}


def undercovered(rows: Sequence[dict[str, Any]], students: int, low: float = 0.93) -> list[dict[str, Any]]:
    """Our rows with at least so many students whose intervals hold the truth too rarely."""
    return [row for row in rows if row["method"] == OURS and row["students"] >= students and row["share"] < low]

"""How well one clustering of questions agrees with another: B-cubed, with intervals over kinds of questions."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import Estimate

REPLICATES = 2_000


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed of every question.

    Args:
        precision: float64 [questions], share of its found cluster that has its true concept.
        recall: float64 [questions], share of its true concept that lies in its found cluster.

    References:
        Bagga and Baldwin, Entity-based cross-document coreferencing, COLING-ACL 1998; Amigó et al., A comparison of
        extrinsic clustering evaluation metrics, Information Retrieval 12 (2009).
    """

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]


def b_cubed(found: Sequence[Hashable], true: Sequence[Hashable]) -> BCubed:
    """Compare a clustering with the truth, each given as one label a question."""
    both, clusters, concepts = Counter(zip(found, true, strict=True)), Counter(found), Counter(true)
    pairs = list(zip(found, true, strict=True))
    return BCubed(
        np.array([both[pair] / clusters[pair[0]] for pair in pairs]),
        np.array([both[pair] / concepts[pair[1]] for pair in pairs]),
    )


def f1(precision: Any, recall: Any) -> Any:
    """Harmonic mean, elementwise; 0 where both are 0."""
    total = np.asarray(precision + recall)
    return np.where(total > 0, 2 * precision * recall / np.where(total > 0, total, 1), 0.0)


class Resampled:
    """Resamples whole kinds of questions, for questions of one kind share their luck.

    Args:
        unit: [questions], the kind of every question.
        rng: Draws the resamples, the same ones for everything that is estimated, so that gains are paired.
        replicates: Number of resamples.
    """

    def __init__(self, unit: Sequence[Hashable], rng: np.random.Generator, replicates: int = REPLICATES) -> None:
        names = {name: i for i, name in enumerate(dict.fromkeys(unit))}
        self._unit = np.array([names[name] for name in unit], dtype=np.int64)
        self.units = len(names)
        share = np.full(self.units, 1 / self.units)
        once = np.ones((1, self.units))
        self._weights = np.concatenate([once, rng.multinomial(self.units, share, size=replicates)])
        self._questions = self._weights @ np.bincount(self._unit, minlength=self.units)

    def mean(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Mean over questions as it is, then in every resample; float64 [1 + replicates]."""
        sums = np.bincount(self._unit, weights=np.asarray(values, dtype=np.float64), minlength=self.units)
        return np.asarray(self._weights @ sums / self._questions)

    def f1(self, scores: BCubed) -> NDArray[np.float64]:
        """B-cubed F1 = 2PR/(P + R) of the means, as it is, then in every resample."""
        return np.asarray(f1(self.mean(scores.precision), self.mean(scores.recall)))


def estimate(values: NDArray[np.float64]) -> Estimate:
    """A figure with its 95 % interval, from its value and its values in resamples."""
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return Estimate(float(values[0]), float(values[1:].std(ddof=1)), (float(low), float(high)))


@dataclass(frozen=True)
class Compared:
    """Several clusterings of the same questions beside the truth.

    Args:
        rows: Of each its name, number of concepts, and `f1`, `precision` and `recall` as `{mean, sd, ci95}`.
        f1: Of each its F1 as it is, then in every resample.
    """

    rows: tuple[dict[str, Any], ...]
    f1: Mapping[str, NDArray[np.float64]]

    def gains(self, own: str, others: Sequence[str]) -> dict[str, Any]:
        """What one clustering has over others in F1, paired."""
        return {name: asdict(estimate(self.f1[own] - self.f1[name])) for name in others if name != own}


def compared(found: Mapping[str, Sequence[Hashable]], true: Sequence[Hashable], resampled: Resampled) -> Compared:
    """Hold clusterings against the truth, each given as one label a question."""
    scores = {name: b_cubed(labels, true) for name, labels in found.items()}
    values = {name: resampled.f1(score) for name, score in scores.items()}
    rows = tuple(
        {
            "name": name,
            "concepts": len(set(found[name])),
            "f1": asdict(estimate(values[name])),
            "precision": asdict(estimate(resampled.mean(scores[name].precision))),
            "recall": asdict(estimate(resampled.mean(scores[name].recall))),
        }
        for name in found
    )
    return Compared(rows, values)

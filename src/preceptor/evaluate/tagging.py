"""How well texts are tagged with concepts, and how true the stated confidence is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import estimate_with, resamples

RANKED = 3
BINS = 10


@dataclass(frozen=True)
class TagScores:
    """What a tagger says of texts whose concepts are known.

    Args:
        confidences: float64 [texts, concepts].
        labels: bool [texts, concepts], the true concepts.
        threshold: The least confidence that is gone by.
    """

    confidences: NDArray[np.float64]
    labels: NDArray[np.bool_]
    threshold: float


def tag_figures(told: TagScores, others: Mapping[str, NDArray[np.float64]], rng: np.random.Generator) -> dict[str, Any]:
    """Top-1, top-3, calibration and coverage, with 95 % intervals over texts; gains over the others are paired.

    Args:
        told: What the tagger says.
        others: Scores [texts, concepts] of simpler ways to rank, by name.
        rng: Draws the resamples.

    Returns:
        `texts`, `rows` (each `name`, `top1`, `top3`, `gain1`, `gain3`), `confidence` (`stated`, `right`, `ece`),
        `threshold`, `coverage` and `precision` of what is not called unknown; estimates are `{mean, sd, ci95}`.
    """
    shares = resamples(len(told.labels), rng, replicates=2_000)
    ours = _ranks(told.confidences, told.labels)
    every = {"tagger": ours, **{name: _ranks(scores, told.labels) for name, scores in others.items()}}
    rows = [
        {
            "name": name,
            **{f"top{k}": asdict(estimate_with(rank < k, shares)) for k in (1, RANKED)},
            **{
                f"gain{k}": asdict(estimate_with((ours < k).astype(float) - (rank < k), shares))
                for k in (1, RANKED)
                if name != "tagger"
            },
        }
        for name, rank in every.items()
    ]
    sure, right = told.confidences.max(axis=1), ours == 0
    known = sure >= told.threshold
    weights = shares * known
    precision = (weights @ right) / np.maximum(weights.sum(axis=1), 1e-12)
    low, high = np.quantile(precision, [0.025, 0.975])
    return {
        "texts": len(ours),
        "rows": rows,
        "confidence": {
            "stated": float(sure.mean()),
            "right": asdict(estimate_with(right, shares)),
            "ece": calibration_error(sure, right),
        },
        "threshold": told.threshold,
        "coverage": asdict(estimate_with(known, shares)),
        "precision": {"mean": float(right[known].mean()), "sd": float(precision.std()), "ci95": (low, high)}
        if known.any()
        else None,
    }


def calibration_error(stated: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error: Σ over ten equal bins of share · |mean stated − share right|."""
    place = np.minimum((stated * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(place, minlength=BINS)
    gap = np.bincount(place, weights=stated - right, minlength=BINS)
    return float(np.abs(gap).sum() / max(counts.sum(), 1))


def _ranks(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many concepts stand before the first true one; of equal scores the earlier stands first."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.asarray(np.take_along_axis(labels, order, axis=1).argmax(axis=1))

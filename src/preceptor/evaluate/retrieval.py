"""Retrieval before and after fine-tuning, with intervals over concepts."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.embed.retrieval import Retrieval
from preceptor.evaluate.bootstrap import REPLICATES, Estimate

_TOGETHER = 500


def retrieval_gain(before: Retrieval, after: Retrieval, rng: np.random.Generator) -> dict[str, Any]:
    """Micro-F1 of both and the gain, with 95 % intervals from resampled concepts; the gain is paired.

    Args:
        before: Of the untuned vectors.
        after: Of the tuned vectors, the same concepts and questions.
        rng: Draws the resamples.

    Returns:
        `concepts`, `questions` (pairs of concept and question looked for), and `before`, `after` and `gain`, each
        `{mean, sd, ci95}` with the standard deviation of the resamples.
    """
    found = retrievals({"before": before, "after": after}, {"gain": ("after", "before")}, rng)
    return {"concepts": found["concepts"], "questions": found["questions"], **found["micro_f1"], **found["gains"]}


def retrievals(
    found: Mapping[str, Retrieval], gains: Mapping[str, tuple[str, str]], rng: np.random.Generator
) -> dict[str, Any]:
    """Micro-F1 of several vectors of the same texts, with 95 % intervals from resampled concepts; gains are paired.

    Args:
        found: What each found, of the same concepts and questions.
        gains: Name of a gain → which less which.
        rng: Draws the resamples.

    Returns:
        `concepts`, `questions` (pairs of concept and question looked for), `micro_f1` and `gains` by name, each
        `{mean, sd, ci95}` with the standard deviation of the resamples.
    """
    first = next(iter(found.values()))
    n, wanted = len(first.wanted), first.wanted.astype(np.float64)
    hits = {name: each.hits.astype(np.float64) for name, each in found.items()}
    hits |= {name: hits[one] - hits[other] for name, (one, other) in gains.items()}
    values = np.stack(list(hits.values()))
    parts = [min(_TOGETHER, REPLICATES - start) for start in range(0, REPLICATES, _TOGETHER)]
    ratios = np.concatenate([_resampled(values, wanted, part, rng) for part in parts], axis=1)
    points = values.sum(axis=1) / max(wanted.sum(), 1)
    told = {name: asdict(_estimate(*each)) for name, *each in zip(hits, points, ratios, strict=True)}
    return {
        "concepts": n,
        "questions": int(wanted.sum()),
        "micro_f1": {name: told[name] for name in found},
        "gains": {name: told[name] for name in gains},
    }


def _resampled(
    values: NDArray[np.float64], wanted: NDArray[np.float64], replicates: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    n = len(wanted)
    drawn = rng.multinomial(n, np.full(n, 1 / max(n, 1)), size=replicates).astype(np.float64)
    return np.asarray((values @ drawn.T) / np.maximum(drawn @ wanted, 1))


def _estimate(point: float, ratios: NDArray[np.float64]) -> Estimate:
    low, high = np.quantile(ratios, [0.025, 0.975])
    return Estimate(float(point), float(ratios.std(ddof=1)), (float(low), float(high)))

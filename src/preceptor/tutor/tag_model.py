"""P(concept | text) from what speaks for every concept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

PENALTY = 1e-5
UNKNOWN_WEIGHT = 0.25
"""How much a text counts whose concepts are taken away, beside the text itself."""


@dataclass(frozen=True)
class TagModel:
    """A conditional logit with "none of them" as one more choice.

    P(c | x) = exp(w·f(x, c)) / (e^b + Σ_k exp(w·f(x, k)))

    Args:
        weights: w, float64 [features].
        none: b.

    References:
        McFadden, Conditional logit analysis of qualitative choice behavior, 1974.
    """

    weights: NDArray[np.float64]
    none: float

    def probabilities(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Of every concept, float64 [texts, concepts], from float32 [texts, concepts, features]."""
        utility = np.asarray(features @ self.weights, dtype=np.float64)
        total = logsumexp(_with_none(utility, self.none), axis=1, keepdims=True)
        return np.asarray(np.exp(utility - total))


def fit_tag_model(features: NDArray[np.float32], labels: NDArray[np.bool_]) -> TagModel:
    """Fit the weights by maximum likelihood with a small penalty on their squares.

    A text is about any of its true concepts. Each counts again, by a quarter, with its true concepts taken away: then
    it is about none of the others, so that the model learns what a text looks like that the bank knows nothing of.

    Args:
        features: float32 [texts, concepts, features], of texts held out from the evidence.
        labels: bool [texts, concepts], at least one true in every row.

    Returns:
        The model; where there are no texts, one that goes by the name alone.
    """
    width = features.shape[2]
    start = np.array([8.0, *[0.0] * (width - 1), 4.0])
    if not len(features):
        return TagModel(start[:-1], float(start[-1]))
    wide = features.astype(np.float64)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, none = values[:-1], values[-1]
        every = _with_none(wide @ weights, none)
        true = np.concatenate([labels, np.zeros((len(labels), 1), dtype=bool)], axis=1)
        inside, outside = np.where(true, every, -np.inf), np.where(true, -np.inf, every)
        whole, of_true, of_rest = (logsumexp(part, axis=1) for part in (every, inside, outside))
        value = (whole - of_true) + UNKNOWN_WEIGHT * (of_rest - none)
        slope = (
            np.exp(every - whole[:, None])
            - np.exp(inside - of_true[:, None])
            + UNKNOWN_WEIGHT * np.exp(outside - of_rest[:, None])
        )
        gradient = np.append(np.einsum("tc,tcf->f", slope[:, :-1], wide), slope[:, -1].sum() - UNKNOWN_WEIGHT * len(wide))
        penalty = np.append(weights, 0.0)
        return (
            float(value.mean() + PENALTY / 2 * (penalty**2).sum()),
            gradient / len(wide) + PENALTY * penalty,
        )

    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return TagModel(found[:-1], float(found[-1]))


def _with_none(utility: NDArray[np.float64], none: float) -> NDArray[np.float64]:
    """The utilities of all choices, that of "none of them" last."""
    return np.concatenate([utility, np.full((len(utility), 1), none)], axis=1)

"""P(concept | text) from what speaks for every concept, and how sure the first one is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp, softmax

PENALTY = 1e-5
UNKNOWN_WEIGHT = 0.1
"""How much a text counts for the confidence whose true concepts are taken away, beside the text itself."""
_LARGEST_LOGIT = 20.0

Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]
"""Weights to a loss and its gradient."""


@dataclass(frozen=True)
class TagModel:
    """A conditional logit for the order of concepts, and a logit for the confidence in the first of them.

    share(c | x) = exp(w·f(x, c)) / Σ_k exp(w·f(x, k)); with 1 the first concept,
    P(1 is right) = σ(v·[1, logit share(1 | x), f(x, 1)]). Shares alone cannot tell a text that the bank knows nothing
    of: something is always nearest. How near it is says more.

    Args:
        weights: w, float64 [features].
        sure: v, float64 [2 + features].

    References:
        McFadden, Conditional logit analysis of qualitative choice behavior, 1974.
    """

    weights: NDArray[np.float64]
    sure: NDArray[np.float64]

    def confidences(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """P(right) of every concept, float64 [texts, concepts], from float32 [texts, concepts, features].

        What the first concept leaves of 1 is shared among the others as their shares are; none has more than the
        first.
        """
        shares = softmax(np.asarray(features @ self.weights, dtype=np.float64), axis=1)
        first, row = shares.argmax(axis=1), np.arange(len(shares))
        top = shares[row, first]
        best = expit(_told(top, features[row, first]) @ self.sure)
        found = shares * np.minimum((1 - best) / np.maximum(1 - top, 1e-12), best / top)[:, None]
        found[row, first] = best
        return np.asarray(found, dtype=np.float64)


def fit_tag_model(features: NDArray[np.float32], labels: NDArray[np.bool_]) -> TagModel:
    """Fit both logits by maximum likelihood with a small penalty on the squares of their weights.

    For the confidence each text counts again, by a tenth, with its true concepts taken away: then the first of the
    others is wrong, so that the model learns what a text looks like that the bank knows nothing of.

    Args:
        features: float32 [texts, concepts, features], of texts held out from the evidence.
        labels: bool [texts, concepts], at least one true in every row; a text is about any of them.

    Returns:
        The model; where there are no texts, one that goes by the first feature alone and is never sure.
    """
    width = features.shape[2]
    start = np.array([8.0, *[0.0] * (width - 1)])
    if not len(features):
        return TagModel(start, np.array([-_LARGEST_LOGIT, *[0.0] * (1 + width)]))
    wide = features.astype(np.float64)
    weights = _minimised(lambda w: _choice_loss(w, wide, labels), start)
    told, first = _of_first(wide @ weights, features)
    without, _ = _of_first(np.where(labels, -np.inf, wide @ weights), features)
    every = np.concatenate([told, without])
    right = np.concatenate([labels[np.arange(len(labels)), first], np.zeros(len(labels), dtype=bool)])
    count = np.repeat([1.0, UNKNOWN_WEIGHT], len(labels))
    return TagModel(weights, _minimised(lambda v: _logit_loss(v, every, right, count), np.zeros(every.shape[1])))


def _of_first(
    utility: NDArray[np.float64], features: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """What the confidence in the first concept of every text rests on, and which it is."""
    shares = softmax(utility, axis=1)
    first, row = shares.argmax(axis=1), np.arange(len(shares))
    return _told(shares[row, first], features[row, first]), first


def _told(share: NDArray[np.float64], features: NDArray[np.float32]) -> NDArray[np.float64]:
    """What the confidence rests on, float64 [texts, 2 + features]."""
    clipped = np.clip(share, expit(-_LARGEST_LOGIT), expit(_LARGEST_LOGIT))
    return np.column_stack([np.ones(len(share)), np.log(clipped) - np.log1p(-clipped), features])


def _choice_loss(
    weights: NDArray[np.float64], features: NDArray[np.float64], labels: NDArray[np.bool_]
) -> tuple[float, NDArray[np.float64]]:
    """Mean of −log Σ share of the true concepts."""
    every = features @ weights
    true = np.where(labels, every, -np.inf)
    whole, of_true = logsumexp(every, axis=1), logsumexp(true, axis=1)
    slope = np.exp(every - whole[:, None]) - np.exp(true - of_true[:, None])
    return float((whole - of_true).mean()), np.einsum("tc,tcf->f", slope, features) / len(features)


def _logit_loss(
    weights: NDArray[np.float64], told: NDArray[np.float64], right: NDArray[np.bool_], count: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Mean log loss of a logistic regression whose rows count so much each."""
    logit, shares = told @ weights, count / count.sum()
    loss = np.logaddexp(0.0, np.where(right, -logit, logit))
    return float(shares @ loss), told.T @ (shares * (expit(logit) - right))


def _minimised(loss: Loss, start: NDArray[np.float64]) -> NDArray[np.float64]:
    def penalised(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = loss(weights)
        return value + PENALTY / 2 * float((weights**2).sum()), slope + PENALTY * weights

    return np.asarray(minimize(penalised, start, jac=True, method="L-BFGS-B").x)

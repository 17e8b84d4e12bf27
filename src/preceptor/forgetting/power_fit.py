"""Fit of the power curve: likelihood of the answers times a mild prior, which matters only where answers are few."""

import numpy as np
import torch
from torch import Tensor

from preceptor.forgetting.contract import PracticeLog
from preceptor.forgetting.power_parameters import LOG_STRENGTH_RANGE, PowerParameters

STEPS = 400
LEARNING_RATE = 0.05
LEAST_DECAY = 0.05
PRIOR_SD = {"decay": 1.0, "w": 1.0, "calibration": 0.25, "guess": 0.75}
"""Standard deviations of the prior around the starting values, on the scales on which they are fitted."""

BASE_SD, BASE_MEAN_SD = 0.5, 1.0
"""Of a concept's log strength around the mean of all, and of that mean around a week."""


def fit_power(log: PracticeLog, concepts: int) -> PowerParameters:
    """Maximise likelihood times prior with Adam on all rows at once; deterministic.

    The prior is normal around a strength of a week and unchanged mastery. On a class's log it weighs nothing; with
    a handful of students it keeps a chance run of wrong answers from making memory last minutes.

    Args:
        log: Answers of students the tracer was not trained on.
        concepts: Number of concepts.
    """
    prior = PowerParameters.prior(concepts)
    free = {
        "base": torch.tensor(prior.base, requires_grad=True),
        "decay": _parameter(_inverse_softplus(prior.decay - LEAST_DECAY)),
        "w": torch.tensor(
            [_inverse_softplus(w) for w in (prior.w_spaced, prior.w_credit, prior.w_failures)],
            dtype=torch.float64,
            requires_grad=True,
        ),
        "calibration": torch.tensor([0.0, 1.0, 0.0, 1.0], dtype=torch.float64, requires_grad=True),
        "guess": _parameter(float(np.log(prior.guess_floor / (1 - prior.guess_floor)))),
    }
    optimizer = torch.optim.Adam(free.values(), lr=LEARNING_RATE)
    columns, start = _tensors(log), {name: value.detach().clone() for name, value in free.items()}
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = _negative_log_likelihood(free, columns) + _penalty(free, start) / max(len(log.correct), 1)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return _parameters({name: value.detach() for name, value in free.items()})


def _negative_log_likelihood(free: dict[str, Tensor], log: dict[str, Tensor]) -> Tensor:
    decay, w = torch.nn.functional.softplus(free["decay"]) + LEAST_DECAY, torch.nn.functional.softplus(free["w"])
    log_strength = (
        free["base"][log["concepts"].clamp(min=0)]
        + w[0] * torch.log1p(log["spaced"])
        + w[1] * torch.log1p(log["credit"])
        - w[2] * torch.log1p(log["failures"])
    )
    factor = 0.9 ** (-1.0 / decay) - 1.0
    strength = log_strength.clamp(*LOG_STRENGTH_RANGE).exp()
    retention = torch.where(log["practised"], (1.0 + factor * log["elapsed_days"] / strength) ** -decay, 1.0)
    real = log["concepts"] >= 0
    mean_retention = (retention * real).sum(-1) / real.sum(-1).clamp(min=1)
    a, b, new_a, new_b = free["calibration"]
    known = log["practised"].any(-1)
    mastery = torch.sigmoid(torch.where(known, a + b * log["logit"], new_a + new_b * log["logit"]))
    guess = torch.where(torch.isnan(log["guess"]), torch.sigmoid(free["guess"]), log["guess"])
    recall = torch.where(mastery > guess, guess + (mastery - guess) * mean_retention, mastery)
    return torch.nn.functional.binary_cross_entropy(recall.clamp(1e-6, 1 - 1e-6), log["correct"])


def _penalty(free: dict[str, Tensor], start: dict[str, Tensor]) -> Tensor:
    """Negative log of the prior, up to a constant."""
    mean = free["base"].mean()
    spread = ((free["base"] - mean) / BASE_SD).square().sum()
    level = ((mean - start["base"].mean()) / BASE_MEAN_SD).square()
    others = [((free[name] - start[name]) / sd).square().sum() for name, sd in PRIOR_SD.items()]
    return 0.5 * (spread + level + torch.stack(others).sum())


def _tensors(log: PracticeLog) -> dict[str, Tensor]:
    clipped = np.clip(log.mastery.astype(np.float64), 1e-6, 1 - 1e-6)
    values = {
        "concepts": log.concepts.astype(np.int64),
        "elapsed_days": log.elapsed_days,
        "practised": log.practised,
        "credit": log.credit.astype(np.float64),
        "failures": np.maximum(log.attempts - log.credit, 0).astype(np.float64),
        "spaced": log.spaced.astype(np.float64),
        "logit": np.log(clipped / (1 - clipped)),
        "guess": log.guess.astype(np.float64),
        "correct": log.correct.astype(np.float64),
    }
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in values.items()}


def _parameters(free: dict[str, Tensor]) -> PowerParameters:
    w = torch.nn.functional.softplus(free["w"])
    a, b, new_a, new_b = (float(value) for value in free["calibration"])
    return PowerParameters(
        base=free["base"].numpy().copy(),
        decay=float(torch.nn.functional.softplus(free["decay"])) + LEAST_DECAY,
        w_spaced=float(w[0]),
        w_credit=float(w[1]),
        w_failures=float(w[2]),
        shift=a,
        slope=b,
        new_shift=new_a,
        new_slope=new_b,
        guess_floor=float(torch.sigmoid(free["guess"])),
    )


def _parameter(value: float) -> Tensor:
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def _inverse_softplus(value: float) -> float:
    return float(np.log(np.expm1(value)))

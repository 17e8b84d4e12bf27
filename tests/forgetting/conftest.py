import numpy as np
import pytest
import torch

from preceptor.domain import recall
from preceptor.forgetting import PowerCurve, PracticeLog
from preceptor.forgetting.power_parameters import PowerParameters

torch.set_num_threads(1)

CONCEPTS = 4

TRUE = PowerParameters(
    base=np.log([1.0, 2.0, 4.0, 8.0]),
    decay=0.6,
    w_spaced=0.8,
    w_credit=0.4,
    w_failures=0.2,
    shift=0.6,
    slope=1.1,
    new_shift=-0.3,
    new_slope=0.9,
    guess_floor=0.1,
)


def _answers(rows, seed, chance):
    """Answers on one concept each whose P(correct) is `chance(log)`; gaps from minutes to months."""
    rng = np.random.default_rng(seed)
    attempts = rng.integers(0, 8, (rows, 1)).astype(np.float32)
    credit = rng.binomial(attempts.astype(int), 0.6).astype(np.float32)
    practised = attempts > 0
    log = PracticeLog(
        concepts=rng.integers(0, CONCEPTS, (rows, 1)),
        elapsed_days=np.where(practised, 10 ** rng.uniform(-2.5, 2, (rows, 1)), 0.0),
        practised=practised,
        attempts=attempts,
        credit=credit,
        spaced=(credit * rng.random((rows, 1))).astype(np.float32),
        mastery=rng.uniform(0.2, 0.95, rows).astype(np.float32),
        guess=np.where(rng.random(rows) < 0.3, 0.25, np.nan).astype(np.float32),
        correct=np.zeros(rows, np.float32),
        student=np.sort(rng.integers(0, max(rows // 50, 1), rows)),
    )
    right = rng.random(rows) < chance(log)
    return PracticeLog(**{name: getattr(log, name) for name in log.__slots__ if name != "correct"}, correct=right)


@pytest.fixture(scope="session")
def p_correct():
    """What a curve predicts for the rows of a practice log with one concept a question, by the formula."""

    def predict(curve, log):
        strength = curve.strength_days(log.concepts, log)
        held = np.where(log.practised, curve.retention(log.elapsed_days, strength), 1.0)[:, 0]
        floor = np.where(np.isnan(log.guess), curve.guess_floor, log.guess)
        return recall(curve.recalibrate(log.mastery, log.practised[:, 0]), held, floor)

    return predict


@pytest.fixture(scope="session")
def true_curve():
    return PowerCurve(CONCEPTS, TRUE)


@pytest.fixture(scope="session")
def answers(true_curve, p_correct):
    """Answers drawn from the power model itself."""
    return lambda rows, seed: _answers(rows, seed, lambda log: p_correct(true_curve, log))


@pytest.fixture(scope="session")
def unforgotten():
    """Answers whose P(correct) is exactly what the tracer says, whatever the gap."""
    return lambda rows, seed: _answers(rows, seed, lambda log: log.mastery)


@pytest.fixture(scope="session")
def fitted(answers):
    return PowerCurve(CONCEPTS).fit(answers(10_000, seed=1))


@pytest.fixture(scope="session")
def log_loss():
    def of(p, correct):
        p = np.clip(np.asarray(p, dtype=float), 1e-6, 1 - 1e-6)
        return float(-np.mean(np.where(correct, np.log(p), np.log(1 - p))))

    return of

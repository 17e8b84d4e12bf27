from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY
from preceptor.forgetting import PracticeLog, make_curve, practice_now
from preceptor.forgetting.fitted import FACTOR, LEVEL

torch.set_num_threads(1)

CONCEPTS = 4
SHIFTED = {"shift": 0.6, "slope": 1.1, "new_shift": -0.3, "new_slope": 0.9, "guess_floor": 0.1}
BASE = {
    "half-life": np.log([7.0, 14.0, 28.0, 56.0]),
    "fsrs6": np.log([0.25, 0.5, 1.0, 2.0]),
    "odds": np.log([5.0, 10.0, 20.0, 40.0]),
}

prior = cache(lambda name: make_curve(name, CONCEPTS))
"""Looking a name up asks every installed package for curves of its own, so it is asked once."""


def truth(name, **changed):
    """A curve with known parameters: concepts differ, and recalibration changes something."""
    if name == "none":
        return prior(name)
    start = prior(name)
    return start.from_dict(
        {**start.to_dict(), "base": BASE.get(name, np.log([1.0, 2.0, 4.0, 8.0])), **SHIFTED, **changed}
    )


def drawn(curve, students, answers, seed, *, forgets=True, factors=0.0, levels=0.0):
    """Whole histories whose answers are drawn from the curve itself; gaps from minutes to months.

    `factors` is the students' true spread of log strength and `levels` that of the logit of mastery; without `forgets`
    no time passes for the memory. The second thing returned are the true effects [students, 5].
    """
    rng = np.random.default_rng(seed)
    practice = curve.nothing(students, CONCEPTS)
    known = np.zeros((students, 5))
    known[:, FACTOR] = rng.normal(0, factors, students) if factors else 0.0
    known[:, LEVEL] = rng.normal(0, levels, students) if levels else 0.0
    at, rows, everyone = np.zeros(students), [], np.arange(students)
    for _ in range(answers):
        at = at + SECONDS_PER_DAY * 10 ** rng.uniform(-2.5, 1.5, students)
        concept = rng.integers(0, CONCEPTS, students)
        seen = practice_now(
            replace(practice, student_effects=known),
            concept[:, None],
            at,
            mastery=rng.uniform(0.2, 0.95, students).astype(np.float32),
            guess=np.where(rng.random(students) < 0.3, 0.25, np.nan).astype(np.float32),
            correct=np.zeros(students, np.float32),
        )
        chance = curve.p_correct(seen if forgets else replace(seen, elapsed_days=0 * seen.elapsed_days))
        correct = (rng.random(students) < chance).astype(np.float32)
        rows.append(replace(seen, correct=correct, student=everyone, memory=np.zeros((students, 1, 0))))
        practice = curve.practised(practice, np.eye(CONCEPTS)[concept], correct, at)
    order = np.argsort(np.tile(everyone, answers), kind="stable")
    whole = {f.name: np.concatenate([getattr(row, f.name) for row in rows])[order] for f in fields(PracticeLog)}
    return PracticeLog(**{**whole, "student_effects": np.zeros((students * answers, 5))}), known


@pytest.fixture(scope="session")
def true_curve():
    return truth


@pytest.fixture(scope="session")
def draw():
    return drawn


@pytest.fixture(scope="session")
def answers():
    """Some answers to predict, of no curve in particular."""
    return lambda students, seed: drawn(truth("power"), students, 12, seed)[0]


@pytest.fixture(scope="session")
def fitted():
    """Curves fitted to answers drawn from themselves, by name."""
    done = {}

    def get(name):
        if name not in done:
            done[name] = make_curve(name, CONCEPTS).fit(drawn(truth(name), 300, 40, seed=1)[0])
        return done[name]

    return get


@pytest.fixture(scope="session")
def log_loss():
    def of(p, correct):
        p = np.clip(np.asarray(p, dtype=float), 1e-6, 1 - 1e-6)
        return float(-np.mean(np.where(correct, np.log(p), np.log(1 - p))))

    return of

"""The compiled walk of FSRS-6 is the plain one, and so is its derivative."""

from dataclasses import fields, replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.forgetting import Fsrs6Curve, PracticeLog
from preceptor.forgetting.follow import memories

OWN = Fsrs6Curve.own
SEEDS = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="module")
def histories(answers):
    """Fifteen students who answer on one or two concepts at once, some with part of the credit."""
    log, rng = answers(15, seed=4), np.random.default_rng(4)
    rows = len(log.correct)
    second = np.where(rng.random(rows) < 0.4, (log.concepts[:, 0] + 1) % 4, -1)
    part = np.where(rng.random(rows) < 0.3, rng.random(rows), log.correct)
    return replace(
        log,
        concepts=np.stack([log.concepts[:, 0], second], 1),
        elapsed_days=np.stack([log.elapsed_days[:, 0], 10 ** rng.uniform(-2, 2, rows)], 1),
        correct=part.astype(np.float32),
    )


def vector(seed, spread):
    """Free parameters around the published ones."""
    drawn = np.random.default_rng(seed).normal(0, spread, len(OWN))
    return torch.tensor(drawn, dtype=torch.float64, requires_grad=True)


def named(free):
    return {parameter.name: parameter.value(x, torch) for parameter, x in zip(OWN, free, strict=True)}


def same_memories_and_gradients(log, free, seed):
    weigh = torch.from_numpy(np.random.default_rng(seed).normal(size=(*log.concepts.shape, 2)))
    plain, compiled = memories(Fsrs6Curve, named(free), log, torch), Fsrs6Curve.replay(log)(named(free))
    np.testing.assert_allclose(compiled.detach(), plain.detach(), rtol=1e-10, atol=1e-12)
    # stability spans seven orders of magnitude; its logarithm is what strength rests on
    wanted, found = (
        torch.autograd.grad((weigh * torch.stack([m[..., 0], m[..., 1].clip(min=1e-3).log()], -1)).sum(), free)[0]
        for m in (plain, compiled)
    )
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-6)
    return plain.detach().numpy()[log.concepts >= 0], wanted.numpy()


def test_memories_and_gradients_equal_the_plain_walk_at_the_published_parameters(histories):
    _, slope = same_memories_and_gradients(histories, vector(0, 0.0), 1)
    assert (np.abs(slope) > 1e-6).all()  # every parameter is asked


@settings(deadline=None, derandomize=True, max_examples=12)
@given(seed=SEEDS, spread=st.floats(0.2, 3))
def test_memories_and_gradients_equal_the_plain_walk_anywhere(histories, seed, spread):
    same_memories_and_gradients(histories, vector(seed, spread), seed)


@pytest.mark.parametrize(
    ("changed", "reached", "column"),
    [
        ({"difficulty": 40.0}, 10.0, 0),
        ({"difficulty": 0.3, "step": 1.0}, 1.0, 0),
        ({"growth": 1e5}, 36_500.0, 1),
        ({"first_again": 1e5}, 36_500.0, 1),
        ({"lapse": 1e-5}, 0.001, 1),
        ({"same_day": 5.0, "same_day_shift": 1e-3}, 0.001, 1),
    ],
)
def test_where_memory_meets_a_bound_too(histories, changed, reached, column):
    start = [np.log(changed.get(p.name, p.start) / p.start) / p.sd for p in OWN]
    free = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    memory, _ = same_memories_and_gradients(histories, free, 2)
    assert (memory[:, column] == reached).any()


@pytest.mark.parametrize(
    ("stability", "after"),
    [(10.0, 1.6162162872115184), (0.01, 0.009517279993343507)],
    ids=["the lapse formula", "never above what a same-day lapse would leave"],
)
def test_a_lapse_leaves_what_the_published_algorithm_leaves(stability, after):
    """Worked out by hand from the published defaults: difficulty 5, a wrong answer after 30 days."""
    values = {parameter.name: parameter.start for parameter in OWN}
    memory = np.array([[5.0, stability]])
    found = Fsrs6Curve.remembered(values, memory, np.array([30.0]), np.array([0.0]), np)
    assert found[0, 1] == pytest.approx(after, rel=1e-12)


REVIEWS = [  # days since the review before, 1 if right; difficulty and stability after it by py-fsrs 6.3.2
    (0, 1, 2.118104, 2.3065),
    (3, 1, 2.111214, 13.826904),
    (10, 0, 7.392238, 1.666141),
    (1, 1, 7.380074, 3.689035),
    (0, 0, 9.124077, 1.201953),
    (2, 0, 9.697318, 0.375352),
    (30, 1, 9.682849, 2.163583),
    (0, 1, 9.668395, 2.163583),
    (60, 1, 9.653955, 8.383561),
]


def test_reviews_leave_what_the_reference_implementation_leaves():
    """At the published defaults, which stand there with five digits."""
    values, memory = {parameter.name: parameter.start for parameter in OWN}, np.zeros((1, 2))
    for days, right, difficulty, stability in REVIEWS:
        memory = Fsrs6Curve.remembered(values, memory, np.array([float(days)]), np.array([float(right)]), np)
        assert memory[0] == pytest.approx([difficulty, stability], rel=2e-4)


def test_nobody_has_no_memories(histories):
    nobody = PracticeLog(**{f.name: getattr(histories, f.name)[:0] for f in fields(PracticeLog)})
    free = vector(0, 0.0)
    memory = Fsrs6Curve.replay(nobody)(named(free))
    assert memory.shape == (0, 2, 2)
    np.testing.assert_array_equal(torch.autograd.grad(memory.sum(), free)[0], np.zeros(len(OWN)))


def test_a_fit_sees_the_memories_that_predictions_rest_on(histories):
    curve = Fsrs6Curve(4)
    values = {name: torch.tensor(value, dtype=torch.float64) for name, value in curve.values.items()}
    np.testing.assert_allclose(curve.replay(histories)(values), curve.followed(histories).memory, rtol=1e-10)

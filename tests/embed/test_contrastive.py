import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.embed.contrastive import TEMPERATURE, Batch, batches, contrastive_loss


def literal_loss(anchors, concepts, positive, excluded, temperature=TEMPERATURE):
    """The definition, pair by pair."""
    losses = []
    for i, anchor in enumerate(anchors):
        near = [math.exp(anchor @ c / (np.linalg.norm(anchor) * np.linalg.norm(c)) / temperature) for c in concepts]
        own = [j for j in range(len(concepts)) if positive[i][j]]
        other = [j for j in range(len(concepts)) if not positive[i][j] and not excluded[i][j]]
        if own:
            total = sum(near[j] for j in own) + sum(near[j] for j in other)
            losses.append(sum(-math.log(near[j] / total) for j in own) / len(own))
    return sum(losses) / len(losses) if losses else 0.0


def drawn(seed, a=5, r=7, d=4):
    rng = np.random.default_rng(seed)
    positive, excluded = rng.random((a, r)) < 0.3, rng.random((a, r)) < 0.4
    return rng.normal(size=(a, d)), rng.normal(size=(r, d)), positive, excluded


@settings(deadline=None, derandomize=True, max_examples=40)
@given(seed=st.integers(0, 10_000), a=st.integers(1, 6), r=st.integers(1, 8))
def test_it_is_the_definition(seed, a, r):
    arrays = drawn(seed, a, r)
    found = contrastive_loss(*map(torch.from_numpy, arrays))
    assert float(found) == pytest.approx(literal_loss(*arrays), rel=1e-9, abs=1e-12)


def test_its_gradient_is_that_of_finite_differences():
    anchors, concepts, positive, excluded = map(torch.from_numpy, drawn(4))
    assert positive.any(dim=1).sum() >= 2
    anchors.requires_grad_()
    concepts.requires_grad_()
    assert torch.autograd.gradcheck(lambda u, v: contrastive_loss(u, v, positive, excluded), (anchors, concepts))


@pytest.mark.parametrize("temperature", [1e-4, 0.1])
def test_it_is_never_nan(temperature):
    """exrec.md §7.1 item 7: there, the logarithm comes before the mask, inf · 0. Here all is finite, far apart too."""
    anchors = torch.tensor([[1.0, 0.0], [-1.0, 0.0], [0.0, 0.0]], requires_grad=True)
    concepts = torch.tensor([[1.0, 0.0], [-1.0, 1e-3], [0.0, 0.0]], requires_grad=True)
    positive = torch.tensor([[False, True, False], [True, False, False], [False, False, True]])
    excluded = torch.tensor([[True, False, True], [False, False, False], [True, True, True]])
    loss = contrastive_loss(anchors, concepts, positive, excluded, temperature)
    loss.backward()
    assert torch.isfinite(loss)
    assert torch.isfinite(anchors.grad).all()
    assert torch.isfinite(concepts.grad).all()


def test_what_is_excluded_pulls_at_nothing():
    rng = np.random.default_rng(0)
    anchor, concepts = torch.from_numpy(rng.normal(size=(1, 4))), torch.from_numpy(rng.normal(size=(4, 4)))
    concepts.requires_grad_()
    positive = torch.tensor([[True, False, False, False]])
    excluded = torch.tensor([[True, False, True, True]])
    contrastive_loss(anchor, concepts, positive, excluded).backward()
    assert concepts.grad.any(dim=1).tolist() == [True, True, False, False]


def test_without_positives_the_loss_is_zero_and_has_a_gradient():
    anchors, concepts, positive, excluded = map(torch.from_numpy, drawn(4))
    anchors.requires_grad_()
    loss = contrastive_loss(anchors, concepts, positive & False, excluded)
    loss.backward()
    assert loss == 0
    assert not anchors.grad.any()


def test_a_batch_has_both_kinds_of_anchors_and_leaves_near_synonyms_out(labels):
    batch = Batch.of(labels, np.array([2, 1, 0]))
    assert batch.concepts.tolist() == [1, 2, 3, 0]  # one row a (question, concept): q2 plus, q1 area, q1 half, q0 add
    assert batch.steps.tolist() == [0, 1, 2, 3]
    assert batch.question_positive.int().tolist() == [[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
    assert batch.question_excluded.int().tolist() == [[1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 0, 1]]  # adding, addition
    assert batch.step_positive.int().tolist() == [[0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert batch.step_excluded.int().tolist() == [[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]


def test_a_concept_of_a_step_alone_belongs_to_the_question_too(labels):
    batch = Batch.of(labels, np.array([4]))
    assert batch.concepts.tolist() == [1, 3]
    assert batch.question_positive.all()


def test_the_same_concept_of_another_question_is_no_negative(labels):
    batch = Batch.of(labels, np.array([1, 4]))
    half = batch.concepts == 3
    assert half.sum() == 2
    assert (batch.question_excluded & ~batch.question_positive)[:, half].any(dim=1).all()


def test_batches_hold_every_question_with_a_concept_once(labels):
    rng = np.random.default_rng(0)
    found = [batch.questions for batch in batches(labels, np.arange(5), 3, rng)]
    assert [len(each) for each in found] == [3, 1]
    assert sorted(np.concatenate(found)) == [0, 1, 2, 4]


def test_steps_weigh_alpha(labels):
    batch, rng = Batch.of(labels, np.array([0, 1])), np.random.default_rng(1)
    rows = [torch.from_numpy(rng.normal(size=(n, 3))) for n in (2, len(batch.steps), len(batch.concepts))]
    none, one, two = (float(batch.loss(*rows, alpha=alpha)) for alpha in (0.0, 1.0, 2.0))
    assert one - none == pytest.approx(two - one)
    assert one > none

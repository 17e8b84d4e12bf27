import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.trace import semantic_dkt_pairs
from preceptor.trace.semantic_dkt_head import FactorisedHead

SIZES = {"n": st.integers(0, 11), "m": st.integers(0, 9), "lift": st.integers(1, 40), "seed": st.integers(0, 999)}
TIGHT = {"deadline": None, "derandomize": True, "max_examples": 40}


def dense(head, hidden, vectors):
    """F for every pair, one layer after the other, with W₁ in one piece as the paper writes it."""
    n, m = len(hidden), len(vectors)
    a = torch.relu(head.of_state(hidden))[:, None].expand(n, m, -1)
    b = torch.relu(head.of_vector(vectors))[None].expand(n, m, -1)
    lift = torch.cat([head.lift_state.weight, head.lift_vector.weight], dim=1)
    u = torch.relu(torch.nn.functional.linear(torch.cat([a, b], dim=2), lift, head.lift_vector.bias))
    return head.out(u)[..., 0]


def factorised(head, hidden, vectors):
    return head.pairs(head.student(hidden), head.question(vectors))


def made(n, m, lift, seed):
    torch.manual_seed(seed)
    return FactorisedHead(6, 5, lift), torch.randn(n, 6), torch.randn(m, 5), torch.randn(n, m)


def both_ways(of, head, hidden, vectors, grad):
    """Logits, and gradients of Σ grad·logits in states, vectors and every weight."""
    hidden, vectors = hidden.clone().requires_grad_(), vectors.clone().requires_grad_()
    logits = of(head, hidden, vectors)
    return [logits, *torch.autograd.grad((grad * logits).sum(), [hidden, vectors, *head.parameters()])]


@settings(**TIGHT)
@given(**SIZES)
def test_the_compiled_pairs_equal_the_dense_head_in_both_directions(n, m, lift, seed):
    head, *inputs = made(n, m, lift, seed)
    for mine, expected in zip(both_ways(factorised, head, *inputs), both_ways(dense, head, *inputs), strict=True):
        torch.testing.assert_close(mine, expected, atol=1e-5, rtol=1e-5)


@settings(**TIGHT)
@given(**SIZES)
def test_gradients_in_single_precision_are_those_in_double(n, m, lift, seed):
    head, *inputs = made(n, m, lift, seed)
    exact = both_ways(dense, copy.deepcopy(head).double(), *(value.double() for value in inputs))
    for mine, expected in zip(both_ways(factorised, head, *inputs), exact, strict=True):
        torch.testing.assert_close(mine.double(), expected, atol=1e-5, rtol=1e-5)


@settings(**TIGHT)
@given(**SIZES)
def test_gradients_of_students_alone_are_those_beside_all_others(n, m, lift, seed):
    head, hidden, vectors, grad = made(n, m, lift, seed)
    student, table = head.student(hidden).detach().requires_grad_(), head.question(vectors).detach()
    weight = head.out.weight[0].detach()
    (alone,) = torch.autograd.grad(semantic_dkt_pairs.pair_dots(student, table, weight), student, grad)
    table, weight = table.requires_grad_(), weight.clone().requires_grad_()
    among, *_ = torch.autograd.grad(
        semantic_dkt_pairs.pair_dots(student, table, weight), [student, table, weight], grad
    )
    torch.testing.assert_close(alone, among, atol=1e-6, rtol=1e-5)


def test_in_double_precision_pairs_are_plain_and_pass_the_numerical_check():
    head, hidden, vectors, _ = made(3, 4, 7, 0)
    head, hidden, vectors = head.double(), hidden.double().requires_grad_(), vectors.double().requires_grad_()
    assert torch.autograd.gradcheck(lambda h, z: factorised(head, h, z), (hidden, vectors))


def test_with_and_without_gradients_the_logits_are_the_same():
    head, hidden, vectors, _ = made(9, 8, 33, 1)
    recorded = factorised(head, hidden, vectors)
    with torch.inference_mode():
        assert torch.equal(factorised(head, hidden, vectors), recorded)


def test_shared_by_threads_the_results_are_the_same(monkeypatch):
    head, *inputs = made(10, 23, 50, 2)
    alone = both_ways(factorised, head, *inputs)
    monkeypatch.setattr(semantic_dkt_pairs, "SPLIT_FROM", 1)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 3)
    for mine, expected in zip(both_ways(factorised, head, *inputs), alone, strict=True):
        torch.testing.assert_close(mine, expected, atol=1e-6, rtol=1e-6)


def test_a_table_stays_as_it_was_after_its_gradients():
    head, hidden, vectors, grad = made(4, 5, 8, 3)
    student, table = head.student(hidden).detach().requires_grad_(), head.question(vectors).detach().requires_grad_()
    before = student.clone(), table.clone()
    (head.pairs(student, table) * grad).sum().backward()
    assert torch.equal(student, before[0])
    assert torch.equal(table, before[1])


@pytest.mark.parametrize("own", [False, True])
def test_concepts_are_read_as_questions_unless_they_have_weights_of_their_own(own):
    head = FactorisedHead(6, 5, 7, own_concepts=own)
    vectors = torch.randn(3, 5)
    assert torch.equal(head.concept(vectors), head.question(vectors)) is not own
    assert len(head.concept_weights()) == 4
    assert all(any(weight is other for other in head.parameters()) for weight in head.concept_weights())

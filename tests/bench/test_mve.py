import pytest
import torch

from preceptor.bench.mve import MveBench
from preceptor.bench.mve_steps import Critics


@pytest.fixture(scope="module")
def critics():
    torch.set_num_threads(1)
    return Critics(seed=0, concepts=5)


def gradients(critics, do, side):
    wanted = critics.wanted(do, side)
    for tensor in wanted:
        tensor.grad = None
    values = critics.ours(do) if side == "ours" else critics.dense(do, 2, 5)
    return values, [tensor.grad for tensor in wanted]


def test_both_critics_give_the_same_values(critics):
    torch.testing.assert_close(critics.ours("forward"), critics.dense("forward", 2, 5), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("do", ["both", "actor"])
def test_both_critics_give_the_same_gradients(critics, do):
    (values, ours), (same, dense) = gradients(critics, do, "ours"), gradients(critics, do, "dense")
    torch.testing.assert_close(values, same, atol=1e-5, rtol=1e-5)
    if do == "both":
        ours = [torch.cat(ours[:2], dim=1), *ours[2:]]
    for mine, wanted in zip(ours, dense, strict=True):
        assert wanted.abs().max() > 0
        torch.testing.assert_close(mine, wanted, atol=1e-5 * float(wanted.abs().max()), rtol=1e-4)


def test_times_of_every_part_are_told(critics):
    for part in MveBench.parts:
        assert critics.seconds(part, "ours", calls=2) > 0
        assert critics.seconds(part, "dense", chunk=2, most=4) > 0


def test_the_critic_needs_the_products_of_every_layer_once():
    """At the published sizes: the concepts' part, and what each of 64 students needs."""
    student, concept = 300 * 300 + 300 * 1_200, 768 * 300 + 300 * 1_200
    forward = MveBench().products("forward")
    assert forward == 1_377 * concept + 64 * (3 * student + concept + 768 * 1_200 + 300 * 1_200)
    to_weights = MveBench().products("both") - forward
    assert to_weights == 1_377 * (concept + 300 * 1_200) + 64 * (4 * student + 768 * 1_200 + 300 * 1_200)

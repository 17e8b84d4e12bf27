import pytest
import torch

from preceptor.trace.dropout import QuickDropout
from preceptor.trace.shards import noise


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=["compiled", "plain"])
def test_a_share_is_zeroed_the_rest_stretched_and_gradients_go_the_same_way(dtype):
    drop, values = QuickDropout(0.25), torch.rand(300, 101, dtype=dtype).add(1).requires_grad_()
    with noise(3, torch.device("cpu")):
        thinned = drop(values)
    kept = thinned != 0
    assert float(kept.double().mean()) == pytest.approx(0.75, abs=0.01)
    assert torch.allclose(thinned[kept], values[kept] / 0.75)
    (grad,) = torch.autograd.grad(thinned.sum(), values)
    assert torch.allclose(grad, kept.to(dtype) / 0.75)


def test_both_forms_drop_the_same_numbers():
    found = []
    for dtype in (torch.float32, torch.float64):
        with noise(5, torch.device("cpu")):
            found.append(QuickDropout(0.5)(torch.ones(40, 7, dtype=dtype)).double())
    assert torch.equal(*found)


def test_nothing_is_dropped_outside_of_training():
    values = torch.rand(4, 4)
    assert QuickDropout(0.5).eval()(values) is values

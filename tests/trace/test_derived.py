import copy

import pytest
import torch

from preceptor.trace.derived import Derived


@pytest.fixture
def counted():
    """A weight, its kept double, and how often the double was computed."""
    weight, calls = torch.nn.Parameter(torch.ones(2)), []

    def double(kept):
        return kept.get([weight], lambda: (calls.append(1), 2 * weight)[1])

    return weight, double, calls


def test_it_is_computed_once_for_a_set_of_weights(counted):
    _, double, calls = counted
    kept = Derived()
    with torch.inference_mode():
        first, again = double(kept), double(kept)
    assert first is again
    assert len(calls) == 1


def test_it_follows_every_change_of_the_weights(counted):
    weight, double, _ = counted
    kept = Derived()
    with torch.inference_mode():
        double(kept)
    optimizer = torch.optim.SGD([weight], lr=1.0)
    double(kept).sum().backward()
    optimizer.step()
    with torch.inference_mode():
        torch.testing.assert_close(double(kept), 2 * torch.tensor([-1.0, -1.0]))
    weight.data = torch.tensor([5.0, 6.0])
    with torch.inference_mode():
        torch.testing.assert_close(double(kept), torch.tensor([10.0, 12.0]))


def test_gradients_flow_even_after_it_was_kept(counted):
    weight, double, _ = counted
    kept = Derived()
    with torch.no_grad():
        double(kept)
    double(kept).sum().backward()
    torch.testing.assert_close(weight.grad, torch.full((2,), 2.0))


def test_a_copy_keeps_its_own(counted):
    _, double, _ = counted
    kept = Derived()
    with torch.inference_mode():
        double(kept)
    other = torch.full((2,), 3.0)
    torch.testing.assert_close(copy.deepcopy(kept).get([other], lambda: other), other)

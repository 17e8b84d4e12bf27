import torch

from preceptor.trace.asked import asked_products

CONCEPTS = torch.tensor([[0, 2], [1, -1], [-1, -1], [2, 2], [0, 1]])


def _tensors(dtype):
    generator = torch.Generator().manual_seed(0)
    return [torch.randn(n, 19, generator=generator, dtype=dtype, requires_grad=True) for n in (5, 3)]


def test_products_are_the_mean_over_the_concepts():
    hidden, table = _tensors(torch.float32)
    found = asked_products(hidden, table, CONCEPTS)
    assert torch.allclose(found[0], hidden[0] @ (table[0] + table[2]) / 2, atol=1e-6)
    assert torch.allclose(found[1], hidden[1] @ table[1], atol=1e-6)
    assert found[2] == 0


def test_compiled_and_plain_agree_with_their_gradients():
    both = []
    for dtype in (torch.float32, torch.float64):
        hidden, table = _tensors(dtype)
        with torch.no_grad():
            hidden.copy_(_tensors(torch.float32)[0])
            table.copy_(_tensors(torch.float32)[1])
        out = asked_products(hidden, table, CONCEPTS)
        grads = torch.autograd.grad((out * torch.arange(5, dtype=dtype)).sum(), [hidden, table])
        both.append([value.double() for value in (out, *grads)])
    assert all(torch.allclose(one, other, atol=1e-5) for one, other in zip(*both, strict=True))


def test_the_plain_form_has_true_gradients():
    hidden, table = _tensors(torch.float64)
    assert torch.autograd.gradcheck(lambda h, t: asked_products(h, t, CONCEPTS), (hidden, table))

import numpy as np
import pytest
import torch

from preceptor.trace.lstm import Packed, lstm_step, packed_lstm
from preceptor.trace.rows import Rows

WIDTH = 7
LENGTHS = (6, 6, 4, 1)


def _problem(dtype=torch.float32, seed=0):
    """Real positions of four students of falling length, and an LSTM over three inputs."""
    draw = torch.Generator().manual_seed(seed)
    real = torch.arange(max(LENGTHS)) < torch.tensor(LENGTHS)[:, None]
    inputs = torch.randn(len(LENGTHS), max(LENGTHS), 3, generator=draw, dtype=dtype)
    lstm = torch.nn.LSTM(3, WIDTH, batch_first=True, dtype=dtype)
    with torch.no_grad():
        for weight in lstm.parameters():
            weight.copy_(torch.randn(weight.shape, generator=draw, dtype=dtype))
    start = [torch.randn(len(LENGTHS), WIDTH, generator=draw, dtype=dtype, requires_grad=True) for _ in range(2)]
    return real, inputs.requires_grad_(), lstm, start


def _reordered(weight):
    """Torch orders the gates in, forget, candidate, out; here the candidate is last."""
    enter, forget, candidate, leave = weight.chunk(4)
    return torch.cat([enter, forget, leave, candidate])


def _ours(real, inputs, lstm, start):
    packed = Packed.of(real)
    weight, bias = _reordered(lstm.weight_ih_l0), _reordered(lstm.bias_ih_l0 + lstm.bias_hh_l0)
    gates = inputs.reshape(-1, 3)[packed.index] @ weight.T + bias
    students = len(LENGTHS)
    states = packed_lstm(Rows(gates), *start, _reordered(lstm.weight_hh_l0), (students, *packed.active))
    assert torch.equal(states[:students], start[0])
    return states[students:][torch.argsort(packed.index)]


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 2e-5), (torch.float64, 1e-10)])
def test_outputs_and_gradients_are_those_of_the_textbook_lstm(dtype, tolerance):
    """Single precision runs the compiled kernels, double precision the plain form."""
    real, inputs, lstm, start = _problem(dtype)
    expected = lstm(inputs, (start[0][None], start[1][None]))[0][real]
    given = _ours(real, inputs, lstm, start)
    torch.testing.assert_close(given, expected, atol=tolerance, rtol=tolerance)
    weights = torch.randn(expected.shape, generator=torch.Generator().manual_seed(1), dtype=dtype)
    leaves = [inputs, *start, *lstm.parameters()]
    for ours, theirs in zip(
        torch.autograd.grad((given * weights).sum(), leaves),
        torch.autograd.grad((expected * weights).sum(), leaves),
        strict=True,
    ):
        torch.testing.assert_close(ours, theirs, atol=tolerance * 10, rtol=tolerance * 10)


def test_one_step_is_the_first_step_of_a_sweep():
    real, inputs, lstm, start = _problem()
    weight, bias = _reordered(lstm.weight_ih_l0), _reordered(lstm.bias_ih_l0 + lstm.bias_hh_l0)
    hidden, _ = lstm_step(inputs[:, 0] @ weight.T + bias, *start, _reordered(lstm.weight_hh_l0))
    torch.testing.assert_close(_ours(real, inputs, lstm, start)[[0, 6, 12, 16]], hidden, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("scale", [0.01, 1.0, 30.0, 300.0])
def test_the_compiled_activations_hold_for_small_and_huge_numbers(scale):
    gates = torch.linspace(-scale, scale, 4 * 50).reshape(1, -1).repeat(3, 1)
    zeros, none = torch.zeros(3, 50), torch.zeros(200, 50)
    plain = packed_lstm(Rows(gates.double()), zeros.double(), zeros.double(), none.double(), (3, 3))
    compiled = packed_lstm(Rows(gates), zeros, zeros, none, (3, 3))
    assert np.abs(compiled.numpy() - plain.numpy()).max() < 1e-6


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=["compiled", "plain"])
def test_inputs_that_repeat_are_looked_up_and_their_gradients_added_up(dtype):
    draw = torch.Generator().manual_seed(3)
    table, recurrent = (torch.randn(rows, width, generator=draw, dtype=dtype) for rows, width in ((5, 28), (28, 7)))
    start, active = torch.zeros(4, 7, dtype=dtype), (4, 4, 2, 1)
    index = torch.randint(5, (7,), generator=draw)
    found = []
    for rows in (lambda given: Rows(given, index), lambda given: Rows(given[index])):
        given = table.clone().requires_grad_()
        states = packed_lstm(rows(given), start, start, recurrent, active)
        found.append((states, *torch.autograd.grad((states * states).sum(), given)))
    for one, other in zip(*found, strict=True):
        torch.testing.assert_close(one, other)


def test_a_second_backward_pass_is_refused_and_never_wrong():
    gates = torch.randn(2, 8, requires_grad=True)
    out = packed_lstm(Rows(gates), torch.zeros(2, 2), torch.zeros(2, 2), torch.zeros(8, 2), (2, 2)).sum()
    out.backward(retain_graph=True)
    with pytest.raises(RuntimeError, match="no second"):
        out.backward()


def test_packing_puts_first_steps_first():
    packed = Packed.of(torch.tensor([[True, True, True], [True, True, False], [True, False, False]]))
    assert packed.active == (3, 2, 1)
    assert packed.index.tolist() == [0, 3, 6, 1, 4, 2]

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from preceptor.bench.tracing_bound import bound, macs
from preceptor.bench.tracing_sizes import COMPARISONS

CONTEXT = 30.0


def test_dkt_costs_its_recurrent_product():
    cell = nn.LSTMCell(1, 200, bias=False)
    with FlopCounterMode(display=False) as counter:
        cell(torch.zeros(1, 1))
    counted = counter.get_total_flops() / 2 - 800  # less the product with the input, a look-up here
    assert macs("dkt", {"hidden": 200}, CONTEXT) == pytest.approx(counted + 200)


@pytest.mark.parametrize("name", COMPARISONS)
def test_every_comparison_has_a_bound_that_falls_with_the_work(name):
    compared = COMPARISONS[name]
    least = macs(compared.model, compared.size, CONTEXT)
    assert least > 10_000
    assert macs(compared.model, compared.size, 2 * CONTEXT) >= least
    assert bound(2 * least, 100.0) == pytest.approx(bound(least, 100.0) / 2)


def test_more_blocks_cost_more_than_their_share():
    one, four = (macs("akt", COMPARISONS[f"akt-{blocks}"].size, CONTEXT) for blocks in (1, 4))
    assert four > 3 * one


def test_a_bound_is_products_at_full_speed():
    assert bound(1e6, 6.0) == pytest.approx(1_000.0)

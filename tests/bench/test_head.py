import pytest
import torch

from preceptor.bench import BenchOptions, dense, make_bench
from preceptor.bench.head import HeadBench
from preceptor.bench.head_steps import Heads
from preceptor.domain import UserError


@pytest.fixture(scope="module")
def heads():
    torch.set_num_threads(1)
    return Heads(seed=0, concepts=5)


def test_both_heads_give_the_same_logits(heads):
    with torch.inference_mode():
        torch.testing.assert_close(heads.ours("forward"), heads.dense(slice(0, 5)), atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(heads.ours("table"), heads.ours("forward"))


def test_both_heads_give_the_same_gradients_in_chunks(heads):
    found = {}
    for side in ("ours", "dense"):
        heads.seconds("backward", side, chunk=2, most=5)
        found[side] = [tensor.grad.clone() for tensor in heads.wanted(side)]
    state, of_state, of_vector, *rest = found["ours"]
    together = [state, torch.cat([of_state, of_vector], dim=1), *rest]
    for mine, wanted in zip(together, found["dense"], strict=True):
        torch.testing.assert_close(mine, wanted, atol=1e-5 * float(wanted.abs().max()), rtol=1e-5)


def test_a_part_is_measured_beside_its_limit(monkeypatch):
    class Scripted:
        def __init__(self, *arguments, **options):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def ask(self, do, side="", chunk=0, **request):
            return {"seconds": 1e11 if do == "product" else 0.01 if side == "ours" else 3.0 + (chunk != 16)}

    monkeypatch.setattr(dense, "Worker", Scripted)
    (row,) = make_bench("head").run(BenchOptions(only=("forward",)), lambda *step: None)
    assert (row.name, row.limit, row.unit) == ("forward", 250.0, "ms")
    assert (row.ours, row.reference, row.ratio) == pytest.approx((10.0, 3000.0, 300.0))
    assert row.bound == pytest.approx(3 * 1e11 / (2 * 64 * (300 * 300 + 300 * 1200)))


def test_the_way_back_needs_the_products_of_every_layer_but_for_vectors_that_are_given():
    concepts = 1_377 * (2 * 300 * 1_200 + 768 * 300)
    assert HeadBench().products("backward") == concepts + 64 * 2 * (300 * 300 + 300 * 1_200)


def test_an_unknown_part_is_told():
    with pytest.raises(UserError, match="Unknown part 'sideways'"):
        make_bench("head").run(BenchOptions(only=("sideways",)), lambda *step: None)

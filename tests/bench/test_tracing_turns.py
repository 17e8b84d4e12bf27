import numpy as np
import pytest

from preceptor.bench.tracing_auc import EVERY_BATCHES, converge, until
from preceptor.bench.tracing_turns import Turns, take_turns


class Side:
    """A side whose batches and AUC are known."""

    def __init__(self, name, order, seconds, aucs=()):
        self.name, self.order, self.seconds, self.aucs = name, order, iter(seconds), iter(aucs)

    def ask(self, do, **request):
        self.order.append((self.name, do, *request.values()))
        if do == "auc":
            return {"auc": next(self.aucs)}
        return {"answers": 100, "seconds": next(self.seconds)}


def test_sides_take_turns_and_the_first_batches_do_not_count():
    order, told = [], []
    ours = Side("ours", order, [100.0, 1.0, 1.0])
    peer = Side("peer", order, [100.0, 5.0, 5.0])
    turns = take_turns(ours, peer, pairs=2, warm=1, tell=told.append)
    assert [name for name, *_ in order] == ["ours", "peer"] * 3
    assert turns.rates == (100.0, 20.0)
    assert turns.interval(0) == pytest.approx((5.0, 5.0))
    assert told == [0, 1, 2]


def test_the_interval_holds_the_ratio_and_narrows_with_more_pairs():
    def interval(pairs):
        rng = np.random.default_rng(0)
        ours, peer = (np.stack([np.full(pairs, 100.0), rng.uniform(low, 2 * low, pairs)], axis=1) for low in (1, 10))
        turns = Turns(ours, peer)
        low, high = turns.interval(1)
        assert low < turns.rates[0] / turns.rates[1] < high
        return high - low

    assert interval(400) < interval(25) / 2


def test_time_to_an_auc_counts_training_alone():
    order = []
    side = Side("ours", order, [2.0, 2.0, 2.0], [0.6, 0.7, 0.8])
    reached = until(side, 0.7, lambda done: None)
    assert (reached.seconds, reached.auc, reached.passes) == (4.0, 0.7, 2 * EVERY_BATCHES)
    assert order[-1] == ("ours", "auc", "test")


def test_an_auc_out_of_reach_is_no_figure(monkeypatch):
    monkeypatch.setattr("preceptor.bench.tracing_auc.MOST_BATCHES", 3 * EVERY_BATCHES)
    side = Side("ours", [], [1.0] * 3, [0.5] * 3)
    assert until(side, 0.7, lambda done: None) is None


def test_a_peer_has_converged_when_its_validation_auc_no_longer_rises():
    # validation, test, validation, test, then three validations that are no better
    side = Side("peer", [], [10.0] * 5, [0.70, 0.71, 0.73, 0.74, 0.72, 0.73, 0.71])
    reached, converged = converge(side, lambda epoch: None)
    assert (reached.seconds, converged.auc, converged.epochs) == (20.0, 0.74, 2)

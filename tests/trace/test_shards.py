import threading

import pytest
import torch

from preceptor.trace.dropout import QuickDropout
from preceptor.trace.shards import Shards, generator, noise


@pytest.fixture
def two_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def test_work_is_shared_in_order_and_each_worker_has_one_thread(two_threads):
    with Shards.open() as shards:
        assert shards.count == 2
        meeting = threading.Barrier(2, timeout=20)  # passes only if two workers are there at once

        def work(item):
            meeting.wait()
            return item, torch.get_num_threads()

        assert shards.map(work, [3, 4]) == [(3, 1), (4, 1)]
    assert torch.get_num_threads() == 2


def test_the_number_of_threads_stands_again_after_a_failure(two_threads):
    with pytest.raises(ZeroDivisionError), Shards.open() as shards:
        shards.map(lambda item: 1 / item, [0])
    assert torch.get_num_threads() == 2


def test_with_one_thread_everything_happens_here():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with Shards.open() as shards:
            assert shards.map(lambda _: threading.get_ident(), [0, 1]) == [threading.get_ident()] * 2
    finally:
        torch.set_num_threads(before)


def test_noise_belongs_to_its_thread_and_ends():
    dropout, ones = QuickDropout(0.5).train(), torch.ones(1000)
    device = ones.device
    with noise(1, device):
        first, later = dropout(ones), dropout(ones)
        other = []
        thread = threading.Thread(target=lambda: other.append(generator()))
        thread.start()
        thread.join()
    with noise(1, device):
        again = dropout(ones)
    assert torch.equal(first, again)
    assert not torch.equal(first, later)
    assert other == [None]
    assert generator() is None


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_dropout_keeps_the_mean_and_drops_its_share(share):
    dropout, ones = QuickDropout(share), torch.ones(400, 500)
    with noise(0, ones.device):
        thinned = dropout.train()(ones)
    assert (thinned == 0).float().mean() == pytest.approx(share, abs=0.005)
    assert thinned.mean() == pytest.approx(1, abs=0.01)
    assert torch.equal(dropout.eval()(ones), ones)


def test_no_dropout_draws_nothing():
    with noise(0, torch.empty(0).device):
        QuickDropout(0.0).train()(torch.ones(3))
        undisturbed = torch.rand(1, generator=generator())
    with noise(0, torch.empty(0).device):
        assert torch.equal(torch.rand(1, generator=generator()), undisturbed)

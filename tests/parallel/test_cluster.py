"""The same on a local Ray of two workers."""

from functools import partial

import pytest

from preceptor import parallel
from preceptor.domain import UserError

ray = pytest.importorskip("ray")


@pytest.fixture(scope="module")
def on_ray(swept):
    """A Ray that stays for all tests here; `map` joins it and leaves it running."""
    from preceptor.parallel import cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster.os, "cpu_count", lambda: 2)
        patch.setattr(cluster, "LOCAL_STORE_BYTES", 80 * 2**20)
        with cluster.cluster(swept.double, "local"):
            yield "ray:local"
    assert not ray.is_initialized()


def test_results_are_those_of_this_process_bit_for_bit(on_ray, swept):
    assert parallel.map(swept.drawn, range(4), backend=on_ray) == parallel.map(swept.drawn, range(4))
    assert parallel.map(swept.late, range(9), backend=on_ray) == tuple(range(9))
    assert ray.is_initialized()


def test_a_piece_has_one_thread_in_every_library(on_ray, swept):
    assert parallel.map(swept.threads, [0, 1], backend=on_ray) == ((1, 1, 1, "1"),) * 2


def test_failures_and_mistakes_are_those_of_the_other_backends(on_ray, swept, tmp_path):
    with pytest.raises(parallel.FailedPiecesError, match="2 of 4 pieces failed in 2 tries each"):
        parallel.map(partial(swept.fails_always, tmp_path), range(4), backend=on_ray)
    assert [swept.tries(tmp_path, piece) for piece in range(4)] == [1, 2, 1, 2]
    with pytest.raises(UserError, match="optional extra 'scale'"):
        parallel.map(swept.lacks_extra, [0], backend=on_ray)


def test_a_worker_that_is_killed_costs_only_its_own_piece(on_ray, swept, tmp_path):
    with pytest.raises(parallel.FailedPiecesError, match="WorkerCrashedError") as caught:
        parallel.map(partial(swept.dies, tmp_path), range(3), backend=on_ray)
    assert [one.key for one in caught.value.failures] == ["1"]


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1"])
def test_an_address_where_no_cluster_answers_is_a_users_mistake(address, swept, monkeypatch):
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with pytest.raises(UserError, match="No Ray cluster answers"):
        parallel.map(swept.double, [1], backend=f"ray:{address}")

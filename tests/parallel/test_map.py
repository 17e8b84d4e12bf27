"""A sweep gives the same on every backend, and says what failed."""

import os
import random
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor import parallel
from preceptor.domain import UserError
from preceptor.parallel.alone import seed_of

BACKENDS = ["here", "workers:2"]


def test_results_stand_in_the_order_of_the_pieces(swept):
    assert parallel.map(swept.late, range(5), backend="workers:2") == (0, 1, 2, 3, 4)


def test_a_sweep_without_pieces_has_no_results(swept):
    assert parallel.map(swept.double, []) == ()


def test_results_are_equal_bit_for_bit_in_workers_and_in_any_order(swept):
    here = parallel.map(swept.drawn, range(4))
    assert len(set(here)) == 4
    assert parallel.map(swept.drawn, range(4), backend="workers:2") == here
    assert parallel.map(swept.drawn, [3, 1, 0, 2]) == tuple(here[i] for i in (3, 1, 0, 2))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_piece_has_one_thread_in_every_library(backend, swept):
    torch.set_num_threads(2)
    assert parallel.map(swept.threads, [0, 1], backend=backend) == ((1, 1, 1, "1"),) * 2


def test_threads_environment_and_randomness_are_afterwards_as_before(swept, monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    torch.set_num_threads(2)
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(5)
    expected = random.random(), np.random.random(), torch.rand(1).item()
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(5)
    parallel.map(swept.drawn, range(2))
    assert (random.random(), np.random.random(), torch.rand(1).item()) == expected
    assert torch.get_num_threads() == 2
    assert "OMP_NUM_THREADS" not in os.environ


def test_workers_are_other_processes_and_each_does_several_pieces(swept):
    found = parallel.map(swept.process, range(6), backend="workers:2")
    assert os.getpid() not in found
    assert len(set(found)) <= 2


def test_a_piece_that_failed_is_tried_again_and_no_other(swept, tmp_path):
    assert parallel.map(partial(swept.fails_once, tmp_path), range(3)) == (0, 1, 2)
    assert [swept.tries(tmp_path, piece) for piece in range(3)] == [1, 2, 1]


def test_pieces_that_fail_in_every_try_are_reported_together_after_all_others(swept, tmp_path):
    told = []
    with pytest.raises(parallel.FailedPiecesError) as caught:
        parallel.map(
            partial(swept.fails_always, tmp_path),
            range(4),
            retries=2,
            key=lambda piece: f"piece {piece}",
            progress=lambda *step: told.append(step),
        )
    assert [(one.key, one.reason) for one in caught.value.failures] == [
        ("piece 1", "RuntimeError: never 1"),
        ("piece 3", "RuntimeError: never 3"),
    ]
    assert "2 of 4 pieces failed in 3 tries each" in str(caught.value)
    assert "in fails_always" in str(caught.value)  # where it was raised
    assert [swept.tries(tmp_path, piece) for piece in range(4)] == [1, 3, 1, 3]
    assert told[-1] == ("Pieces", 2, 4)


def test_a_worker_that_is_killed_costs_only_its_own_piece(swept, tmp_path):
    with pytest.raises(parallel.FailedPiecesError, match="exit code -9") as caught:
        parallel.map(partial(swept.dies, tmp_path), range(4), backend="workers:2")
    assert [one.key for one in caught.value.failures] == ["1"]
    assert [swept.tries(tmp_path, piece) for piece in range(4)] == [1, 2, 1, 1]


def test_a_killed_worker_is_replaced(swept, tmp_path):
    assert parallel.map(partial(swept.dies_once, tmp_path), range(4), backend="workers:1") == (0, 1, 2, 3)


def test_workers_leave_an_interrupt_to_whoever_started_them(swept):
    assert parallel.map(swept.interrupted, range(2), backend="workers:1") == (0, 1)


def test_a_worker_ends_when_the_process_that_started_it_is_killed(tmp_path):
    script = (
        "from functools import partial\nimport swept\nfrom preceptor import parallel\n"
        "if __name__ == '__main__':\n"
        f"    parallel.map(partial(swept.waits, {str(tmp_path)!r}), [0], backend='workers:1')\n"
    )
    (tmp_path / "sweep.py").write_text(script)
    path = os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")))
    with subprocess.Popen([sys.executable, tmp_path / "sweep.py"], env={**os.environ, "PYTHONPATH": path}) as started:
        worker = int(_told(tmp_path / "0"))
        started.kill()
    assert _within(30, lambda: not _runs(worker))


def _told(path):
    assert _within(60, lambda: path.exists() and path.read_text())
    return path.read_text()


def _within(seconds, holds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def _runs(process):
    status = Path(f"/proc/{process}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_users_mistake_ends_the_sweep_at_once_as_what_it_is(backend, swept, tmp_path):
    with pytest.raises(UserError) as caught:
        parallel.map(partial(swept.unknown, tmp_path), range(1), backend=backend)
    assert (caught.value.given, caught.value.allowed, caught.value.mend) == (
        "Unknown 0.",
        "another",
        "choose another",
    )
    assert swept.tries(tmp_path, 0) == 1


def test_nobody_waits_for_other_pieces_once_a_mistake_is_known(swept):
    begun = time.monotonic()
    with pytest.raises(UserError, match="Wrong"):
        parallel.map(swept.mistaken_or_slow, range(2), backend="workers:2")
    assert time.monotonic() - begun < 40


def test_what_cannot_travel_is_a_failure_not_a_hang(swept):
    with pytest.raises(parallel.FailedPiecesError) as caught:
        parallel.map(swept.cannot_travel, range(2), backend="workers:1", retries=0)
    assert "lambda" in caught.value.failures[0].reason
    assert caught.value.failures[1].reason == "UnreadableError: a b"


def test_progress_is_one_count_over_all_pieces(swept):
    told = []
    parallel.map(swept.double, range(3), progress=lambda *step: told.append(step), what="Sweeping")
    assert told == [("Sweeping", done, 3) for done in range(4)]


def test_a_key_that_differs_between_processes_is_refused(swept):
    with pytest.raises(ValueError, match="holds an address"):
        parallel.map(swept.double, [object()])


@pytest.mark.parametrize(
    "name", ["", "there", "workers", "workers:", "workers:0", "workers:-1", "workers:two", "ray", "ray:"]
)
def test_an_unknown_backend_is_a_users_mistake_that_names_the_known(name):
    with pytest.raises(UserError, match="here, workers:N, ray:local, ray:ADDRESS"):
        parallel.require_backend(name)


def test_ray_without_its_package_names_the_extra(monkeypatch):
    monkeypatch.setattr("preceptor.parallel.cluster.find_spec", lambda name: None)
    with pytest.raises(UserError, match=r"preceptor\[scale\]"):
        parallel.require_backend("ray:local")


def test_the_seed_of_a_key_stays_what_it_is():
    assert seed_of("('logistic', 0, 'tasa')") == seed_of("('logistic', 0, 'tasa')")
    assert seed_of("") == 0xE3B0C44298FC1C14 >> 1  # the first 8 bytes of SHA-256 of nothing, FIPS 180-4


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(), unique=True, max_size=30))
def test_other_keys_have_other_seeds_of_63_bits(keys):
    seeds = [seed_of(key) for key in keys]
    assert len(set(seeds)) == len(keys)
    assert all(0 <= seed < 2**63 for seed in seeds)

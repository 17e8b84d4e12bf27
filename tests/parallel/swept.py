"""What the tests send to workers: importable there by its name alone."""

import os
import random
import signal
import time
from pathlib import Path

import numpy as np
import torch
from numba import get_num_threads
from threadpoolctl import threadpool_info

from preceptor.domain import MissingExtraError, UserError


def double(piece):
    return 2 * piece


def drawn(piece):
    """Sums of floats that depend on threads, and draws of every global generator."""
    own = np.random.default_rng(piece)
    matrix = own.standard_normal((300, 300)).astype(np.float32)
    product = torch.from_numpy(matrix) @ torch.randn(300, 300)
    return (
        product.sum(0).numpy().tobytes(),
        (matrix @ matrix).tobytes(),
        random.random(),
        np.random.random(),
        np.linalg.svd(matrix[:60])[1].tobytes(),
    )


def threads(piece):
    pools = [pool["num_threads"] for pool in threadpool_info()]
    return torch.get_num_threads(), get_num_threads(), max(pools), os.environ["OMP_NUM_THREADS"]


def late(piece):
    time.sleep(0.2 if piece == 0 else 0.0)
    return piece


def process(piece):
    return os.getpid()


def told_in(folder, piece):
    """Leave a line for every try."""
    with (Path(folder) / str(piece)).open("a") as file:
        file.write("x")


def tries(folder, piece):
    return len((Path(folder) / str(piece)).read_text())


def fails_once(folder, piece):
    told_in(folder, piece)
    if piece == 1 and tries(folder, piece) == 1:
        raise RuntimeError("the first time")
    return piece


def fails_always(folder, piece):
    told_in(folder, piece)
    if piece % 2:
        raise RuntimeError(f"never {piece}")
    return piece


def dies(folder, piece):
    told_in(folder, piece)
    if piece == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return piece


def dies_once(folder, piece):
    told_in(folder, piece)
    if piece == 1 and tries(folder, piece) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return piece


def interrupted(piece):
    os.kill(os.getpid(), signal.SIGINT)
    return piece


def waits(folder, piece):
    """Say who waits, and wait."""
    (Path(folder) / str(piece)).write_text(str(os.getpid()))
    time.sleep(60)


def unknown(folder, piece):
    told_in(folder, piece)
    raise UserError(f"Unknown {piece}.", allowed="another", mend="choose another")


def lacks_extra(piece):
    raise MissingExtraError("This", "scale")


class UnreadableError(Exception):
    """Pickles, but cannot be read back."""

    def __init__(self, first, second):
        super().__init__(f"{first} {second}")


def cannot_travel(piece):
    if piece:
        raise UnreadableError("a", "b")
    return lambda: piece


def mistaken_or_slow(piece):
    if piece == 0:
        raise UserError("Wrong.")
    time.sleep(60)

"""The chance of episodes: who takes part, and uniform numbers that belong to a student and a step."""

import numpy as np
from numpy.typing import NDArray

_STRIDE = np.uint64(0x9E3779B97F4A7C15)


def uniforms(seed: int, episode: int, students: NDArray[np.int64], draws: int) -> NDArray[np.float64]:
    """Uniform in [0, 1) by (seed, episode, student, draw), float64 [n, draws].

    The same four give the same number in any batch, so that two environments or policies meet the same chance.

    Args:
        seed: Seed of everything.
        episode: Number of the episode.
        students: int64 [n], numbers of the students.
        draws: How many each student gets.

    References:
        Steele, Lea & Flood, Fast splittable pseudorandom number generators, 2014: the finaliser of SplitMix64.
    """
    with np.errstate(over="ignore"):
        key = np.asarray(seed % 2**64, dtype=np.uint64)
        for part in (np.asarray(episode), students[:, None], np.arange(draws)):
            # one after the other, so that no two of seed, episode and student can change places
            key = _mixed(_mixed(key + _STRIDE) + part.astype(np.uint64) * _STRIDE)
    return np.asarray((key >> np.uint64(11)) * 2.0**-53)


def ordered_students(seed: int, episode: int, at_once: int, students: int, *, shuffle: bool) -> NDArray[np.int64]:
    """Who takes part in an episode: the next ones of an endless row of passes over all students, int64 [at_once].

    Args:
        seed: Seed of everything.
        episode: Number of the episode, from 0.
        at_once: Students of an episode.
        students: How many there are.
        shuffle: Whether every pass has an order of its own; otherwise the first comes first.
    """
    places = np.arange(episode * at_once, (episode + 1) * at_once)
    if not shuffle:
        return np.asarray(places % students)
    first, last = int(places[0]) // students, int(places[-1]) // students
    passes = [np.random.default_rng([seed, k]).permutation(students) for k in range(first, last + 1)]
    return np.asarray(np.concatenate(passes)[places - first * students])


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))

"""The memory recursion of FSRS-6 and its derivative, compiled when first used; `Fsrs6Curve` says what it computes.

The recursion walks every strand, the answers of one student on one concept, from its first answer to its last. The
derivative walks back and hands on what later answers say of difficulty and stability, so that one walk gives the
gradient by all parameters. Both know parameters by name: weights and gradients are records, see `record`.
"""

import math
from collections.abc import Iterable
from typing import Any

import numba
import numpy as np

from preceptor.forgetting.fsrs6 import EASY, GOOD, LEAST_STABILITY, MOST_STABILITY


def record(names: Iterable[str]) -> np.dtype[Any]:
    """A record of parameters by name, as which the kernels see a float64 vector."""
    return np.dtype([(name, np.float64) for name in names])


@numba.njit(cache=True, nogil=True, error_model="numpy")
def replay(weights: Any, begin: Any, cell: Any, elapsed_days: Any, credit: Any, memory: Any) -> None:
    """Difficulty and stability before every answer.

    Args:
        weights: Record [1] of the parameters.
        begin: int64 [strands + 1], a strand's entries are begin[i]:begin[i + 1].
        cell: int64 [entries], where in `memory` the entry stands.
        elapsed_days: float64 [entries], since the entry before.
        credit: float64 [entries].
        memory: float64 [cells, 2], written; zeros where nothing was practised.
    """
    w = weights[0]
    factor = 0.9 ** (-1.0 / w.w20) - 1.0
    for strand in range(len(begin) - 1):
        difficulty, stability = 0.0, 0.0
        for entry in range(begin[strand], begin[strand + 1]):
            memory[cell[entry], 0], memory[cell[entry], 1] = difficulty, stability
            elapsed, right = elapsed_days[entry], credit[entry]
            harder = _difficulty(w, difficulty, stability, right)
            if stability <= 0.0:
                stability = w.first_again + right * w.first_good
            elif elapsed < 1.0:
                stability = _within_a_day(w, stability, right)
            else:
                stability = _after_a_day(w, factor, difficulty, stability, elapsed, right)
            difficulty = min(max(harder, 1.0), 10.0)
            stability = min(max(stability, LEAST_STABILITY), MOST_STABILITY)


@numba.njit(cache=True, nogil=True, error_model="numpy")
def gradient(
    weights: Any, begin: Any, cell: Any, elapsed_days: Any, credit: Any, memory: Any, by_memory: Any, by_weights: Any
) -> None:
    """Derivative of a scalar by the parameters from its derivative by the memories.

    Args:
        weights: As in `replay`.
        begin: As in `replay`.
        cell: As in `replay`.
        elapsed_days: As in `replay`.
        credit: As in `replay`.
        memory: What `replay` wrote.
        by_memory: float64 [cells, 2], derivative by `memory`.
        by_weights: Record [1], to which the derivative by the parameters is added.
    """
    w, g = weights[0], by_weights[0]
    factor = 0.9 ** (-1.0 / w.w20) - 1.0
    for strand in range(len(begin) - 1):
        last = cell[begin[strand + 1] - 1]
        by_difficulty, by_stability = by_memory[last, 0], by_memory[last, 1]
        for entry in range(begin[strand + 1] - 2, begin[strand] - 1, -1):
            at, elapsed, right = cell[entry], elapsed_days[entry], credit[entry]
            difficulty, stability = memory[at, 0], memory[at, 1]
            kept = _difficulty_back(w, g, difficulty, stability, right, by_difficulty)
            through, by_difficulty = 0.0, by_memory[at, 0] + kept
            if stability <= 0.0:
                _first_back(w, g, right, by_stability)
            elif elapsed < 1.0:
                through = _within_a_day_back(w, g, stability, right, by_stability)
            else:
                hardship, through = _after_a_day_back(w, g, factor, difficulty, stability, elapsed, right, by_stability)
                by_difficulty += hardship
            by_stability = by_memory[at, 1] + through


@numba.njit(cache=True, error_model="numpy")
def _difficulty(w: Any, difficulty: Any, stability: Any, credit: Any) -> Any:
    if stability <= 0.0:
        return w.difficulty - math.exp(w.spread * (GOOD - 1.0) * credit) + 1.0
    moved = difficulty - w.step * (GOOD - 1.0) * (credit - 1.0) * (10.0 - difficulty) / 9.0
    easiest = w.difficulty - math.exp(w.spread * (EASY - 1.0)) + 1.0
    return w.reversion * easiest + (1.0 - w.reversion) * moved


@numba.njit(cache=True, error_model="numpy")
def _difficulty_back(w: Any, g: Any, difficulty: Any, stability: Any, credit: Any, by: Any) -> Any:
    """Derivative by the difficulty before."""
    if not 1.0 <= _difficulty(w, difficulty, stability, credit) <= 10.0:
        return 0.0
    if stability <= 0.0:
        g.difficulty += by
        g.spread -= by * (GOOD - 1.0) * credit * math.exp(w.spread * (GOOD - 1.0) * credit)
        return 0.0
    room, grade = (10.0 - difficulty) / 9.0, (GOOD - 1.0) * (credit - 1.0)
    hardest = math.exp(w.spread * (EASY - 1.0))
    easiest = w.difficulty - hardest + 1.0
    g.difficulty += by * w.reversion
    g.spread -= by * w.reversion * (EASY - 1.0) * hardest
    g.reversion += by * (easiest - difficulty + w.step * grade * room)
    g.step -= by * (1.0 - w.reversion) * grade * room
    return by * (1.0 - w.reversion) * (1.0 + w.step * grade / 9.0)


@numba.njit(cache=True, error_model="numpy")
def _first_back(w: Any, g: Any, credit: Any, by: Any) -> None:
    if LEAST_STABILITY <= w.first_again + credit * w.first_good <= MOST_STABILITY:
        g.first_again += by
        g.first_good += by * credit


@numba.njit(cache=True, error_model="numpy")
def _within_a_day(w: Any, stability: Any, credit: Any) -> Any:
    common, shift = stability ** (1.0 - w.same_day_saturation), w.same_day * w.same_day_shift
    right = max(common * math.exp(shift), stability)
    wrong = min(common * math.exp(shift - (GOOD - 1.0) * w.same_day), stability)
    return credit * right + (1.0 - credit) * wrong


@numba.njit(cache=True, error_model="numpy")
def _within_a_day_back(w: Any, g: Any, stability: Any, credit: Any, by: Any) -> Any:
    """Derivative by the stability before."""
    if not LEAST_STABILITY <= _within_a_day(w, stability, credit) <= MOST_STABILITY:
        return 0.0
    common, through = stability ** (1.0 - w.same_day_saturation), 0.0
    for share, grade in ((credit, 0.0), (1.0 - credit, 1.0 - GOOD)):
        if share == 0.0:
            continue
        after = common * math.exp(w.same_day * (w.same_day_shift + grade))
        if (after > stability) == (grade == 0.0):
            moved = by * share * after
            g.same_day += moved * (w.same_day_shift + grade)
            g.same_day_shift += moved * w.same_day
            g.same_day_saturation -= moved * math.log(stability)
            through += moved * (1.0 - w.same_day_saturation) / stability
        else:
            through += by * share
    return through


@numba.njit(cache=True, error_model="numpy")
def _after_a_day(w: Any, factor: Any, difficulty: Any, stability: Any, elapsed: Any, credit: Any) -> Any:
    forgotten, after = 1.0 - (1.0 + factor * elapsed / stability) ** -w.w20, 0.0
    if credit > 0.0:
        growth = (11.0 - difficulty) * stability**-w.saturation * (math.exp(w.spacing * forgotten) - 1.0)
        after += credit * stability * (1.0 + w.growth * growth)
    if credit < 1.0:
        lapse = w.lapse * difficulty**-w.lapse_difficulty * math.exp(w.lapse_gap * forgotten)
        most = stability * math.exp(-w.same_day * w.same_day_shift)
        after += (1.0 - credit) * min(most, lapse * ((stability + 1.0) ** w.lapse_stability - 1.0))
    return after


@numba.njit(cache=True, error_model="numpy")
def _after_a_day_back(
    w: Any, g: Any, factor: Any, difficulty: Any, stability: Any, elapsed: Any, credit: Any, by: Any
) -> Any:
    """Derivatives by difficulty and stability before."""
    if not LEAST_STABILITY <= _after_a_day(w, factor, difficulty, stability, elapsed, credit) <= MOST_STABILITY:
        return 0.0, 0.0
    gap = 1.0 + factor * elapsed / stability
    held = gap**-w.w20
    by_difficulty, by_stability, by_forgotten = 0.0, 0.0, 0.0
    if credit > 0.0:
        by_difficulty, by_stability, by_forgotten = _right_back(w, g, difficulty, stability, 1.0 - held, by * credit)
    if credit < 1.0:
        wrong = _wrong_back(w, g, difficulty, stability, 1.0 - held, by * (1.0 - credit))
        by_difficulty, by_stability = by_difficulty + wrong[0], by_stability + wrong[1]
        by_forgotten += wrong[2]
    by_gap = by_forgotten * w.w20 * held / gap
    g.w20 += by_forgotten * held * math.log(gap)
    g.w20 += by_gap * elapsed / stability * (factor + 1.0) * math.log(0.9) / (w.w20 * w.w20)
    return by_difficulty, by_stability - by_gap * factor * elapsed / (stability * stability)


@numba.njit(cache=True, error_model="numpy")
def _right_back(w: Any, g: Any, difficulty: Any, stability: Any, forgotten: Any, by: Any) -> Any:
    """Derivatives by difficulty, stability and the share forgotten."""
    easy, boost = (11.0 - difficulty) * stability**-w.saturation, math.exp(w.spacing * forgotten)
    growth = easy * (boost - 1.0)
    by_growth = by * stability * w.growth
    g.growth += by * stability * growth
    g.saturation -= by_growth * growth * math.log(stability)
    g.spacing += by_growth * easy * boost * forgotten
    by_stability = by * (1.0 + w.growth * growth) - by_growth * growth * w.saturation / stability
    return -by_growth * growth / (11.0 - difficulty), by_stability, by_growth * easy * boost * w.spacing


@numba.njit(cache=True, error_model="numpy")
def _wrong_back(w: Any, g: Any, difficulty: Any, stability: Any, forgotten: Any, by: Any) -> Any:
    """Derivatives by difficulty, stability and the share forgotten."""
    scale = w.lapse * difficulty**-w.lapse_difficulty * math.exp(w.lapse_gap * forgotten)
    lasting = (stability + 1.0) ** w.lapse_stability
    lapse = scale * (lasting - 1.0)
    kept = math.exp(-w.same_day * w.same_day_shift)
    if lapse >= stability * kept:
        g.same_day -= by * stability * kept * w.same_day_shift
        g.same_day_shift -= by * stability * kept * w.same_day
        return 0.0, by * kept, 0.0
    g.lapse += by * lapse / w.lapse
    g.lapse_difficulty -= by * lapse * math.log(difficulty)
    g.lapse_stability += by * scale * lasting * math.log(stability + 1.0)
    g.lapse_gap += by * lapse * forgotten
    by_stability = by * scale * lasting * w.lapse_stability / (stability + 1.0)
    return -by * lapse * w.lapse_difficulty / difficulty, by_stability, by * lapse * w.lapse_gap

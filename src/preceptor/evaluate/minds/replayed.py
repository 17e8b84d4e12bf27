"""Simulated students in the place of real ones: the same questions at the same times."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.minds.schedule import Schedule
from preceptor.simulate import make_family


@dataclass(frozen=True)
class Outcome:
    """Answers on a schedule; for real students `p` is the answer itself.

    Args:
        correct: bool [rows].
        p: float64 [rows], P(correct) before the answer.
        slot: int64 [rows], which wrong answer was given; −1 for none or unknown.
    """

    correct: NDArray[np.bool_]
    p: NDArray[np.float64]
    slot: NDArray[np.int64]


def real(schedule: Schedule) -> Outcome:
    """What the real students answered."""
    return Outcome(schedule.correct, schedule.correct.astype(np.float64), schedule.slot)


def simulated(schedule: Schedule, family: str, parameters: Any, seed: int, *, learns: bool = True) -> Outcome:
    """What students of a family answer; the same seed gives the same chance numbers under all parameters.

    Args:
        schedule: What is asked, and when.
        family: A registered family.
        parameters: Its numbers.
        seed: Of students and answers.
        learns: Whether answers teach; without it the order of the answers is of no meaning.
    """
    minds, rng = make_family(family, schedule.bank, parameters), np.random.default_rng(seed)
    state = minds.initial(schedule.students, rng)
    chance = rng.random((2, len(schedule.student)))
    start = np.searchsorted(schedule.student, np.arange(schedule.students))
    counts = np.bincount(schedule.student)
    correct, p = np.zeros(len(schedule.student), dtype=bool), np.zeros(len(schedule.student))
    slot = np.full(len(schedule.student), -1, dtype=np.int64)
    for step in range(int(counts.max())):
        active = np.flatnonzero(counts > step)
        rows, now = start[active] + step, state.take(active)
        asked, at = schedule.question[rows], schedule.time_seconds[rows]
        p[rows] = minds.p_correct(now, asked, at)
        if learns:
            correct[rows] = chance[0, rows] < p[rows]
            state.assign(active, minds.practise(now, asked, correct[rows], at))
        else:
            correct[rows], text = minds.respond(now, asked, at, *chance[:, rows])
            given = minds.questions.wrong_answers[asked] == text[:, None]
            slot[rows] = np.where(correct[rows], -1, given.argmax(axis=1))
    return Outcome(correct, p, slot)

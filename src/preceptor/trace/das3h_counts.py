"""What the logistic tracer counts: wins and attempts in fading time windows, and a student's running ability."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.trace.answers import question_rows
from preceptor.trace.strands import Strands

HOUR_SECONDS, DAY_SECONDS = 3_600.0, 86_400.0
WINDOW_SECONDS: Final = np.array([HOUR_SECONDS, DAY_SECONDS, 7 * DAY_SECONDS, 30 * DAY_SECONDS, np.inf])
"""Lengths of the windows; the last one never fades."""
MEMORY_ANSWERS: Final = np.array([5.0, 25.0, np.inf])
"""How many answers back a running ability looks."""
NEVER = np.inf
"""The time of counts that were made at no known time: no time passes after it."""
PRIOR_ANSWERS = 10.0
"""For how many answers without surprise a running ability starts."""

Floats = NDArray[np.float32]


def aged(counts: Floats, elapsed_seconds: NDArray[np.float64]) -> Floats:
    """Counts after time has passed: c_w·exp(−Δ/w), with Δ = 0 where it is unknown or clocks ran backward.

    A hard window needs every time of the past; a window that fades by the exponential of time is exact from the
    last count and the last time alone, because exp(−a/w)·exp(−b/w) = exp(−(a + b)/w). An answer leaves such a window
    gradually, not at one moment.

    Args:
        counts: [..., windows, 2].
        elapsed_seconds: [...], since the counts were made.
    """
    elapsed = np.maximum(np.nan_to_num(elapsed_seconds), 0.0)
    left = np.exp(-elapsed[..., None] / WINDOW_SECONDS).astype(np.float32)
    return np.asarray(counts * left[..., None], dtype=np.float32)


def counted(counts: Floats, correct: Floats) -> Floats:
    """Counts [..., windows, 2] with one more answer of credit `correct` [...]: wins first, then attempts."""
    return counts + np.stack([correct, np.ones_like(correct)], axis=-1)[..., None, :]


def latest(last_seconds: NDArray[np.float64], time_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """When counts were last made: the later of `NEVER` or an earlier time and a time that may be unknown (NaN)."""
    known = np.where(np.isinf(last_seconds), time_seconds, np.fmax(last_seconds, time_seconds))
    return np.where(np.isnan(time_seconds), last_seconds, known)


def surprised(ability: Floats, surprise: Floats) -> Floats:
    """Running sums [..., memories, 2] of surprises and answers with one more `surprise` [...].

    A sum that looks m answers back loses the share 1 − exp(−1/m) with every answer.
    """
    kept = np.exp(-1 / MEMORY_ANSWERS).astype(np.float32)
    return ability * kept[:, None] + np.stack([surprise, np.ones_like(surprise)], axis=-1)[..., None, :]


def ability_features(ability: Floats) -> Floats:
    """Mean surprise of each memory, drawn towards 0, [..., memories]."""
    return ability[..., 0] / (ability[..., 1] + np.float32(PRIOR_ANSWERS))


def counts_before(strands: Strands, correct: Floats, time_seconds: NDArray[np.float64]) -> Floats:
    """Counts that every entry finds at its time, [entries, windows, 2].

    Args:
        strands: Students × concepts.
        correct: [entries].
        time_seconds: [entries], NaN where unknown.
    """
    found = np.empty((len(correct), len(WINDOW_SECONDS), 2), dtype=np.float32)
    counts = np.zeros((len(strands), len(WINDOW_SECONDS), 2), dtype=np.float32)
    last = np.full(len(strands), NEVER)
    for step in strands.steps:
        width, now = step.stop - step.start, time_seconds[step]
        found[step] = aged(counts[:width], now - last[:width])
        counts, last = counted(found[step], correct[step]), latest(last[:width], now)
    return found


def abilities_before(strands: Strands, surprise: Floats) -> Floats:
    """Running abilities that every entry finds, [entries, memories]; `strands` are students, `surprise` [entries]."""
    found = np.empty((len(surprise), len(MEMORY_ANSWERS)), dtype=np.float32)
    ability = np.zeros((len(strands), len(MEMORY_ANSWERS), 2), dtype=np.float32)
    for step in strands.steps:
        ability = ability[: step.stop - step.start]
        found[step] = ability_features(ability)
        ability = surprised(ability, surprise[step])
    return found


@dataclass(frozen=True)
class Found:
    """What every answer of a log finds.

    Args:
        question: int64 [rows].
        abilities: float32 [rows, memories].
        strands: Students × concepts.
        practice: float32 [entries of `strands`, windows, 2], log(1 + wins) and log(1 + attempts).
    """

    question: NDArray[np.int64]
    abilities: Floats
    strands: Strands
    practice: Floats

    @classmethod
    def of(cls, log: Log, q_matrix: QMatrix, expected: Floats, timed: bool) -> "Found":
        """Sweep over a log once.

        Args:
            log: The answers.
            q_matrix: Questions and concepts.
            expected: [questions], what an answer's credit is compared with for the running ability.
            timed: Whether the fading windows count; otherwise they stay empty.
        """
        question, students = question_rows(log, q_matrix), Strands.of_students(log)
        abilities = np.empty((len(log), len(MEMORY_ANSWERS)), dtype=np.float32)
        surprise = log.correct - expected[question]
        abilities[students.row] = abilities_before(students, surprise[students.row])
        strands = Strands.of_concepts(log, q_matrix)
        counts = counts_before(strands, log.correct[strands.row], log.time_seconds[strands.row])
        if not timed:
            counts[:, :-1] = 0
        return cls(question, abilities, strands, np.log1p(counts, out=counts))

"""The time constant of TASA's scores, always in days."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from preceptor.domain import unknown_name
from preceptor.forgetting.practice import PracticeLog

SHORTEST_DAYS, LONGEST_DAYS = 1.0 / 86_400, 3650.0
LEAST_FITTED_DAYS = 1.0 / 24
WEEK_DAYS = 7.0


def tau_days(mode: str, log: PracticeLog) -> float:
    """A time constant, in days.

    - `fitted`: maximises the likelihood of answers at least an hour after the last practice if P(correct) is
      s·exp(−Δt/τ), equation 13's recall;
    - `validation`: least squared error of the same on the same answers (the paper: "choose on validation data"; hand
      over the validation students);
    - `spacing-interval`: mean gap between two practices of a concept;
    - `median-gap`: median of the last gap of every student and concept, as the original's last version has it, there in
      wrong units;
    - `7d`: a week.

    Gaps are those of a student's concepts between consecutive answers. Where the log holds none that count, a week.

    Args:
        mode: One of `TAU_MODES`.
        log: Whole histories.

    Raises:
        UserError: If no mode has this name.
    """
    if mode not in TAU_MODES:
        raise unknown_name("tau mode", mode, TAU_MODES)
    return TAU_MODES[mode](log)


def _gaps(log: PracticeLog) -> NDArray[np.float64]:
    return log.elapsed_days[log.practised & (log.elapsed_days > 0)]


def _clipped(days: float) -> float:
    return float(np.clip(days, SHORTEST_DAYS, LONGEST_DAYS))


def _mean(log: PracticeLog) -> float:
    gaps = _gaps(log)
    return _clipped(gaps.mean()) if len(gaps) else WEEK_DAYS


def _median(log: PracticeLog) -> float:
    row, slot = np.nonzero(log.practised & (log.elapsed_days > 0))
    strand = log.student[row].astype(np.int64) * (int(log.concepts.max(initial=0)) + 1) + log.concepts[row, slot]
    _, last = np.unique(strand[::-1], return_index=True)  # rows of a student stand in the order of answering
    gaps = log.elapsed_days[row, slot][::-1][last]
    return _clipped(float(np.median(gaps))) if len(gaps) else WEEK_DAYS


def _log_loss(p: NDArray[np.float64], correct: NDArray[np.float64]) -> float:
    return float(-np.mean(correct * np.log(p) + (1 - correct) * np.log(1 - p)))


def _squared_error(p: NDArray[np.float64], correct: NDArray[np.float64]) -> float:
    return float(np.mean((p - correct) ** 2))


def _searched(loss: Callable[[NDArray[np.float64], NDArray[np.float64]], float]) -> Callable[[PracticeLog], float]:
    """The time constant of least loss over answers whose most recent concept was practised an hour ago or earlier."""

    def search(log: PracticeLog) -> float:
        shortest = np.where(log.practised, log.elapsed_days, np.inf).min(-1, initial=np.inf)
        rows = (shortest >= LEAST_FITTED_DAYS) & np.isfinite(shortest)
        if not rows.any():
            return WEEK_DAYS
        mastery, correct, elapsed = (np.asarray(x[rows], np.float64) for x in (log.mastery, log.correct, shortest))

        def of(log_tau: float) -> float:
            return loss(np.clip(mastery * np.exp(-elapsed / np.exp(log_tau)), 1e-6, 1 - 1e-6), correct)

        bounds = (float(np.log(SHORTEST_DAYS)), float(np.log(LONGEST_DAYS)))
        return _clipped(float(np.exp(minimize_scalar(of, bounds=bounds, method="bounded").x)))

    return search


TAU_MODES: dict[str, Callable[[PracticeLog], float]] = {
    "fitted": _searched(_log_loss),
    "validation": _searched(_squared_error),
    "spacing-interval": _mean,
    "median-gap": _median,
    "7d": lambda log: WEEK_DAYS,
}
"""How a time constant may be chosen."""

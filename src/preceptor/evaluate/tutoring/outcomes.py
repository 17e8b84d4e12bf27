"""What a student gained in one arm: one number for each outcome, from what was seen."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.tutoring.design import CRITERION, FORMS, LabDesign
from preceptor.evaluate.tutoring.session import Played
from preceptor.simulate.acts import NOTHING

PRIMARY = "accuracy_day7"
"""The outcome that claims rest on."""

Outcomes = dict[str, NDArray[np.float64]]


def outcomes_of(played: Played, design: LabDesign) -> Outcomes:
    """One value a student for each outcome, float64 [n]; NaN where a student has none."""
    found: dict[str, Any] = {}
    for form, name in enumerate(FORMS):
        found[f"accuracy_{name}"] = played.right[:, form].mean(axis=1)
        found[f"expected_{name}"] = played.expected[:, form].mean(axis=1)
        found[f"recall_{name}"] = played.recall[:, form].mean(axis=1)
        found[f"transfer_{name}"] = _mean_known(played.transfer[:, form])
        if form:
            found[f"brier_{name}"] = ((played.believed[:, form] - played.right[:, form]) ** 2).mean(axis=1)
    found["turns_to_criterion"] = turns_to(played.path[:, :, 0], CRITERION)
    found["reached_criterion"] = (played.path[:, :, 0] >= CRITERION).any(axis=1).astype(np.float64)
    found["diagnosed_order"] = concordant(played.own_recall, played.recall[:, 1])
    found["diagnosed_mistake"], found["named_in_vain"] = _diagnosed(played)
    found["session_right"] = _share([turn.right for turn in played.turns], [turn.question for turn in played.turns])
    found["wrong_statements"] = _counted(played, lambda read: len(read.wrong))
    found["leaks"] = _counted(played, lambda read: bool(read.told))
    for turn in range(design.turns + 1):
        found[f"path_{turn}"] = played.path[:, turn, 1]
    return {name: np.asarray(values, dtype=np.float64) for name, values in found.items()}


def turns_to(path: NDArray[np.float64], criterion: float) -> NDArray[np.float64]:
    """After how many turns a path [n, T + 1] first reaches a criterion; T + 1 where it never does, float64 [n]."""
    reached = path >= criterion
    return np.asarray(np.where(reached.any(axis=1), reached.argmax(axis=1), path.shape[1]), dtype=np.float64)


def concordant(believed: NDArray[np.float64], true: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of pairs of concepts that are believed to be in their true order, ties a half, float64 [n].

    Args:
        believed: [n, k]; NaN where nothing is believed.
        true: [n, k].
    """
    pairs = [
        (1 + np.sign(believed[:, a] - believed[:, b]) * np.sign(true[:, a] - true[:, b])) / 2
        for a, b in combinations(range(true.shape[1]), 2)
    ]
    return np.asarray(np.mean(pairs, axis=0)) if pairs else np.full(len(true), np.nan)


def calibration_bins(played: Played, bins: int = 10) -> dict[str, list[list[float]]]:
    """For each test after the session, how often answers were right that the arm believed in alike.

    Returns:
        Form → rows of (answers, sum believed, sum right), a row a bin; empty where the arm believes nothing.
    """
    found = {}
    for form, name in enumerate(FORMS):
        believed, right = played.believed[:, form].ravel(), played.right[:, form].ravel()
        if not form or np.isnan(believed).any():
            continue
        place = np.minimum((believed * bins).astype(int), bins - 1)
        sums = [np.bincount(place, weights=w, minlength=bins) for w in (np.ones_like(believed), believed, right)]
        found[name] = np.stack(sums, axis=1).tolist()
    return found


def expected_calibration_error(rows: Sequence[Sequence[float]] | NDArray[np.float64]) -> float:
    """Mean distance of belief and share right over bins, weighted by their answers (Naeini et al., 2015)."""
    count, believed, right = np.asarray(rows, dtype=np.float64).T
    return float(np.abs(believed - right).sum() / count.sum())


def _diagnosed(played: Played) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How misconceptions were found, both NaN where they mislead nobody.

    Returns:
        Of wrong answers that a misconception truly led to, the share after which the words put this one right; of the
        misconceptions that the words put right, the share that had not led to the answer.
    """
    if not played.misled:
        return (np.full(len(played.right), np.nan),) * 2
    said = np.stack([[read.misconception for read in turn.reads] for turn in played.turns])
    true = np.stack([turn.mistake for turn in played.turns])
    led, named = true != NOTHING, said != NOTHING
    return _ratio(led & (said == true), led), _ratio(named & (said != true), named)


def _ratio(hits: NDArray[np.bool_], trials: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Share of trials [turns, n] that were hits, float64 [n]; NaN where there was none."""
    total, count = hits.sum(axis=0), trials.sum(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0))


def _mean_known(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over what is known of each student, float64 [n]; NaN where nothing is."""
    known = ~np.isnan(values)
    total, count = np.nansum(values, axis=1), known.sum(axis=1)
    return np.asarray(np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0))


def _share(right: list[NDArray[np.bool_]], question: list[NDArray[np.int64]]) -> NDArray[np.float64]:
    asked = np.stack(question) != NOTHING
    return _ratio(np.stack(right) & asked, asked)


def _counted(played: Played, count: Any) -> NDArray[np.float64]:
    turns: Iterator[list[int]] = ([count(read) for read in turn.reads] for turn in played.turns)
    return np.asarray(np.sum(list(turns), axis=0), dtype=np.float64)

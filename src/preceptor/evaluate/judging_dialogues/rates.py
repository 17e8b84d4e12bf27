"""Wins, ties and losses with intervals over students, and what is left of them at equal length."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.judging_dialogues.judgement import Judgement, Outcome
from preceptor.evaluate.paired import Drawn, compared, figure_of, mean_of

Floats = NDArray[np.float64]
FAIR = 0.5


def rate_rows(judgements: Sequence[Judgement], rng: np.random.Generator) -> list[dict[str, Any]]:
    """One row a unit, arm and reference; Holm's correction is over all of them.

    Returns:
        Rows with `cases`, `win`, `tie`, `loss` and `failed`, which add up; `win_rate` with ties a half, its interval
        after Holm `holm_ci95` and `claimed`; `at_equal_length`; `readings_agree` and `first_preferred`, over single
        readings that were no tie.
    """
    groups: dict[tuple[str, str, str], list[Judgement]] = {}
    for entry in judgements:
        groups.setdefault((entry.unit.value, entry.arm, entry.reference), []).append(entry)
    rows = {key: _row(key, group) for key, group in groups.items()}
    drawn = {key: over_half(group, rng) for key, group in groups.items()}
    enough = {key: found for key, found in drawn.items() if found is not None}
    for key, difference in compared(enough).items():
        low, high = (min(max(end + FAIR, 0.0), 1.0) for end in difference.holm_ci95)
        rows[key] |= {
            "win_rate": win_rate(enough[key]),
            "holm_p": difference.holm_p,
            "holm_ci95": (low, high),
            "claimed": difference.holds,
            "at_equal_length": asdict(at_equal_length(settled(groups[key]), rng).estimate),
        }
    return [rows[key] for key in sorted(rows)]


def at_equal_length(judgements: Sequence[Judgement], rng: np.random.Generator) -> Drawn:
    """Win rate where both arms use as many words: the level at 0 of a line of points over the logarithm of lengths.

    With points y and log ratio x, b = cov(x, y)/var(x) and the level is mean(y) − b·mean(x). Readers and models like
    long texts; what is left at equal length is not due to that. A straight line leaves 0..1 where the arms never are of
    about equal length; it is cut off there.
    """
    x = by_student(judgements, lambda entry: entry.log_length)
    y = by_student(judgements, points)
    return figure_of((x, y, x * x, x * y), _level, resamples(len(x), rng))


def _level(means: Floats) -> Floats:
    x, y, xx, xy = (means[..., i] for i in range(4))
    spread = xx - x * x
    slope = np.divide(xy - x * y, spread, out=np.zeros_like(spread), where=spread > 1e-9)
    return np.clip(y - slope * x, 0.0, 1.0)


def _row(key: tuple[str, str, str], group: Sequence[Judgement]) -> dict[str, Any]:
    outcomes = [entry.outcome for entry in group]
    unit, arm, reference = key
    return {
        "unit": unit,
        "arm": arm,
        "reference": reference,
        "cases": len(group),
        "students": len({entry.student_id for entry in group}),
        **{outcome.value: outcomes.count(outcome) for outcome in Outcome},
        "failed": outcomes.count(None),
        "win_rate": None,
        "readings_agree": _share(len(set(entry.verdicts)) == 1 for entry in settled(group) if len(entry.verdicts) > 1),
        "first_preferred": _share(_first_preferred(group)),
        "words_ratio": float(np.exp(np.mean([entry.log_length for entry in group]))),
    }


def _first_preferred(group: Iterable[Judgement]) -> Iterable[bool]:
    """Of both readings of a case, whether what stood first was preferred; ties are left out."""
    for entry in group:
        if len(entry.verdicts) == 2:
            for verdict, first in zip(entry.verdicts, (Outcome.WIN, Outcome.LOSS), strict=True):
                if isinstance(verdict, Outcome) and verdict is not Outcome.TIE:
                    yield verdict is first


def over_half(group: Sequence[Judgement], rng: np.random.Generator) -> Drawn | None:
    """Win rate less a half, with ties a half; None where fewer than two students were judged."""
    judged = settled(group)
    if len({entry.student_id for entry in judged}) < 2:
        return None
    values = by_student(judged, points)
    return mean_of(values - FAIR, resamples(len(values), rng))


def win_rate(drawn: Drawn) -> dict[str, Any]:
    """A share again, from what it is over a half."""
    low, high = drawn.interval()
    return {"mean": drawn.value + FAIR, "sd": drawn.sd, "ci95": (low + FAIR, high + FAIR)}


def settled(group: Sequence[Judgement]) -> list[Judgement]:
    """Those in which no reading failed."""
    return [entry for entry in group if entry.outcome is not None]


def points(entry: Judgement) -> float:
    """Of a settled judgement."""
    assert entry.outcome is not None
    return entry.outcome.points


def by_student(judgements: Sequence[Judgement], value: Callable[[Judgement], float]) -> Floats:
    """Values [students, most cases of one], NaN where a student has fewer."""
    found: dict[str, list[float]] = {}
    for entry in judgements:
        found.setdefault(entry.student_id, []).append(value(entry))
    table = np.full((len(found), max(map(len, found.values()))), np.nan)
    for row, values in zip(table, found.values(), strict=True):
        row[: len(values)] = values
    return table


def _share(values: Iterable[bool]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None

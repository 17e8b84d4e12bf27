"""Whether judges agree beyond chance."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.judging_dialogues.judgement import Judgement, Outcome
from preceptor.evaluate.paired import figure_of

Floats = NDArray[np.float64]


def agreement_rows(judges: Mapping[str, Sequence[Judgement]], rng: np.random.Generator) -> list[dict[str, Any]]:
    """Each pair of judges over the cases that both judged.

    Returns:
        Rows with `judge`, `other`, `cases`, `agree`, the share of equal outcomes, and `kappa`; None where fewer than
        two students were judged by both.
    """
    return [_row(name, other, judges[name], judges[other], rng) for name, other in combinations(judges, 2)]


def kappa(means: Floats) -> Floats:
    """Cohen's κ = (p_o − p_e)/(1 − p_e) (Cohen, 1960); 0 where both always say the same one thing.

    Args:
        means: [..., 7], share of equal outcomes, then of wins, ties and losses by the one and by the other judge.
    """
    expected = (means[..., 1:4] * means[..., 4:7]).sum(axis=-1)
    room = 1 - expected
    return np.asarray(np.divide(means[..., 0] - expected, room, out=np.zeros_like(room), where=room > 1e-12))


def _row(
    name: str, other: str, ours: Sequence[Judgement], theirs: Sequence[Judgement], rng: np.random.Generator
) -> dict[str, Any]:
    outcomes = {entry.key: entry.outcome for entry in theirs}
    both = [
        (entry.student_id, entry.outcome, outcomes[entry.key])
        for entry in ours
        if entry.outcome is not None and outcomes.get(entry.key) is not None
    ]
    students = sorted({student for student, _, _ in both})
    row: dict[str, Any] = {"judge": name, "other": other, "cases": len(both), "students": len(students)}
    if len(students) < 2:
        return {**row, "agree": None, "kappa": None}
    columns = np.full((7, len(students), len(both)), np.nan)
    for i, (student, one, two) in enumerate(both):
        columns[:, students.index(student), i] = [
            one is two, *(one is outcome for outcome in Outcome), *(two is outcome for outcome in Outcome)
        ]  # fmt: skip
    drawn = figure_of(list(columns), kappa, resamples(len(students), rng))
    agree = float(np.mean([one is two for _, one, two in both]))
    return {**row, "agree": agree, "kappa": asdict(drawn.estimate)}

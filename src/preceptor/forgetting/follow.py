"""Replaying what a curve remembers through a log, all students in step."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from preceptor.forgetting.practice import PracticeLog

if TYPE_CHECKING:
    from preceptor.forgetting.fitted import FittedCurve


def follow(curve: "FittedCurve", log: PracticeLog) -> PracticeLog:
    """Memory and student effects before every answer of whole histories."""
    if curve.memory_size:
        log = replace(log, memory=memories(curve, curve.values, log, np))
    return replace(log, student_effects=_effects(curve, log)) if curve.knows_students else log


def _effects(curve: "FittedCurve", log: PracticeLog) -> NDArray[np.float64]:
    effects = np.zeros((len(log.student), 5))
    now = np.zeros((int(log.student.max(initial=-1)) + 1, 5))
    for rows in in_step(log.student):
        who = log.student[rows]
        effects[rows] = now[who]
        now[who] = curve.filtered(replace(rows_of(log, rows), student_effects=now[who]))
    return effects


def rows_of(log: PracticeLog, rows: NDArray[Any]) -> PracticeLog:
    """Some rows of a log."""
    return PracticeLog(**{field.name: getattr(log, field.name)[rows] for field in fields(PracticeLog)})


def in_step(group: NDArray[Any]) -> Iterator[NDArray[np.int64]]:
    """Indices of the first members of all groups, then of the second ones, and so on."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(order) else order
    lengths = np.diff(np.append(begins, len(order)))
    longest = np.argsort(-lengths, kind="stable")
    begins, lengths = begins[longest], lengths[longest]
    for position in range(int(lengths.max(initial=0))):
        alive = np.searchsorted(-lengths, -position, side="left")
        yield order[begins[:alive] + position]


def memories(curve: Any, values: Any, log: PracticeLog, xp: Any) -> Any:
    """Memory [rows, k, size] before every answer of whole histories, of arrays or tensors.

    Args:
        curve: The curve or its class.
        values: Parameters, floats or tensors.
        log: Whole histories.
        xp: numpy or torch.
    """
    rows, slots = np.nonzero(log.concepts >= 0)
    steps = list(
        in_step(log.student[rows].astype(np.int64) * (int(log.concepts.max(initial=0)) + 1) + log.concepts[rows, slots])
    )
    elapsed, credit = log.elapsed_days[rows, slots], log.correct[rows].astype(np.float64)
    before, memory = [], xp.zeros((len(steps[0]) if steps else 0, curve.memory_size), dtype=xp.float64)
    for i, step in enumerate(steps):
        before.append(memory[: len(step)])
        if i + 1 < len(steps):
            alive = len(steps[i + 1])
            now = step[:alive]
            memory = curve.remembered(values, before[-1][:alive], xp.asarray(elapsed[now]), xp.asarray(credit[now]), xp)
    whole = xp.zeros((*log.concepts.shape, curve.memory_size), dtype=xp.float64)
    if steps:
        entry = np.concatenate(steps)
        whole[xp.asarray(rows[entry]), xp.asarray(slots[entry])] = xp.concatenate(before)
    return whole

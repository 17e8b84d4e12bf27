"""The first questions of a student whom nobody knows: they go through the concepts before any is asked at length."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Interaction
from preceptor.tutor.diagnosis import missed
from preceptor.tutor.memory_log import SITTING_GAP_SECONDS

OPENING_ANSWERS = 10
"""So many answers at most, a session, tell where to start."""
ENOUGH_ASKED = 2
"""A concept is left after a right answer, or after so many answers."""


def opening(
    history: Sequence[Interaction], bank: Bank, candidates: NDArray[np.bool_], at_seconds: float
) -> NDArray[np.bool_]:
    """What may be asked, without concepts that the opening has seen enough of; everything once the opening is over.

    What a model believes of a newcomer is the same at every question: without this, the concept that promises most
    would be asked until it moves. Who has answers from before this sitting is no newcomer, and nothing changes.

    Args:
        history: Every answer of the student, oldest first.
        bank: The questions.
        candidates: What may be asked otherwise, bool [questions].
        at_seconds: Now, UTC.
    """
    if not is_opening(history, at_seconds):
        return candidates
    seen = [concept_id for event in history for concept_id in _concepts(bank, event)]
    left = set(_concepts(bank, history[-1])) if history and missed(history[-1]) else set()
    enough = {c for c, times in Counter(seen).items() if times >= ENOUGH_ASKED or c not in left}
    columns = [bank.q_matrix.concept_index[c] for c in enough if c in bank.q_matrix.concept_index]
    others = candidates & ~bank.q_matrix.dense[:, columns].any(axis=1)
    return others if others.any() else candidates


def is_opening(history: Sequence[Interaction], at_seconds: float) -> bool:
    """Whether a student has few answers and all of them from this sitting."""
    times = [event.time_seconds for event in history]
    if len(history) >= OPENING_ANSWERS or None in times:
        return False
    known = [*(time for time in times if time is not None), at_seconds]
    return all(later - earlier <= SITTING_GAP_SECONDS for earlier, later in pairwise(known))


def _concepts(bank: Bank, event: Interaction) -> tuple[str, ...]:
    question = bank.question.get(event.question_id)
    return question.concepts if question else ()

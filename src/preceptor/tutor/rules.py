"""The tutor's rules: from recall, mastery and the last answer on a concept to what is done next.

The table stands in docs/tutor-rules.md, and was written there first.
"""

from collections.abc import Mapping
from enum import StrEnum

from preceptor.domain import ConceptRecall

LOW_RECALL, HIGH_RECALL = 0.5, 0.8
ENOUGH_ANSWERS = 3
"""Fewer answers on a concept never show that it can be left behind."""


class Band(StrEnum):
    """An absolute band of recall or mastery."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Last(StrEnum):
    """How the last answer on a concept ended."""

    NONE = "none"
    RIGHT = "right"
    MISSED = "missed"
    MISCONCEPTION = "misconception"


class Action(StrEnum):
    """What is done about a concept."""

    REVIEW = "review"
    PRACTISE = "practise"
    ADVANCE = "advance"
    DIAGNOSE = "diagnose"


TABLE: Mapping[tuple[Band, Band], tuple[Action, Action, Action]] = {
    (Band.HIGH, Band.HIGH): (Action.ADVANCE, Action.PRACTISE, Action.PRACTISE),
    (Band.MIDDLE, Band.HIGH): (Action.REVIEW, Action.PRACTISE, Action.PRACTISE),
    (Band.MIDDLE, Band.MIDDLE): (Action.PRACTISE, Action.PRACTISE, Action.PRACTISE),
    (Band.LOW, Band.HIGH): (Action.REVIEW, Action.REVIEW, Action.PRACTISE),
    (Band.LOW, Band.MIDDLE): (Action.REVIEW, Action.PRACTISE, Action.PRACTISE),
    (Band.LOW, Band.LOW): (Action.PRACTISE, Action.PRACTISE, Action.PRACTISE),
}
"""(recall band, mastery band) → the action after a right answer, a miss, a misconception."""

AIMS: Mapping[Action, tuple[float, float]] = {
    Action.REVIEW: (0.80, 0.95),
    Action.PRACTISE: (0.70, 0.85),
    Action.ADVANCE: (0.55, 0.75),
    Action.DIAGNOSE: (0.40, 0.60),
}
"""The chance of a right answer that a question of each action aims at."""

_COLUMN = {Last.RIGHT: 0, Last.MISSED: 1, Last.MISCONCEPTION: 2}


def band(chance: float) -> Band:
    """The band of recall or mastery: below ½ low, above 0.8 high."""
    if chance > HIGH_RECALL:
        return Band.HIGH
    return Band.MIDDLE if chance >= LOW_RECALL else Band.LOW


def action_on(known: ConceptRecall, last: Last) -> Action:
    """What is done about one concept.

    Args:
        known: What the mind knows of it now.
        last: How the last answer on it ended.
    """
    if last is Last.NONE or not known.attempts:
        return Action.PRACTISE
    # a mastery below the guess floor does not fade, so recall may only exceed it by rounding
    bands = band(known.recall), band(max(known.mastery, known.recall))
    found = TABLE[bands][_COLUMN[last]]
    return Action.PRACTISE if found is Action.ADVANCE and known.attempts < ENOUGH_ANSWERS else found

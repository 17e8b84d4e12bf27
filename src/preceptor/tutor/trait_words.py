"""Traits in words, with their count and interval."""

from preceptor.tutor.tongue import tongue_of
from preceptor.tutor.traits import LEAST, Trait, TraitKind

_ACCURACY = "Right: {value} % of {count} answers (95 % interval {low} to {high} %)."
_PACE = "Pace: {value} seconds an answer, over {count} answers (95 % interval {low} to {high} seconds)."
_HINTS = "Hints: opened with {value} % of {count} answers (95 % interval {low} to {high} %)."
_MISCONCEPTIONS = (
    "Wrong answers: a known misconception behind {value} % of {count}, the others are slips or unknown "
    "(95 % interval {low} to {high} %)."
)
_PERSISTENCE = (
    "After a miss: tried again without giving up in {value} % of {count} cases (95 % interval {low} to {high} %)."
)
_KEPT = "After a day or more: still right in {value} % of {count} cases (95 % interval {low} to {high} %)."
_DAYTIME = (
    "Time of day: {value} % of {count} answers between {begin} and {end} o'clock UTC (95 % interval {low} to {high} %)."
)
_LITTLE_ACCURACY = "Right: too little is known ({count} of {least} answers)."
_LITTLE_PACE = "Pace: too little is known ({count} of {least} answers)."
_LITTLE_HINTS = "Hints: too little is known ({count} of {least} answers)."
_LITTLE_MISCONCEPTIONS = "Wrong answers: too little is known ({count} of {least})."
_LITTLE_PERSISTENCE = "After a miss: too little is known ({count} of {least} cases)."
_LITTLE_KEPT = "After a day or more: too little is known ({count} of {least} cases)."
_LITTLE_DAYTIME = "Time of day: too little is known ({count} of {least} answers)."
_TOLD = {
    TraitKind.ACCURACY: (_ACCURACY, _LITTLE_ACCURACY),
    TraitKind.PACE: (_PACE, _LITTLE_PACE),
    TraitKind.HINTS: (_HINTS, _LITTLE_HINTS),
    TraitKind.MISCONCEPTIONS: (_MISCONCEPTIONS, _LITTLE_MISCONCEPTIONS),
    TraitKind.PERSISTENCE: (_PERSISTENCE, _LITTLE_PERSISTENCE),
    TraitKind.KEPT: (_KEPT, _LITTLE_KEPT),
    TraitKind.DAYTIME: (_DAYTIME, _LITTLE_DAYTIME),
}
QUARTER_HOURS = 6


def told(trait: Trait, language: str) -> str:
    """Say a trait, or that too little is known.

    Args:
        trait: The trait.
        language: ISO 639-1 code.
    """
    say, (known, little) = tongue_of(language), _TOLD[trait.kind]
    if trait.value is None or trait.ci95 is None:
        return say(little, count=trait.count, least=LEAST[trait.kind])
    scale = 1 if trait.kind is TraitKind.PACE else 100
    value, low, high = (round(scale * figure) for figure in (trait.value, *trait.ci95))
    begin = QUARTER_HOURS * trait.detail
    return say(known, value=value, count=trait.count, low=low, high=high, begin=begin, end=begin + QUARTER_HOURS)

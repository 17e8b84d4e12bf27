"""What a language model may add to a persona: only statements that the history bears out, claim by claim.

A model answers with insights, each a sentence, the answers it rests on, and claims that can be computed again. One is
kept only if every claim is true of the cited answers, what its sentence says in figures and of direction is claimed,
and the sentence uses no words but those of the task: a model can neither invent facts nor give orders.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from preceptor.domain import Bank, Interaction, Outcome
from preceptor.tutor.diagnosis import misconception_of, missed
from preceptor.tutor.insight_sentence import flaw_of

LONGEST_SENTENCE = 240
MOST_CITED = 50
_SENTENCE_ENDS = re.compile(r"[.!?]+(?=\s+\S)")


class ClaimKind(StrEnum):
    """What can be claimed of cited answers; the value is a number, of `TREND` "up" or "down"."""

    ANSWERS = "answers"
    RIGHT = "right"
    WRONG = "wrong"
    DONT_KNOW = "dont_know"
    WITH_HINTS = "with_hints"
    MISCONCEPTION = "misconception"  # most answers that show one and the same misconception
    PERCENT_RIGHT = "percent_right"
    MEDIAN_SECONDS = "median_seconds"
    TREND = "trend"  # of the share of right answers, the later half against the earlier one


class Rejection(StrEnum):
    """Why an insight was dropped; counted."""

    EVIDENCE = "evidence"  # no answers, too many, or answers that are not the student's
    CLAIM = "claim"  # a claim that is not true, or none at all
    NUMBER = "number"  # a number in the sentence that no claim holds
    DIRECTION = "direction"  # a word of direction without a trend, or against it
    WORDS = "words"  # words that have no place in such a statement
    FORM = "form"  # not one short sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that can be computed again.

    Args:
        event_ids: The answers it is about, of those that the insight cites.
        kind: A `ClaimKind`.
        value: What is claimed.
    """

    event_ids: tuple[str, ...]
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Insight:
    """One statement about a student.

    Args:
        sentence: In words.
        event_ids: The answers that it rests on.
        claims: What is claimed of them.
    """

    sentence: str
    event_ids: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of a model's insights.

    Args:
        kept: Those that the history bears out.
        dropped: How many were dropped, by `Rejection`.
    """

    kept: tuple[Insight, ...]
    dropped: Mapping[str, int]


def verified(insights: Iterable[Insight], history: Sequence[Interaction], bank: Bank, language: str) -> Verified:
    """Keep the insights that are true.

    Args:
        insights: What a model said.
        history: The student's interactions, in order; nobody else's.
        bank: The questions and concepts.
        language: ISO 639-1 code of the sentences.
    """
    own = {event.event_id: event for event in history}
    kept: list[Insight] = []
    dropped: Counter[str] = Counter()
    for insight in insights:
        why = rejection(insight, own, bank, language)
        if why is None:
            kept.append(insight)
        else:
            dropped[why.value] += 1
    return Verified(tuple(kept), dict(dropped))


def rejection(insight: Insight, own: Mapping[str, Interaction], bank: Bank, language: str) -> Rejection | None:
    """Why an insight has to be dropped; None if it may stay.

    Args:
        insight: What a model said.
        own: The student's interactions, by event id, in order.
        bank: The questions and concepts.
        language: ISO 639-1 code of the sentence.
    """
    sentence = insight.sentence.strip()
    if not 0 < len(sentence) <= LONGEST_SENTENCE or _SENTENCE_ENDS.search(sentence) or not sentence.isprintable():
        return Rejection.FORM
    cited = set(insight.event_ids)
    if not 0 < len(cited) <= MOST_CITED or not cited <= own.keys():
        return Rejection.EVIDENCE
    if not insight.claims:
        return Rejection.CLAIM
    for claim in insight.claims:
        if not claim.event_ids or not set(claim.event_ids) <= cited:
            return Rejection.EVIDENCE
        events = [event for event_id, event in own.items() if event_id in claim.event_ids]
        if recomputed(claim.kind, events, bank) != claim.value.strip():
            return Rejection.CLAIM
    claims = {(claim.kind, claim.value.strip()) for claim in insight.claims}
    flaw = flaw_of(_without_names(sentence, insight, own, bank), claims, language)
    return None if flaw is None else Rejection(flaw)


def recomputed(kind: str, events: Sequence[Interaction], bank: Bank) -> str | None:
    """The true value of a claim about answers, as it has to be claimed; None if there is none.

    Args:
        kind: A `ClaimKind`.
        events: The answers, in order.
        bank: The questions.
    """
    match kind:
        case ClaimKind.ANSWERS:
            return str(len(events))
        case ClaimKind.RIGHT:
            return str(sum(not missed(event) for event in events))
        case ClaimKind.WRONG:
            return str(sum(event.outcome is Outcome.WRONG for event in events))
        case ClaimKind.DONT_KNOW:
            return str(sum(event.outcome is Outcome.DONT_KNOW for event in events))
        case ClaimKind.WITH_HINTS:
            return str(sum(event.hints_used > 0 for event in events))
        case ClaimKind.MISCONCEPTION:
            shown = Counter(found for event in events if (found := misconception_of(bank, event)))
            return str(max(shown.values(), default=0))
        case ClaimKind.PERCENT_RIGHT:
            return str(round(100 * sum(not missed(event) for event in events) / len(events)))
        case ClaimKind.MEDIAN_SECONDS:
            seconds = sorted(event.duration_seconds for event in events if event.duration_seconds is not None)
            middle = len(seconds) // 2
            return str(round((seconds[middle] + seconds[~middle]) / 2)) if seconds else None
        case ClaimKind.TREND:
            return _trend(events)
    return None


def _trend(events: Sequence[Interaction]) -> str | None:
    half = len(events) // 2
    if half == 0:
        return None
    earlier, later = (sum(not missed(e) for e in part) / half for part in (events[:half], events[-half:]))
    return None if earlier == later else ("up" if later > earlier else "down")


def _without_names(sentence: str, insight: Insight, own: Mapping[str, Interaction], bank: Bank) -> str:
    """The sentence without the names of the cited answers' own concepts and misconceptions."""
    events = [own[event_id] for event_id in insight.event_ids]
    asked = [bank.question[event.question_id] for event in events if event.question_id in bank.question]
    names = {bank.concept[c].name for question in asked for c in question.concepts}
    names |= {bank.misconception[m].name for event in events if (m := misconception_of(bank, event))}
    for name in sorted(names, key=len, reverse=True):
        sentence = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", sentence, flags=re.IGNORECASE)
    return sentence

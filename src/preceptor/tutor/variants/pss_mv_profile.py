"""Reads a trait and style profile from a student's own lines; every statement has to cite lines that exist."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from preceptor.llm import Failure, Message
from preceptor.llm.typed import ask
from preceptor.tutor.fencing import fenced
from preceptor.tutor.prompts import prompt
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Counted
from preceptor.tutor.variants.contract import Kit
from preceptor.tutor.variants.turn_calls import TurnCalls

if TYPE_CHECKING:
    from preceptor.tutor.variants.pss_mv_answers import Reading

MOST_LINES = 12
MAX_TOKENS = 300
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class Style:
    """How a student learns, as far as the lines show it.

    Args:
        traits: Trait → "low" or "high".
        style: "short", "stepwise", "by_example"; empty if unclear.
        cited: The lines that this rests on.
    """

    traits: Mapping[str, str]
    style: str
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoStyle:
    """That nothing is known of how a student learns; a draft is then made without it, and never with a made-up one.

    Args:
        failure: Why; None if there was nothing to read, or nothing to be seen in it.
    """

    failure: Failure | None = None


def lines_of(situation: Situation) -> dict[str, str]:
    """The student's own words, by id: messages of the session m1, m2 … and what is remembered e1, e2 …."""
    messages = [said.text for said in situation.said if said.role == "student"]
    if situation.message:
        messages.append(situation.message)
    told = {f"m{i}": text for i, text in enumerate(messages[-MOST_LINES:], 1)}
    return told | {f"e{i}": memory.text for i, memory in enumerate(situation.profile.memories, 1)}


def infer_style(situation: Situation, kit: Kit, calls: TurnCalls) -> tuple[Style | NoStyle, list[Counted]]:
    """Ask for the profile, and keep what cites lines that were given.

    Returns:
        The profile, or that there is none, and what is to be counted: a failed inference, unverified statements.
    """
    from preceptor.tutor.variants.pss_mv_answers import Reading

    lines = lines_of(situation)
    if not lines or not calls.take():
        return NoStyle(), []
    words = prompt(kit.prompts, situation.language)
    told = "\n".join(f"{line_id}: {fenced(text, _LONGEST_LINE)}" for line_id, text in lines.items())
    messages = (Message("system", words.fill("infer_system")), Message("user", words.fill("infer", lines=told)))
    limit = min(MAX_TOKENS, kit.budget.max_tokens)
    found = ask(calls.model, messages, Reading, max_tokens=limit, timeout_seconds=calls.seconds_left, tries=1)
    if isinstance(found, Failure):
        return NoStyle(found), [Counted("inference_failed"), Counted(f"inference_{found.kind}")]
    return _verified(found.value, lines)


def _verified(reading: "Reading", lines: Mapping[str, str]) -> tuple[Style | NoStyle, list[Counted]]:
    kept = [read for read in reading.traits if set(read.evidence) <= lines.keys()]
    asserted = Counter(read.trait for read in kept)
    kept = [read for read in kept if asserted[read.trait] == 1]  # a trait told twice is told against itself
    shown = reading.style.style != "unclear" and bool(reading.style.evidence)
    known = shown and set(reading.style.evidence) <= lines.keys()
    unverified = len(reading.traits) - len(kept) + (reading.style.style != "unclear" and not known)
    counted = [Counted("trait_unverified", unverified)] if unverified else []
    if not kept and not known:
        return NoStyle(), counted
    cited = dict.fromkeys(
        [*(line for read in kept for line in read.evidence), *(reading.style.evidence if known else ())]
    )
    style = reading.style.style if known else ""
    return Style({read.trait: read.level for read in kept}, style, tuple(cited)), counted

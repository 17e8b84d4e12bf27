"""Asking a language model for insights about a student; what it says is verified before anything is kept."""

import json
from collections.abc import Sequence
from importlib.resources import files

from preceptor.domain import Bank, Interaction
from preceptor.llm import Failure, LanguageModel, Message
from preceptor.llm.typed import ask
from preceptor.tutor.diagnosis import misconception_of
from preceptor.tutor.insight import Claim, Insight, Verified, verified

MOST_SHOWN = 50
MAX_TOKENS = 1_200
TIMEOUT_SECONDS = 20.0


def ask_insights(model: LanguageModel, history: Sequence[Interaction], bank: Bank, language: str) -> Verified | Failure:
    """Ask for insights on the newest answers, and keep those that the history bears out.

    What the student typed is not shown to the model: what it says of the student cannot be steered from there.

    Args:
        model: What answers.
        history: The student's interactions, in order.
        bank: The questions and concepts.
        language: ISO 639-1 code of the sentences.
    """
    from preceptor.tutor.insight_answers import InsightAnswers

    known = [event for event in history if event.question_id in bank.question][-MOST_SHOWN:]
    if not known:
        return Verified((), {})
    prompt = files("preceptor.tutor").joinpath("prompts", language, "insight.md").read_text(encoding="utf-8")
    messages = (Message("system", prompt), Message("user", _told(known, bank)))
    found = ask(model, messages, InsightAnswers, max_tokens=MAX_TOKENS, timeout_seconds=TIMEOUT_SECONDS, tries=1)
    if isinstance(found, Failure):
        return found
    insights = (
        Insight(
            entry.sentence,
            tuple(entry.event_ids),
            tuple(Claim(tuple(claim.event_ids), claim.kind, claim.value) for claim in entry.claims),
        )
        for entry in found.value.insights
    )
    return verified(insights, known, bank, language)


def _told(events: Sequence[Interaction], bank: Bank) -> str:
    """The answers, one JSON object a line."""
    return "\n".join(json.dumps(_row(event, bank), ensure_ascii=False) for event in events)


def _row(event: Interaction, bank: Bank) -> dict[str, object]:
    mistake = misconception_of(bank, event)
    return {
        "event_id": event.event_id,
        "concepts": [bank.concept[c].name for c in bank.question[event.question_id].concepts],
        "outcome": event.outcome.value,
        "credit": round(event.correct, 2),
        "hints": event.hints_used,
        "seconds": event.duration_seconds,
        "misconception": bank.misconception[mistake].name if mistake else "",
    }

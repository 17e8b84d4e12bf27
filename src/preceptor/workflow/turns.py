"""Turns of a dialogue between what is stored and what is shown."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from preceptor.store import TutorTurn
from preceptor.tutor.composer import Words
from preceptor.tutor.session import Spoken
from preceptor.workflow.tutoring import Meter, Tutor
from preceptor.workflow.views import NextView, TutorMessage, TutorTurnView

_NONE: Mapping[str, str] = MappingProxyType({})


def measured(begun: TutorTurn, tutor: Tutor, meter: Meter, said: Spoken) -> TutorTurn:
    """A turn as it ended, with what it took."""
    counters = said.counters
    return replace(
        begun,
        reply=said.text,
        model=tutor.model_name if meter.speaker is not None else "",
        counters={
            "released": counters.released,
            "refused": dict(counters.refused),
            "failed": dict(counters.failed),
            "dropped": dict(counters.dropped),
        },
        input_tokens=meter.spent.input_tokens,
        output_tokens=meter.spent.output_tokens,
        cost=meter.cost,
        milliseconds=meter.milliseconds,
        whole=True,
    )


def resumed(whole: TutorTurn, words: Words, broken: TutorTurn | None) -> TutorTurn:
    """A turn that a killed server broke off: what was heard stays, and the deterministic text follows it."""
    if broken is None:
        return whole
    behind = words.rest if broken.reply == words.verdict else f"\n\n{words.rest.strip()}"
    reply = f"{broken.reply}{behind}" if broken.reply.startswith(words.verdict) else whole.reply
    return replace(whole, reply=reply, counters={**whole.counters, "failed": {"broken_off": 1}})


def messages_of(turn: TutorTurn, contests: Mapping[str, str] = _NONE) -> tuple[TutorMessage, ...]:
    """What was said in a turn; an opening has the tutor's words alone.

    Args:
        turn: The turn.
        contests: Where contested grades stand, by event id.
    """
    said = (TutorMessage("student", turn.message),) if turn.message else ()
    contest = contests.get(turn.event_id, "")
    return (*said, TutorMessage("tutor", turn.reply, turn.cites, turn.event_id, turn.outcome, contest))


def turn_view(messages: tuple[TutorMessage, ...], upcoming: NextView) -> TutorTurnView:
    """Messages with the question that is open now."""
    return TutorTurnView(messages, upcoming.question, upcoming.sitting, upcoming.hints_opened)

"""What to say to messages that are neither an answer nor about the course, and what is kept of them."""

from preceptor.tutor.intent import Intent
from preceptor.tutor.intention import holds_personal_data
from preceptor.tutor.tongue import Tongue

REMOVED = "[personal data, not kept]"


def kept_message(message: str) -> str:
    """A message as it may be stored."""
    return REMOVED if holds_personal_data(message) else message


_KIND = (
    "That sounds hard, and I am glad that you said it. I am only a program that practises with you, so please tell a "
    "person you trust today: a parent, a teacher, a school counsellor. If you are in danger, call the emergency number "
    "or a helpline for young people right now. Nothing here is scored meanwhile; the question can wait."
)
_PRIVATE = (
    "Please do not write addresses, telephone numbers, passwords or full names here. I do not need them, and I have "
    "not kept this message. Back to the question whenever you like."
)
_ELSEWHERE = "I can only talk about this course here. Let's go on with the question."
_FISHING = (
    "I will not say yes or no before you give it as your answer. If you think so, just type it as your answer; "
    "if you are not sure, ask for a hint."
)
_REPLIES = {
    Intent.DISTRESS: _KIND,
    Intent.PERSONAL: _PRIVATE,
    Intent.OFF_TOPIC: _ELSEWHERE,
    Intent.PROBE: _FISHING,
}


def odd_reply(intent: Intent, say: Tongue) -> str:
    """The reply to an odd message; the same words always, for nothing in it depends on the student."""
    return say(_REPLIES[intent])

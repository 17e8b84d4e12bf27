"""How students say what they want: one file a language, joined here, for a student may mix them."""

import re
from collections.abc import Iterator

from preceptor.tutor.wishes.attacks import CODE, INSTRUCTS, PROBES
from preceptor.tutor.wishes.elsewhere import ELSEWHERE
from preceptor.tutor.wishes.english import ENGLISH
from preceptor.tutor.wishes.german import GERMAN

_OF_COURSES = (ENGLISH, GERMAN)
_ALL = (*_OF_COURSES, ELSEWHERE)


def _any(patterns: Iterator[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _words(patterns: Iterator[str]) -> str:
    return rf"\b(?:{'|'.join(patterns)})\b"


ANSWER_NAMED = _words(noun for said in _ALL for noun in said.answer_nouns)
"""The answer by name in any language, as a regular expression."""
DISTRESS = _any(line for said in _ALL for line in said.distress)
PERSONAL = _any(line for said in _ALL for line in said.personal)
CONTEST = _any(line for said in _ALL for line in said.contest)
OFF_TOPIC = _any(line for said in _ALL for line in said.off_topic)
HINT = _any(line for said in _OF_COURSES for line in said.hint)
HINT_ELSEWHERE = _any(iter(ELSEWHERE.hint))
ASKS_ELSEWHERE = _any(iter(ELSEWHERE.asks))
WHY = _any(line for said in _ALL for line in said.why)
DONT_KNOW = _any(line for said in _ALL for line in said.dont_know)
PUZZLED = _any(line for said in _ALL for line in said.puzzled)
ASKS = _any(line for said in _OF_COURSES for line in said.asks)
ABOUT_COURSE = _any(line for said in _ALL for line in said.about)
NAMES_TASK = _any(iter((*(line for said in _ALL for line in said.names_task), r"\?")))
PROBE = _any(iter((ANSWER_NAMED, *(line for said in _ALL for line in said.probes), *PROBES)))
YES_OR_NO = re.compile(rf"(?:{'|'.join(line for said in _ALL for line in said.yes_or_no)}).*\?\W*$")
STATES = _any(line for said in _ALL for line in said.states)
_GREETS = "|".join(line for said in _ALL for line in said.greets)
_GREETS_ON = "|".join(line for said in _ALL for line in said.greets_on)
GREETS = re.compile(rf"^\W*(?:{_GREETS})\W*(?:(?:{_GREETS_ON})\W*)*$")

__all__ = [
    "ABOUT_COURSE",
    "ANSWER_NAMED",
    "ASKS",
    "ASKS_ELSEWHERE",
    "CODE",
    "CONTEST",
    "DISTRESS",
    "DONT_KNOW",
    "GREETS",
    "HINT",
    "HINT_ELSEWHERE",
    "INSTRUCTS",
    "NAMES_TASK",
    "OFF_TOPIC",
    "PERSONAL",
    "PROBE",
    "PUZZLED",
    "STATES",
    "WHY",
    "YES_OR_NO",
]

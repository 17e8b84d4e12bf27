"""What a language has to tell of how its students say what they want."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Regular expressions over messages in small letters with single spaces; one alternative a line, any may match.

    Args:
        distress: The student is in need.
        personal: Data about the student that nobody here needs.
        contest: A grade is wrong.
        off_topic: Things that no course is about.
        greets: What opens a message that only greets, thanks or agrees, as words.
        greets_on: What may follow in it.
        hint: Help is wanted.
        why: The reason for this question is wanted.
        dont_know: The student does not know.
        puzzled: Something said is not understood.
        asks: A question about something, also about the answer.
        about: What a question names that is about the course, whatever else it names.
        names_task: What keeps "I don't get it" from being a surrender.
        answer_nouns: The answer, by name.
        probes: The answer is wanted, whole, in pieces or confirmed.
        yes_or_no: How a question begins that yes or no would answer.
        states: What leads to an answer in words.
    """

    distress: Sequence[str] = ()
    personal: Sequence[str] = ()
    contest: Sequence[str] = ()
    off_topic: Sequence[str] = ()
    greets: Sequence[str] = ()
    greets_on: Sequence[str] = ()
    hint: Sequence[str] = ()
    why: Sequence[str] = ()
    dont_know: Sequence[str] = ()
    puzzled: Sequence[str] = ()
    asks: Sequence[str] = ()
    about: Sequence[str] = ()
    names_task: Sequence[str] = ()
    answer_nouns: Sequence[str] = ()
    probes: Sequence[str] = ()
    yes_or_no: Sequence[str] = ()
    states: Sequence[str] = ()

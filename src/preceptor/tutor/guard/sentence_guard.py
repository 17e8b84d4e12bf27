"""The guard: a sentence reaches the student only if it gives nothing away, claims nothing false and is fit to read."""

import re
from functools import lru_cache

from preceptor.domain import Question, QuestionKind
from preceptor.tutor.guard.claims import false_claim
from preceptor.tutor.guard.codes import coded_numbers, decoded
from preceptor.tutor.guard.contract import Reason, Refused, Release, Released, Shown
from preceptor.tutor.guard.manners import bad_form, bad_manners, own_verdict
from preceptor.tutor.guard.numbers import shown_calculation, shown_description, shown_formula, shown_number
from preceptor.tutor.guard.options import points_to_option
from preceptor.tutor.guard.pieces import has_pieces, in_pieces, tallies
from preceptor.tutor.guard.reading import MOST_CHARACTERS, Reading, flattened, read
from preceptor.tutor.guard.secret import Secret, secret_of
from preceptor.tutor.guard.texts import shown_order, shown_words

_WINDOW = 6
_SEAM = 60
_SENTENCE_END = re.compile(r"[\s.…!?:;,\"'-]+$")
_POINT_OR_COMMA = re.compile(r"\d+(?:(?:\{,\}|[.,])\d+)+")
_MOST_SAID_NUMBERS = 3


class SentenceGuard:
    """Checks sentence by sentence; pure, so that one guard may serve all students.

    No algebra is asked: values at fixed sample points show where two expressions differ, and what never differs there
    counts as the same. So a check takes a bounded time, whatever a model writes.
    """

    def check(self, sentence: str, shown: Shown) -> Release:
        """Release or refuse one sentence, in the light of everything shown before it; never raises for any text."""
        try:
            refused = _refusal(sentence, shown)
        except (ArithmeticError, ValueError, LookupError, RecursionError, TypeError) as error:
            refused = Refused(Reason.FORM, f"could not be read: {type(error).__name__}")
        return refused or Released(sentence)


def _refusal(sentence: str, shown: Shown) -> Refused | None:
    refused = bad_form(sentence, shown) or bad_manners(sentence, shown) or own_verdict(sentence, shown)
    if refused:
        return refused
    about = shown.question or shown.closed
    secret = secret_of(about) if about is not None else None
    if shown.question is not None and not shown.may_show_key:
        found = leak(sentence, secret_of(shown.question), shown.texts, shown.student_said)
        if found:
            return Refused(Reason.LEAK, found)
    claim = false_claim(read(sentence, about.language if about else "en"), secret)
    return Refused(Reason.FALSE_CLAIM, claim) if claim else None


@lru_cache(maxsize=2048)
def reveals(text: str, question: Question) -> bool:
    """Whether a text gives the answer of a question away, in any notation, as a whole or in pieces; remembered."""
    return bool(leak(text, secret_of(question)))


def leak(sentence: str, secret: Secret, before: tuple[str, ...] = (), said: tuple[str, ...] = ()) -> str:
    """What in a sentence gives the answer away, alone or with what was shown shortly before; empty for nothing.

    Args:
        sentence: What is to be shown.
        secret: What is hidden.
        before: What was shown, oldest first.
        said: The student's own words, newest last; numbers of the last message may be repeated, not confirmed.
    """
    window = before[-_WINDOW:]
    heard = _numbers_said(said, secret)
    reading = read(sentence, secret.language)
    found = _in_one(reading, secret, heard) or _in_code(sentence, secret) or _in_other_notation(sentence, secret, heard)
    if not found and secret.question.kind is QuestionKind.CHOICE:
        found = points_to_option(sentence, window, secret.question)
    return found or _over_seams(sentence, reading, secret, window, heard)


def _in_one(reading: Reading, secret: Secret, heard: frozenset[str]) -> str:
    return (
        shown_number(reading, secret, heard)
        or shown_calculation(reading, secret)
        or shown_description(reading, secret)
        or shown_formula(reading, secret)
        or shown_words(reading, secret)
        or shown_order(reading, secret)
        or in_pieces(reading.text, secret)
        or _tally(reading, secret)
    )


def _in_code(sentence: str, secret: Secret) -> str:
    """The key in Roman numerals, hexadecimal or binary, or hidden in base64."""
    if any(number in secret.values for number in coded_numbers(sentence)):
        return "in code"
    hidden = (read(text, secret.language) for text in decoded(sentence))
    return "in code" if any(_in_one(reading, secret, frozenset()) for reading in hidden) else ""


def _in_other_notation(sentence: str, secret: Secret, heard: frozenset[str]) -> str:
    """The key where points and commas are meant as in the other language: 0,7 in English, 9.029 in German."""
    held = " ".join((secret.question.text, *secret.question.hints[:-1]))
    if all(number in held for number in _POINT_OR_COMMA.findall(sentence)):
        return ""
    return _in_one(read(sentence, "en" if secret.language == "de" else "de"), secret, heard)


def _tally(reading: Reading, secret: Secret) -> str:
    return next((f"{count} marks" for count in tallies(reading.text) if count in secret.values), "")


def _over_seams(sentence: str, reading: Reading, secret: Secret, window: tuple[str, ...], heard: frozenset[str]) -> str:
    """What a sentence gives away only together with the sentences before it."""
    if not window:
        return ""
    if has_pieces(secret):
        earlier = flattened("\n".join(window)[-MOST_CHARACTERS:], secret.language)
        if (found := in_pieces(f"{earlier}\n{reading.text}", secret)) and not in_pieces(earlier, secret):
            return f"together: {found}"
    tail = _SENTENCE_END.sub("", " ".join(window))[-_SEAM:]
    tail = tail.partition(" ")[2] or tail
    head = sentence.lstrip(" .…,;:-")[:_SEAM]
    glue = ("", " ") if tail[-1:].isdigit() and head[:1].isdigit() else (" ",)
    for between in glue:
        seam = read(f"{tail}{between}{head}", secret.language)
        if (found := _in_one(seam, secret, heard)) and not _in_one(read(tail, secret.language), secret, heard):
            return f"across sentences: {found}"
    return ""


def _numbers_said(said: tuple[str, ...], secret: Secret) -> frozenset[str]:
    """The numbers of the student's last message, if it does not simply list many."""
    forms = frozenset(mention.form for mention in read(said[-1], secret.language).mentions) if said else frozenset()
    return forms if len(forms) <= _MOST_SAID_NUMBERS else frozenset()

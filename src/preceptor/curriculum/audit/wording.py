"""Whether a question's texts are clean, fair and keep their secret until the last hint."""

import re
from collections.abc import Iterator

from latex2mathml.converter import convert

from preceptor.curriculum.audit import maths
from preceptor.curriculum.audit.mathematics import value
from preceptor.curriculum.family import Wording
from preceptor.curriculum.notation import leaks
from preceptor.domain import Question, QuestionKind

_NUMERIC = (QuestionKind.NUMBER, QuestionKind.QUANTITY, QuestionKind.FRACTION)
_UNREADABLE = (SyntaxError, TypeError, ValueError, NameError, AttributeError, ZeroDivisionError)
_UNFAIR = re.compile(
    r"\b(he|she|him|her|his|hers|himself|herself|boys?|girls?|mom|mum|dad|mother|father|husband|wife|"
    r"housewife|fireman|policeman|salesman|fat|skinny|poor|rich|diet|gun|beer|wine|cigarettes?)\b",
    re.IGNORECASE,
)
_BRANDS = re.compile(
    r"\b(google|apple inc|iphone|ipad|android|youtube|netflix|tiktok|lego|nike|adidas|mcdonald|coca|pepsi|"
    r"disney|barbie|pokemon|minecraft|fortnite|amazon|facebook|instagram|whatsapp|playstation|xbox|nintendo)",
    re.IGNORECASE,
)


def texts_of(question: Question) -> tuple[str, ...]:
    """Stem, hints and steps of a question."""
    return question.text, *question.hints, *(step.text for step in question.steps)


def problems(wording: Wording, question: Question) -> Iterator[str]:
    """Yield what is wrong with the words of a question, in any language."""
    yield from _secret(wording, question)
    for text in texts_of(question):
        yield from _clean(text)
    for text in (*texts_of(question), *question.options):
        yield from _latex(text)
        if question.language == "en" and (found := _UNFAIR.search(text) or _BRANDS.search(text)):
            yield f"the word {found[0]!r} in {text!r} may leave somebody out"


def _secret(wording: Wording, question: Question) -> Iterator[str]:
    if len(question.hints) != 3:
        yield f"{len(question.hints)} hints instead of three"
        return
    key = question.key.removesuffix(wording.draft.unit).strip() if question.language == "en" else question.key
    for hint in question.hints[:2]:
        if leaks(hint, key):
            yield f"the hint {hint!r} tells the answer {question.key!r}"
        elif question.language == "en" and question.kind in _NUMERIC and _worked_out(wording, hint):
            yield f"a formula of the hint {hint!r} is worth the answer {question.key!r}"
    if question.language == "en" and question.kind in _NUMERIC and not leaks(question.hints[2], key):
        yield f"the last hint {question.hints[2]!r} does not reach the answer {question.key!r}"


def _worked_out(wording: Wording, hint: str) -> bool:
    """Whether a formula of an early hint has the value of the key."""
    wanted = value(wording.draft.key_text, wording.draft)
    for formula in maths.formulas(hint):
        for side in maths.sides(formula):
            try:
                if maths.equal(maths.read(side), wanted):
                    return True
            except _UNREADABLE:
                continue
    return False


def _clean(text: str) -> Iterator[str]:
    prose = "".join(text.split("$")[0::2])
    if "  " in text or text != text.strip():
        yield f"spaces in {text!r}"
    if not (text[:1].isupper() or text[:1] in "$„“"):
        yield f"{text!r} does not begin with a capital letter"
    if text[-1:] not in ".?!$“”":
        yield f"{text!r} does not end like a sentence"
    if re.search(r"[\\^_{}*<>|]", prose):
        yield f"markup outside of mathematics in {text!r}"
    if re.search(r"\d", prose):
        yield f"a number outside of mathematics in {text!r}"


def _latex(text: str) -> Iterator[str]:
    if text.count("$") % 2:
        yield f"an odd dollar sign in {text!r}"
        return
    for formula in text.split("$")[1::2]:
        if formula.strip() != formula or not formula:
            yield f"an empty or loose formula in {text!r}"
        elif "--" in formula or "+ -" in formula or re.search(r"(?<![\d.{}])1[a-z](?![a-z])", formula):
            yield f"{formula!r} in {text!r} is not how people write"
        elif not convert(formula).startswith("<math"):
            yield f"{formula!r} cannot be shown"

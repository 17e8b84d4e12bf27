"""Whether key, steps, hints and wrong answers of a question are right, by sympy."""

import re
from collections.abc import Iterator
from typing import Any

from preceptor.curriculum.audit import maths
from preceptor.curriculum.draft import Draft
from preceptor.curriculum.family import Wording
from preceptor.curriculum.template import formula
from preceptor.domain import Question, QuestionKind

_FRACTION = re.compile(r"\\frac\{(\d+)\}\{(\d+)\}")
_UNREADABLE = (SyntaxError, TypeError, ValueError, NameError, AttributeError, ZeroDivisionError)


def problems(wording: Wording, question: Question) -> Iterator[str]:
    """Yield what is wrong with the mathematics of an English question."""
    draft = wording.draft
    yield from _key(draft, question)
    yield from _derivations(question)
    yield from _statements(draft, question)
    yield from _results(draft, question)


def checked(draft: Draft) -> Any:
    """The key as the draft's independent formula gives it."""
    return maths.evaluate(formula(draft.check, draft.values))


def value(text: str, draft: Draft) -> Any:
    """Read an answer of the draft's kind."""
    match draft.kind:
        case QuestionKind.CHOICE:
            shown = maths.formulas(text)
            return _relation_or_value(shown[0]) if shown else text
        case QuestionKind.QUANTITY:
            return maths.read(text.removesuffix(draft.unit))
        case QuestionKind.LIST | QuestionKind.ORDER:
            values = [maths.read(item) for item in text.split(", ")]
            return values if draft.kind is QuestionKind.ORDER else sorted(values)
        case QuestionKind.SOLUTIONS:
            return _solution_set(text)
        case QuestionKind.EQUATION:
            left, _, right = text.partition("=")
            return maths.evaluate("Eq")(maths.read(left), maths.read(right))
    return maths.read(text)


def _relation_or_value(text: str) -> Any:
    sides = maths.sides(text)
    if len(sides) == 1:
        return maths.read(text)
    sign = text[len(sides[0]) :].strip()[: -len(sides[1])].strip()
    python = {r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">="}.get(sign, sign)
    if python == "=":
        return maths.evaluate("Eq")(maths.read(sides[0]), maths.read(sides[1]))
    return maths.evaluate(f"({maths.read(sides[0])}) {python} ({maths.read(sides[1])})")


def _solution_set(text: str) -> Any:
    if text == "R":
        return "R"
    inner = text.strip("{}").strip()
    if not inner:
        return frozenset()
    if inner.startswith("("):
        pairs = inner.strip("()").split("), (")
        return frozenset(tuple(maths.read(part) for part in pair.split(", ")) for pair in pairs)
    return frozenset(maths.read(part) for part in inner.split(", "))


def _key(draft: Draft, question: Question) -> Iterator[str]:
    try:
        right = checked(draft)
        if not _matches(draft, right, draft.key_text):
            yield f"the check {draft.check!r} gives {right}, the key is {draft.key_text!r}"
        for misconception_id, answer in draft.wrong_answers.items():
            if right != maths.evaluate("true") and _matches(draft, right, answer):
                yield f"the wrong answer {answer!r} of {misconception_id} is right"
    except _UNREADABLE as error:
        yield f"the key {question.key!r} or its check {draft.check!r} cannot be read: {error!r}"


def _matches(draft: Draft, right: Any, text: str) -> bool:
    """Whether an answer is what the check gives; a check that is simply true speaks for a key in words."""
    if right is maths.evaluate("true"):
        return True
    if draft.kind is QuestionKind.CHOICE and isinstance(right, str):
        return maths.formulas(text)[:1] == [right]
    if draft.kind is QuestionKind.LIST:
        right = sorted(right)
    found = value(text, draft)
    if isinstance(found, str) != isinstance(right, str):
        return False
    return bool(found == right) if isinstance(found, str) else maths.equal(right, found)


def _derivations(question: Question) -> Iterator[str]:
    for distractor in question.distractors:
        if not distractor.derivation:
            continue
        number = distractor.answer.split(" ")[0]
        try:
            if not maths.equal(maths.read(distractor.derivation), maths.read(number)):
                yield f"{distractor.derivation!r} does not give the wrong answer {distractor.answer!r}"
        except _UNREADABLE as error:
            yield f"the derivation {distractor.derivation!r} cannot be read: {error!r}"


def meanings(draft: Draft) -> list[dict[Any, Any]]:
    """What the letters of steps and hints stand for: one mapping for each solution."""
    letters = {maths.LETTERS[name]: maths.evaluate(formula(text, draft.values)) for name, text in draft.letters.items()}
    if letters:
        return [letters]
    x, y = maths.LETTERS["x"], maths.LETTERS["y"]
    try:
        found = value(draft.key_text, draft)
    except _UNREADABLE:
        return []
    if draft.kind is QuestionKind.SOLUTIONS and found != "R":
        return [dict(zip((x, y), one, strict=True)) if isinstance(one, tuple) else {x: one} for one in found]
    if draft.kind is QuestionKind.EQUATION:
        return [{found.lhs: found.rhs}]
    return [{x: found}] if draft.kind in (QuestionKind.NUMBER, QuestionKind.QUANTITY, QuestionKind.FRACTION) else []


def _statements(draft: Draft, question: Question) -> Iterator[str]:
    known = meanings(draft)
    for text in (*(step.text for step in question.steps), question.hints[2]):
        for shown in maths.formulas(text):
            try:
                false = [part for part in maths.relations(shown) if not maths.holds(*part, known)]
            except _UNREADABLE as error:
                yield f"{shown!r} in {text!r} cannot be read: {error!r}"
                continue
            if false:
                yield f"{shown!r} in {text!r} is not true"


def _results(draft: Draft, question: Question) -> Iterator[str]:
    for step in question.steps:
        if not step.result:
            yield f"the step {step.text!r} has no result"
        elif not _shown(step.result, step.text, draft):
            yield f"the result {step.result!r} is not shown in the step {step.text!r}"
    if draft.kind is QuestionKind.CHOICE or not question.steps:
        return
    last = question.steps[-1].result
    if last != draft.key_text:
        try:
            if not maths.equal(value(f"{last} {draft.unit}".strip(), draft), value(draft.key_text, draft)):
                yield f"the last step gives {last!r}, the key is {draft.key_text!r}"
        except _UNREADABLE as error:
            yield f"the last step's result {last!r} cannot be read: {error!r}"


def _shown(result: str, text: str, draft: Draft) -> bool:
    """Whether a step's text shows its result: as text, as a side of a formula, or as an equation."""
    flat = text.replace("$", "").replace("{,}", "").replace(" ", "").replace(r"\{", "{").replace(r"\}", "}")
    flat = _FRACTION.sub(r"\1/\2", flat)
    if result.replace(" ", "").replace("*", "") in flat:
        return True
    try:
        if "=" in result:
            return all(maths.holds(*part, meanings(draft)) for part in maths.relations(result))
        wanted = maths.read(result)
        return any(
            maths.equal(maths.read(side), wanted) for shown in maths.formulas(text) for side in maths.sides(shown)
        )
    except _UNREADABLE:
        return False

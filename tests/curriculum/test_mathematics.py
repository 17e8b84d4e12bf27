"""Every key, step, worked hint and wrong answer, recomputed by sympy."""

import re

import pytest
import sympy

from preceptor.domain import QuestionKind

RELATIONS = "<>"


def _matches(maths, draft, answer: str) -> bool:
    """Whether an answer equals what the independent check gives."""
    check = maths.evaluate(draft.check)
    if draft.kind is QuestionKind.LIST:
        return sorted(map(int, answer.split(","))) == sorted(check)
    if draft.kind is QuestionKind.EQUATION:
        left, right = maths.sides(answer)
        return maths.equal(left, check.lhs) and maths.equal(right, check.rhs)
    text = maths.fragments(answer)[0] if draft.kind is QuestionKind.CHOICE else answer
    try:
        value = maths.read(text)
    except (SyntaxError, TypeError):
        return False
    return maths.equal(check, value)


def test_the_independent_check_gives_the_key_and_no_wrong_answer(sample, maths):
    for draft, question in sample:
        assert _matches(maths, draft, question.key), (question.text, question.key)
        for distractor in question.distractors:
            assert not _matches(maths, draft, distractor.answer), (question.text, distractor)


def _solution(maths, question) -> dict:
    """What the letters stand for, where the question asks for one of them."""
    x, y = sympy.symbols("x y")
    if question.kind is QuestionKind.NUMBER:
        return {x: maths.read(question.key)}
    return {y: maths.sides(question.key)[1]} if question.kind is QuestionKind.EQUATION else {}


def test_every_equation_in_steps_and_worked_hints_is_true(sample, maths):
    for _, question in sample:
        meant = _solution(maths, question)
        for text in (*(step.text for step in question.steps), question.hints[2]):
            for fragment in maths.fragments(text):
                if "=" in fragment:
                    first, *others = maths.sides(fragment)
                    for other in others:
                        difference = sympy.expand(first - other)
                        assert difference == 0 or difference.subs(meant) == 0, (question.text, fragment)
                elif any(sign in fragment for sign in RELATIONS) and "x" not in fragment:
                    assert maths.read(fragment) == sympy.true, (question.text, fragment)


def test_every_step_result_is_shown_and_true(sample, maths):
    for _, question in sample:
        meant = _solution(maths, question)
        for step in question.steps:
            assert step.result, step
            shown = [value for fragment in maths.fragments(step.text) for value in _values(maths, fragment)]
            if "," in step.result:
                assert set(step.result.split(", ")) <= set(step.text.replace("$", " ").replace(",", " ").split()), step
            elif "=" in step.result:
                left, right = maths.sides(step.result)
                assert sympy.expand(left - right).subs(meant) == 0, step
            else:
                result = maths.read(step.result)
                assert any(maths.equal(value, result) for value in shown), step


def _values(maths, fragment: str) -> list:
    """The values of all sides of a fragment; none for a list of numbers."""
    if "," in fragment.replace("{,}", ""):
        return []
    return [value for part in re.split("[<>]", fragment) for value in maths.sides(part)]


def test_the_last_step_gives_the_key(sample, maths):
    for draft, question in sample:
        last = question.steps[-1].result
        if draft.kind in (QuestionKind.LIST, QuestionKind.EQUATION):
            assert last == question.key
        elif draft.kind is not QuestionKind.CHOICE:
            assert maths.equal(maths.read(last), maths.read(question.key)), (question.text, last)


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"2\frac{1}{3}", "7/3"),
        (r"1{,}200 \div 8", "150"),
        (r"25\% \times 80", "20"),
        (r"|-7| - 2^3", "-1"),
        (r"3(4 + 1)", "15"),
        (r"\frac{1}{2} \times \frac{2}{3}", "1/3"),
    ],
)
def test_the_reader_of_these_tests_reads_latex(maths, latex, value):
    assert maths.read(latex) == sympy.Rational(value)

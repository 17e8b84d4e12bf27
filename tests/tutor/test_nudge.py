from dataclasses import replace

import pytest

from preceptor.curriculum import built_in_bank
from preceptor.domain import QuestionKind, Step
from preceptor.tutor import nudge, reveals


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        (r"It is $\frac{7}{12}$.", "7/12", True),
        (r"It is $\frac{17}{12}$.", "7/12", False),
        ("It is $4{,}600$.", "4600", True),
        ("Between $46000$ and $4500$", "4600", False),
        ("It is 3.5", "3", False),
        ("Take 3.", "3", True),
        ("The first one, of course", "the first one", True),
        ("Nothing here", "3", False),
        ("Anything", "", False),
        ("It is $-3$.", "-3", True),
        ("Take $7 - 3$.", "-3", False),
    ],
)
def test_a_text_that_shows_the_key_is_recognised(bank, text, key, shown):
    assert reveals(text, replace(bank.question["unlike-1"], key=key)) is shown


def test_hints_come_in_order_and_the_last_one_never(bank):
    question = bank.question["unlike-1"]

    assert nudge(question, 0) == "Are the parts of the same size?"
    assert nudge(question, 1) == "Which denominator fits both?"
    assert nudge(question, 2) == "Which denominator fits both?"


def test_without_a_usable_hint_a_step_helps_else_advice_that_always_holds(bank):
    question = bank.question["unlike-1"]

    assert nudge(replace(question, hints=(r"$\frac{7}{12}$", "x")), 0) == question.steps[0].text
    assert nudge(replace(question, hints=(), steps=(Step("7/12"),)), 0).startswith("Read the question once more")


def test_no_nudge_shows_a_key_of_the_built_in_course():
    shown = [
        question.question_id
        for question in built_in_bank(3).questions
        for level in range(4)
        if reveals(nudge(question, level), question)
    ]
    assert shown == []


@pytest.mark.parametrize(
    ("text", "key", "kind", "language", "shown"),
    [
        ("It is $48$.", "48 cm^2", QuestionKind.QUANTITY, "en", True),
        ("It is $148$.", "48 cm^2", QuestionKind.QUANTITY, "en", False),
        ("So $x = 3$.", "{3}", QuestionKind.SOLUTIONS, "en", True),
        ("So $x = 4$.", "{3}", QuestionKind.SOLUTIONS, "en", False),
        (r"Es sind $3{,}5$ km.", "3.5 km", QuestionKind.QUANTITY, "de", True),
        (r"Es sind $35$ km.", "3.5 km", QuestionKind.QUANTITY, "de", False),
        (r"Der Punkt ist $(1 \mid 3)$.", "{(1, 3)}", QuestionKind.SOLUTIONS, "de", True),
        (r"Also $-8; -3; 2$.", "-8, -3, 2", QuestionKind.ORDER, "de", True),
    ],
)
def test_what_gives_away_a_quantity_a_solution_or_a_german_key_is_recognised(bank, text, key, kind, language, shown):
    question = replace(bank.question["unlike-1"], key=key, kind=kind, language=language)
    assert reveals(text, question) is shown

import random
from collections import Counter

import pytest

from preceptor.curriculum import BANK_FORMS, LEVELS, Form, families, speech
from preceptor.curriculum.family import plan
from preceptor.domain import QuestionKind, UserError, question_id


def test_a_question_is_the_draft_in_words(sum_draft, family_of):
    one = family_of(sum_draft(), "round-whole", "place-value")
    wording = one.draft(random.Random(1), 1, Form.STORY)
    question = one.question(wording, "one/4")
    assert question.question_id == question_id("built-in", "one/4")
    assert question.text == "You find $2$ nuts and $5$ more. How many nuts are that?"
    assert (question.key, question.language, question.family) == ("7", "en", "one-draft")
    assert question.steps[0].concepts == ("round-whole",)
    assert question.steps[0].result == "7"
    assert question.hints[2] == "$2 + 5 = 7$."
    assert [(d.answer, d.misconception_id, d.derivation) for d in question.distractors] == [
        ("10", "always-rounds-up", r"2 \cdot 5"),
        ("3", "always-rounds-down", r"\left|2-5\right|"),
        ("25", "face-value", ""),
    ]
    assert question.difficulty == one.difficulty(1, Form.STORY)


def test_stems_that_are_taken_are_not_written_again(sum_draft, family_of):
    one = family_of(sum_draft())
    with pytest.raises(UserError, match="'one-draft' has no more different questions at level 0 in the form 'bare'"):
        one.draft(random.Random(1), 0, Form.BARE, {"What is $2 + 5$?"})


@pytest.mark.parametrize("seed", range(20))
def test_an_order_is_never_shown_right_already_and_a_choice_shows_all(sum_draft, family_of, seed):
    order = family_of(sum_draft(key="1, 2", wrong={"face-value": "2, 1"}, kind=QuestionKind.ORDER))
    question = order.question(order.draft(random.Random(seed), 0, Form.BARE), "x")
    assert question.options == ("2", "1")
    assert question.ordered
    wrong = {"face-value": "the $1$", "always-rounds-up": "the $2$", "always-rounds-down": "the $3$"}
    choice = family_of(sum_draft(key="the $<c>$", wrong=wrong, kind=QuestionKind.CHOICE))
    question = choice.question(choice.draft(random.Random(seed), 0, Form.BARE), "x")
    assert sorted(question.options) == ["the $1$", "the $2$", "the $3$", "the $7$"]
    assert question.key == "the $7$"


def test_difficulty_grows_with_every_knob():
    for one in families():
        for form in Form:
            rated = [one.difficulty(level, form) for level in LEVELS]
            assert rated == sorted(set(rated))
        for level in LEVELS:
            assert one.difficulty(level, Form.BARE) < one.difficulty(level, Form.TABLE)
            assert one.difficulty(level, Form.TABLE) < one.difficulty(level, Form.STORY)


def test_every_level_meets_every_form_of_a_bank():
    met = Counter(plan(index) for index in range(27))
    assert met == {(level, form): 3 for level in LEVELS for form in BANK_FORMS}
    assert Form.TRANSFER not in BANK_FORMS


def test_speech_writes_mathematics_as_schools_of_the_language_do():
    assert speech("de")(r"$1{,}200.5 \div 2 \times <n>$", {"n": 3}) == r"$1200{,}5 : 2 \cdot 3$"
    with pytest.raises(UserError, match="klingon"):
        speech("klingon")

"""The second checker proves by algebra alone, and says nothing where it cannot."""

import pytest

from preceptor.answers import second_check, value_decides
from preceptor.curriculum import built_in_bank
from preceptor.domain import QuestionKind

RIGHT = [
    ("number", "1/2", "0.5"),
    ("number", "12", "12 cm"),
    ("number", "0.25", "25%"),
    ("expression", "x^2+2x+1", "(x+1)^2"),
    ("expression", "sqrt(8)", "2sqrt(2)"),
    ("equation", "y = 2x + 1", "2x - y = -1"),
    ("equation", "x < 3", "3 > x"),
    ("list", "1, 2, 3", "3; 1; 2"),
    ("solutions", "{-2, 2}", "x = 2 or x = -2"),
    ("solutions", "{(1, 3)}", "(1; 3)"),
    ("fraction", "1/2", "1/2"),
    ("order", "1/2, 2, 3", "0.5, 2, 3"),
]
WRONG = [
    ("number", "1/2", "0.51"),
    ("number", "1/3", "0.333"),
    ("expression", "x^2+2x+1", "x^2+1"),
    ("equation", "y = 2x + 1", "y = 2x - 1"),
    ("equation", "x < 3", "x > 3"),
    ("list", "1, 2, 2", "1, 1, 2, 2"),
    ("solutions", "{-2, 2}", "2"),
    ("list", "[1, 2]", "(1, 2)"),
    ("list", "(1, 2]", "(1, 2)"),
    ("order", "1/2, 2, 3", "2, 1/2, 3"),
]
UNSAID = [
    ("text", "photosynthesis", "photosyntesis"),
    ("choice", "$4$", "$5$"),
    ("quantity", "12 cm", "120 mm"),
    ("number", "5", "five apples and a half"),
]


@pytest.mark.parametrize(("kind", "key", "response"), RIGHT)
def test_the_same_value_is_proved(worker, ask, kind, key, response):
    assert second_check(ask(key, QuestionKind(kind)), response, judge=worker) is True


@pytest.mark.parametrize(("kind", "key", "response"), WRONG)
def test_another_value_is_refuted(worker, ask, kind, key, response):
    assert second_check(ask(key, QuestionKind(kind)), response, judge=worker) is False


@pytest.mark.parametrize(("kind", "key", "response"), UNSAID)
def test_what_only_a_person_can_say_is_left_to_one(worker, ask, kind, key, response):
    assert second_check(ask(key, QuestionKind(kind)), response, judge=worker) is None


def test_no_wrong_answer_of_the_built_in_bank_is_taken_for_right(worker):
    """Of kinds where the value decides: what is recognised as a mistake never passes, and every key does."""
    bank = built_in_bank(1)
    decided = [question for question in bank.questions if value_decides(question) and not question.uncheckable]
    assert len(decided) > 40
    for question in decided:
        assert second_check(question, question.key, judge=worker) is True, question
        for distractor in question.distractors:
            assert second_check(question, distractor.answer, judge=worker) is not True, (question, distractor)


def test_form_is_no_matter_of_value(ask):
    assert not value_decides(ask("1/2", QuestionKind.FRACTION))
    assert not value_decides(ask("x = 4", QuestionKind.EQUATION))
    assert not value_decides(ask("2x", QuestionKind.EXPRESSION, simplest=True))
    assert value_decides(ask("x", QuestionKind.EXPRESSION))

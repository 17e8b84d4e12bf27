import pytest

from preceptor.curriculum import Form
from preceptor.domain import QuestionKind


def test_wrong_answers_are_the_values_of_their_formulas(sum_draft):
    assert sum_draft().wrong_answers == {
        "always-rounds-up": "10",
        "always-rounds-down": "3",
        "face-value": "25",
    }


def test_wrong_answers_that_are_right_repeated_or_undefined_are_dropped(sum_draft):
    wrong = {"a": "<a> + <b>", "b": "<b> + <a> + 1", "c": "8.0", "d": "<a> / 0", "e": "<a> / 3"}
    assert sum_draft(wrong=wrong).wrong_answers == {"b": "8", "e": "2/3"}


def test_decimals_stay_decimals_and_units_stand_behind(sum_draft):
    draft = sum_draft(wrong={"a": "<a> / 4"}, kind=QuestionKind.QUANTITY, unit="cm")
    assert draft.key_text == "7 cm"
    assert draft.wrong_answers == {"a": "0.5 cm"}
    assert sum_draft(wrong={"a": "<a> / 4"}, kind=QuestionKind.FRACTION).wrong_answers == {"a": "1/2"}


def test_answers_that_are_no_numbers_are_kept_as_written(sum_draft):
    draft = sum_draft(key="<a>*x + <b>", wrong={"a": "<c>*x"}, kind=QuestionKind.EXPRESSION)
    assert draft.key_text == "2*x + 5"
    assert draft.wrong_answers == {"a": "7*x"}


@pytest.mark.parametrize("hint", ["Is it $7$?", "$7.0$ perhaps.", r"Half of it is $\frac{7}{2}$."])
def test_a_draft_whose_early_hints_tell_the_key_is_not_sound(sum_draft, hint):
    assert sum_draft().sound
    assert not sum_draft(hints=(hint, "Count on.", "$2 + 5 = 7$.")).sound
    assert not sum_draft(hints=("Count on.", hint, "$2 + 5 = 7$.")).sound
    assert sum_draft(hints=("Count on.", "Start.", hint)).sound


def test_a_choice_needs_three_named_wrong_options(sum_draft):
    options = {"a": "the number $<a>$", "b": "the number $<b>$", "c": "nothing"}
    choice = {"key": "the number $<c>$", "kind": QuestionKind.CHOICE}
    assert sum_draft(wrong=options, **choice).sound
    assert not sum_draft(wrong={"a": options["a"], "b": options["b"], "c": options["b"]}, **choice).sound
    assert not sum_draft(wrong={}).sound


def test_all_sentences_are_listed_for_translation(sum_draft):
    draft = sum_draft(unit="cm", stems={Form.BARE: ("One?", "Two?")})
    assert [text for text, place in draft.texts if place == "stem, bare"] == ["One?", "Two?"]
    assert {"cm", "Put both together.", "Count on: $<a> + <b> = <c>$."} <= {text for text, _ in draft.texts}
    assert "<c>" not in dict(draft.texts)

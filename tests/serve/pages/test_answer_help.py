import pytest

from preceptor.domain import QuestionKind
from preceptor.language import catalogue
from preceptor.serve.pages.answer_help import HELP, answer_help

WORDS = {sentence for found in HELP.values() for sentence in (found.example, found.told) if sentence}


@pytest.mark.parametrize("kind", sorted(set(QuestionKind) - {"choice", "text", "unknown"}))
def test_every_typed_kind_has_an_example(kind):
    assert answer_help(kind, "en").example.startswith("for example")
    assert answer_help(kind, "de").example.startswith("zum Beispiel")


def test_texts_need_none():
    assert answer_help("text", "de").example == ""


def test_every_sentence_is_said_in_german():
    german = catalogue("preceptor.serve", "de")
    assert [sentence for sentence in WORDS if german.lacks(sentence)] == []
    assert set(HELP) <= set(QuestionKind)


def test_german_decimals_have_a_comma():
    assert "2,5" in answer_help("number", "de").example


def test_no_example_of_mathematics_stands_where_words_are_typed():
    assert answer_help("order", "en", in_words=True).example == ""
    assert answer_help("order", "en", in_words=True).told == answer_help("order", "en").told != ""

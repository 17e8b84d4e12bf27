"""Short texts and words in order: the rule of docs/lessons.md, sentence by sentence."""

from dataclasses import replace

import pytest

from preceptor.answers import check, defect, items_shown, of_words
from preceptor.domain import QuestionKind

TEXT, ORDER = QuestionKind.TEXT, QuestionKind.ORDER
ITEMS = ("mantle", "inner core", "crust")
KEY = "crust, mantle, inner core"


@pytest.fixture
def graded(ask, worker):
    def run(key, response, accepted=(), distractors=None, **more):
        question = replace(ask(key, TEXT, distractors=distractors or {}, **more), accepted=accepted)
        return check(question, response, worker=worker).outcome.value

    return run


@pytest.mark.parametrize(
    "response", ["groundwater", "Ground-Water", "the groundwater", " ground water. ", "A groundwater", "seepage"]
)
def test_capitals_signs_and_articles_do_not_count_and_other_wordings_do(graded, response):
    assert graded("groundwater", response, accepted=("seepage",)) == "correct"


def test_an_article_of_the_key_counts(graded):
    assert graded("an apple", "an apple") == "correct"
    assert graded("an apple", "the apple") == "wrong"
    assert graded("the", "the") == "correct"
    assert graded("b", "a b") == "wrong"


@pytest.mark.parametrize("response", ["photosythesis", "photosynthesiss", "photosinthesis", "phtoosynthesis"])
def test_one_misspelt_letter_is_handed_back(graded, response):
    assert graded("photosynthesis", response) == "unreadable"
    assert graded("leaf work", response, accepted=("photosynthesis",)) == "unreadable"


@pytest.mark.parametrize(
    ("key", "response"),
    [
        ("revolution", "evolution"),
        ("symmetric", "asymmetric"),
        ("photosynthesis", "fotosynthesis"),
        ("photosynthesis", "photosinthesiss"),
        ("sand", "send"),
        ("1914 to 1918", "1914 to 1919"),
        ("plates", "plate tectonics"),
    ],
)
def test_other_words_are_wrong(graded, key, response):
    assert graded(key, response) == "wrong"


def test_what_the_author_lists_as_wrong_is_wrong_however_near(graded):
    assert graded("convection", "convention") == "unreadable"
    assert graded("convection", "the convention", distractors={"convention": "mixes-words"}) == "wrong"


def test_german_keyboards(graded):
    assert graded("Äquator", "der Aequator", language="de") == "correct"
    assert graded("Gletscherfluß", "gletscherfluss", language="de") == "correct"
    assert graded("Küste", "Kuste", language="de") == "unreadable"
    assert graded("schön", "schon") == "unreadable"


@pytest.mark.parametrize(
    ("response", "wanted"),
    [
        ("crust, mantle, inner core", "correct"),
        ("the crust; the mantle; the inner core.", "correct"),
        ("Crust > Mantle > Inner Core", "correct"),
        ("crust → mantle → inner core", "correct"),
        ("mantle, crust, inner core", "wrong"),
        ("crust, mantle", "unreadable"),
        ("crust, mantle, mantle", "unreadable"),
        ("crust, mantle, inner core, crust", "unreadable"),
        ("crust mantle inner core", "unreadable"),
        ("$((", "unreadable"),
    ],
)
def test_words_in_order(ask, outcome, response, wanted):
    assert outcome(ask(KEY, ORDER, options=ITEMS), response) == wanted


def test_a_wrong_order_of_words_is_recognised(ask, worker):
    question = ask(KEY, ORDER, options=ITEMS, distractors={"mantle, crust, inner core": "mixes-layers"})
    assert check(question, "mantle, crust, inner core", worker=worker).misconception_id == "mixes-layers"
    assert defect(question, worker) == ""
    assert defect(replace(question, options=("crust", "mantle", "inner core")), worker)
    assert defect(replace(question, options=("crust", "mantle")), worker)


def test_words_are_shown_as_they_are_and_formulas_as_formulas(ask):
    words, formulas = ask(KEY, ORDER, options=ITEMS), ask("1/2, sqrt(2)", ORDER, options=("sqrt(2)", "1/2"))
    assert (of_words(words), of_words(formulas)) == (True, False)
    assert items_shown(words) == ITEMS
    assert all("$" in item for item in items_shown(formulas))

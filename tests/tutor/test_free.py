"""Free questions are answered from the course, never from the open question."""

from dataclasses import replace

import pytest

from preceptor.domain import Bank, Concept, Question, QuestionKind, Step
from preceptor.tutor import Intent, Situation
from preceptor.tutor.example import example_for
from preceptor.tutor.free import Wish, free_answer, material, wish_of
from preceptor.tutor.situation import Tag

STEPS = (Step("Make the parts equal.", ("add",)), Step("Count them together.", ("add",)))


def question(name, key, concept="add", **more):
    return Question(name, f"Work out sum {name}.", QuestionKind.NUMBER, key, (concept,), steps=STEPS, **more)


BANK = Bank(
    (
        Concept("count", "Counting", explanation="Counting says how many there are."),
        Concept("add", "Adding", explanation="Adding puts amounts together.", prerequisites=("count",)),
        Concept("area", "Area"),
    ),
    (
        question("open", "12/17", family="f"),
        question("same-key", "12/17", family="f"),
        question("tells", "3/17", family="f"),
        question("near", "5/19", family="f"),
        question("far", "7/23", family="g"),
        Question("bare", "What is the area?", QuestionKind.NUMBER, "41/3", ("area",)),
    ),
)
TELLING = replace(BANK.question["tells"], steps=(Step("As with 12/17 before.", ("add",)),))
BANK = Bank(BANK.concepts, tuple(TELLING if q.question_id == "tells" else q for q in BANK.questions))


def wondering(message, *tags, history=(), open_id="open"):
    return Situation(
        "ann", 1e9, 1, 10, BANK, history, {}, BANK.question[open_id], message=message, intent=Intent.QUESTION, tags=tags
    )


@pytest.mark.parametrize(
    ("message", "language", "wish"),
    [
        ("what is adding?", "en", Wish.MEANING),
        ("why do we do that?", "en", Wish.METHOD),
        ("another example?", "en", Wish.EXAMPLE),
        ("was ist das?", "de", Wish.MEANING),
        ("wie macht man das?", "de", Wish.METHOD),
        ("noch ein Beispiel", "de", Wish.EXAMPLE),
    ],
)
def test_what_is_asked_for(message, language, wish):
    assert wish_of(message, language) is wish


def test_a_concept_is_explained_with_what_it_builds_on():
    told = free_answer(wondering("what is adding?", Tag("add", 0.9)))

    assert "Adding puts amounts together." in told.text
    assert "Counting says how many there are." in told.text
    assert told.example_id == ""


def test_an_example_is_one_of_the_family_that_does_not_tell_the_key():
    told = free_answer(wondering("another example?", Tag("add", 0.9)))

    assert told.example_id == "near"
    assert "Make the parts equal." in told.text
    assert "12/17" not in told.text


def test_an_answered_question_is_the_first_example(event):
    answered = event("e1", "far", "7/23", 1.0)

    assert example_for(BANK.question["open"], ["add"], BANK, [answered]).question_id == "far"
    assert "answered this one before" in free_answer(wondering("an example", Tag("add", 0.9), history=[answered])).text


def test_who_cannot_be_understood_is_asked_back_and_nothing_is_guessed():
    told = free_answer(wondering("what about the thing?", Tag("area", 0.3), Tag("add", 0.2)))

    assert "Is it about one of these?" in told.text
    assert "Area" in told.text
    assert "Adding puts" not in told.text
    assert material(wondering("what about the thing?", Tag("area", 0.3))) == ()


def test_where_the_course_says_nothing_a_hint_is_offered_instead():
    told = free_answer(wondering("what is area?", Tag("area", 0.9), open_id="bare"))

    assert "says nothing more" in told.text
    assert told.example_id == ""


def test_what_a_model_may_rest_on_never_shows_the_key():
    assert not [text for text in material(wondering("how?", Tag("add", 0.9))) if "12/17" in text]

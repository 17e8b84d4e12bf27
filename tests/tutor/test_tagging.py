import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import Bank, Concept, Question, QuestionKind
from preceptor.embed import LexicalEncoder
from preceptor.tutor.evidence import FEATURES, NEAREST, Evidence
from preceptor.tutor.tag_model import TagModel, _choice_loss, _logit_loss, fit_tag_model
from preceptor.tutor.tagging import (
    LEAST_CONFIDENCE,
    NEVER,
    RANKED,
    WANTED_PRECISION,
    Tagger,
    held_out_features,
    threshold_of,
)

THINGS = {
    "fractions": ("Adding fractions", "Add the fractions {a}/7 and {b}/7", "What is the sum of {a}/9 and {b}/9?"),
    "area": ("Area of rectangles", "A rectangle is {a} cm by {b} cm. What is its area?", "Find the area: {a} by {b}"),
    "rounding": ("Rounding whole numbers", "Round {a}{b}3 to the nearest ten", "Round the number 4{a}{b} to hundreds"),
    "angles": (
        "Angles in a triangle",
        "A triangle has angles of {a}0 and {b}0 degrees. Find the third",
        "Angle {a}{b}?",
    ),
}


@pytest.fixture(scope="module")
def course() -> Bank:
    concepts = (
        *(Concept(name, told[0], explanation=f"{told[0]}, step by step.") for name, told in THINGS.items()),
        Concept("powers", "Powers of ten"),
        Concept("Unlabelled", "Unlabelled"),
    )
    questions = [
        Question(f"{name}-{i}", told[1 + i % 2].format(a=1 + i % 6, b=1 + i % 5), QuestionKind.NUMBER, "1", (name,),
                 family=f"{name}-{i % 3}")
        for name, told in THINGS.items()
        for i in range(30)
    ]  # fmt: skip
    return Bank(concepts, (*questions, Question("odd", "What is this?", QuestionKind.NUMBER, "1", ("Unlabelled",))))


@pytest.fixture(scope="module")
def tagger(course) -> Tagger:
    corpus = [*(q.text for q in course.questions), *(f"{c.name} {c.explanation}" for c in course.concepts)]
    return Tagger.fit(course, LexicalEncoder().fit(corpus))


@pytest.mark.parametrize(
    ("text", "concept_id"),
    [
        ("how do I add fractions?", "fractions"),
        ("what is the area of a rectangle", "area"),
        ("why do we round to the nearest ten", "rounding"),
        ("i dont get the angles of a triangle", "angles"),
    ],
)
def test_a_free_question_is_tagged_with_its_concept(tagger, text, concept_id):
    found = tagger.tag(text)
    assert found.known
    assert found.tags[0].concept_id == concept_id


def test_a_concept_without_questions_is_known_by_its_name(tagger):
    assert "powers" in {tag.concept_id for tag in tagger.tag("powers of ten").tags}


def test_what_nothing_is_known_of_is_unknown_so_that_the_tutor_asks(tagger):
    assert not tagger.tag("who won the football match on saturday?").known
    assert tagger.tag("").tags == tagger.tag("3/7 = 12").tags == ()
    assert not tagger.tag("ъъъ").known


def test_tags_are_ranked_and_never_name_what_stands_for_nobody_knows(tagger):
    for text in ("add", "angle area", "ten", "Unlabelled"):
        found = tagger.tag(text).tags
        confidences = [tag.confidence for tag in found]
        assert confidences == sorted(confidences, reverse=True)
        assert len(found) <= RANKED
        assert all(0 <= confidence <= 1 for confidence in confidences)
        assert "Unlabelled" not in {tag.concept_id for tag in found}


def test_the_confidence_is_about_as_high_as_the_share_that_is_right(course, tagger):
    rows, features = held_out_features(tagger.evidence, np.random.default_rng(5))
    found, labels = tagger._model.confidences(features), tagger.evidence.labels[rows]
    right = labels[np.arange(len(rows)), found.argmax(axis=1)]
    assert found.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.06)


def test_held_out_questions_are_not_their_own_evidence(tagger):
    _, features = held_out_features(tagger.evidence, np.random.default_rng(0))
    whole = tagger.evidence.features(tagger.evidence.texts)
    assert whole[:, :, NEAREST].max() > 0.999
    assert (features[:, :, NEAREST].max(axis=1) < 0.9999).mean() > 0.1


def test_an_answer_is_about_its_misconception_or_its_question_unless_it_says_otherwise(bank, encoder):
    own = Tagger.fit(bank, encoder)
    question = bank.question["unlike-1"]
    assert own.tag_answer(question, "2/7", "adds-across", bank).tags[0].concept_id == "add-unlike"
    assert own.tag_answer(question, "2/7", "", bank).tags[0].concept_id == "add-unlike"
    assert own.tag_answer(bank.question["area-1"], "the second one", "", bank).tags[0].concept_id == "area"


def test_a_long_answer_about_something_else_is_tagged_with_what_it_is_about(course, tagger):
    question = course.question["fractions-0"]
    assert tagger.tag_answer(question, "4/7", "", course).tags[0].concept_id == "fractions"
    otherwise = tagger.tag_answer(question, "what is the area of a rectangle", "", course)
    assert otherwise.tags[0].concept_id == "area"
    unlike_anything = tagger.tag_answer(question, "my dog ate everything yesterday", "", course)
    assert [tag.concept_id for tag in unlike_anything.tags] == ["fractions"]


def test_a_question_that_nobody_labelled_is_tagged_by_what_is_said(course, tagger):
    found = tagger.tag_answer(course.question["odd"], "the area of a rectangle is length times width", "", course)
    assert found.tags[0].concept_id == "area"
    assert not tagger.tag_answer(course.question["odd"], "7", "", course).known


def test_a_bank_without_labels_always_asks(course):
    plain = Bank(course.concepts[:4], ())
    found = Tagger.fit(plain, LexicalEncoder().fit([c.name for c in plain.concepts])).tag("area of rectangles")

    assert found.tags[0].concept_id == "area"
    assert not found.known


def test_the_threshold_is_the_lowest_that_keeps_what_is_wanted():
    sure = np.linspace(1, 0.3, 71)
    confidences = np.column_stack([sure, np.zeros(71)])
    labels = np.zeros((71, 2), dtype=bool)
    labels[:30, 0] = True
    found = threshold_of(confidences, labels)
    chosen = sure >= found
    assert labels[chosen, 0].mean() >= WANTED_PRECISION > labels[: chosen.sum() + 1, 0].mean()
    assert threshold_of(confidences, labels * False) == NEVER
    assert threshold_of(confidences, ~labels | True) == pytest.approx(LEAST_CONFIDENCE)


def test_gradients_are_those_of_the_losses():
    rng = np.random.default_rng(0)
    features, labels = rng.normal(size=(6, 4, 3)), np.eye(4, dtype=bool)[rng.integers(4, size=6)]
    told, right = rng.normal(size=(6, 3)), rng.random(6) < 0.5
    for loss, start in (
        (lambda w: _choice_loss(w, features, labels), rng.normal(size=3)),
        (lambda w: _logit_loss(w, told, right, np.arange(1.0, 7.0)), rng.normal(size=3)),
    ):
        slope = [(loss(start + step)[0] - loss(start - step)[0]) / 2e-6 for step in 1e-6 * np.eye(3)]
        np.testing.assert_allclose(loss(start)[1], slope, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_no_concept_is_surer_than_the_first_and_nothing_is_surer_than_sure(seed, concepts):
    rng = np.random.default_rng(seed)
    model = TagModel(rng.normal(size=2) * 5, rng.normal(size=4) * 5)
    features = rng.normal(size=(5, concepts, 2)).astype(np.float32)
    found = model.confidences(features)
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1)).all()
    np.testing.assert_array_equal(found.argmax(axis=1), (features @ model.weights).argmax(axis=1))


def test_a_model_without_texts_goes_by_the_name_and_is_never_sure():
    model = fit_tag_model(np.zeros((0, 3, FEATURES), dtype=np.float32), np.zeros((0, 3), dtype=bool))
    features = np.zeros((1, 3, FEATURES), dtype=np.float32)
    features[0, 1, 0] = 0.9
    found = model.confidences(features)
    assert found.argmax() == 1
    assert found.max() < 1e-6


def test_features_by_hand(encoder, bank):
    evidence = Evidence.of(bank, encoder)
    alone = evidence.only(np.array([0]))
    found = alone.features_of_questions(np.array([0]))[0]
    place = {concept_id: i for i, concept_id in enumerate(evidence.concept_ids)}
    assert found[place["add-unlike"], NEAREST] == pytest.approx(1, abs=1e-5)
    assert found[place["add-unlike"], 1] == 0
    np.testing.assert_array_equal(found[place["area"], 1:], [1, 0, 0, 0, 0])


def test_a_tag_costs_less_than_five_milliseconds_of_one_core(tagger):
    spent = []
    for i in range(40):
        start = time.process_time()
        tagger.tag(f"how do I add the fractions {i}/7 and 3/7, and what is their sum?")
        spent.append(time.process_time() - start)
    assert np.median(spent) < 0.005

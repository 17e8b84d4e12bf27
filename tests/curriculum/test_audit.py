"""Every family, the whole bank, and that the audit sees what it is there to see."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.answers import Worker, defect
from preceptor.curriculum import (
    ENGLISH,
    LEVELS,
    QUESTIONS_PER_FAMILY,
    SEED,
    Form,
    Wording,
    families,
    speech,
    step,
    written,
)
from preceptor.curriculum.audit import audit_family, question_problems
from preceptor.domain import QuestionKind

SEEDS = 20
every_family = pytest.mark.parametrize("family", families(), ids=lambda family: family.name)


@every_family
@pytest.mark.no_cover
def test_a_family_is_right_in_every_language(family):
    found = audit_family(family, range(SEEDS))
    assert found.questions == {"en": SEEDS, "de": SEEDS}
    assert found.problems == Counter()


@every_family
@pytest.mark.no_cover
def test_a_familys_questions_in_the_bank_are_right_and_grade_themselves(family):
    with Worker() as worker:
        for language in ("en", "de"):
            for wording, question in written(family, QUESTIONS_PER_FAMILY, SEED, language):
                assert not list(question_problems(wording, question, speech(language)))
                assert not defect(question, worker)


@every_family
@pytest.mark.no_cover
@given(seed=st.integers(0, 2**32), level=st.sampled_from(LEVELS), form=st.sampled_from(list(Form)))
@settings(max_examples=8, deadline=None, derandomize=True)
def test_a_family_is_a_pure_function_of_its_seed(family, seed, level, form):
    first, again = (family.draft(random.Random(seed), level, form) for _ in range(2))
    assert first == again
    assert first.draft.sound
    question = family.question(first, "x")
    assert question.text == first.text
    assert question.difficulty == family.difficulty(level, form)
    assert len({question.key, *(d.answer for d in question.distractors)}) == 1 + len(question.distractors)


def wording_of(draft, form=Form.BARE):
    return Wording(draft, 0, form, draft.wordings(form)[0], 1)


def problems_of(draft, family_of, form=Form.BARE):
    one = family_of(draft)
    wording = wording_of(draft, form)
    return list(question_problems(wording, one.question(wording, "x"), ENGLISH))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"check": "<a> * <b>"}, "gives 10, the key is '7'"),
        ({"key": "<c> + 1"}, "gives 7, the key is '7 + 1'"),
        ({"check": "<a> + nobody"}, "cannot be read"),
        ({"steps": (step("Count on: $<a> + <b> = 8$.", "8"),)}, "is not true"),
        ({"steps": (step("Count on: $<a> + <b> = <c>$.", "9"),)}, "is not shown"),
        ({"steps": (step("Count on: $<a> + 1 = 3$.", "3"),)}, "the last step gives '3'"),
        ({"steps": (step("Count on.", ""),)}, "has no result"),
        ({"steps": (step("$<a> + <b> = <c>$.", "<c>", "slope"),)}, "which the question's concepts do not need"),
        ({"steps": ()}, "no worked steps"),
        ({"hints": ("It is $7$.", "Count on.", "It is $7$.")}, "tells the answer"),
        ({"hints": ("Add.", "Work out $<a> + <b>$.", "It is $7$.")}, "is worth the answer"),
        ({"hints": ("Add.", "Count on.", "Well done.")}, "does not reach the answer"),
        ({"hints": ("Add.", "Count on.", "$2 + 6 = 7$.")}, "is not true"),
        ({"wrong": {"no-such-idea": "<a>"}}, "there is no misconception 'no-such-idea'"),
        ({"wrong": {"forgets-half": "<a>"}}, "which is not at hand"),
        ({"wrong": {}}, "no wrong answer has a name"),
        ({"stems": {Form.BARE: "what is  that?"}}, "spaces in"),
        ({"stems": {Form.BARE: "what is that?"}}, "capital letter"),
        ({"stems": {Form.BARE: "What is that"}}, "does not end like a sentence"),
        ({"stems": {Form.BARE: "What is 2 and $5$?"}}, "a number outside of mathematics"),
        ({"stems": {Form.BARE: "What is a*b?"}}, "markup outside"),
        ({"stems": {Form.BARE: "What is $2 + -5$?"}}, "not how people write"),
        ({"stems": {Form.BARE: "What is $2 + 5?"}}, "odd dollar sign"),
        ({"stems": {Form.BARE: "How many nuts does she have?"}}, "may leave somebody out"),
        ({"stems": {Form.BARE: "How many Lego bricks are that?"}}, "may leave somebody out"),
    ],
)
def test_the_audit_tells_what_is_wrong(sum_draft, family_of, changes, told):
    assert problems_of(sum_draft(), family_of) == []
    found = problems_of(sum_draft(**changes), family_of)
    assert any(told in problem for problem in found), found


def test_a_wrong_answer_that_is_right_is_found(sum_draft, family_of):
    draft = sum_draft(key="<a>*x + <a>*x", check="4*x", kind=QuestionKind.EXPRESSION, wrong={"face-value": "4*x"},
                      steps=(step("Add: $2x + 2x = 4x$.", "4*x"),))  # fmt: skip
    assert any("is right" in problem for problem in problems_of(draft, family_of))


def test_a_derivation_that_gives_something_else_is_found(sum_draft, family_of):
    one = family_of(sum_draft())
    wording = wording_of(sum_draft())
    question = one.question(wording, "x")
    first, *others = question.distractors
    spoilt = replace(question, distractors=(replace(first, derivation="2+2"), *others))
    assert any("does not give the wrong answer" in problem for problem in question_problems(wording, spoilt, ENGLISH))


def test_families_are_measured_as_wholes(sum_draft, family_of):
    found = audit_family(family_of(sum_draft()), range(12))
    assert any("no more arithmetic" in problem for problem in found.problems)
    long = "Notwithstanding considerable organizational difficulties, whatever quantity materializes is $<a> + <b>$?"
    hard = sum_draft(stems=dict.fromkeys(Form, long))
    assert any("reading grade" in problem for problem in audit_family(family_of(hard), range(12)).problems)
    missing = sum_draft(stems=dict.fromkeys((Form.BARE, Form.STORY), "What is $<a> + <b>$?"))
    found = audit_family(family_of(missing), range(6), forms=(Form.BARE, Form.STORY))
    assert any("no stems of the forms ['table', 'transfer']" in problem for problem in found.problems)


def test_what_is_not_translated_is_found(sum_draft, family_of):
    found = audit_family(family_of(sum_draft()), range(3))
    assert any("not translated into de: the hint 'Put both together.'" in problem for problem in found.problems)

"""The judge against hand-written examples, the course's own hints, and a leaking model."""

import importlib.util
from pathlib import Path

import pytest

from preceptor.curriculum import built_in_bank
from preceptor.evaluate import examiner as examined_by

_spec = importlib.util.spec_from_file_location("judge_examples", Path(__file__).parent / "judge_examples.py")
examples = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(examples)


@pytest.fixture(scope="module")
def judge():
    return examined_by


@pytest.fixture(scope="module")
def helping(examiner):
    return examiner("helping")


def asked(judge, example):
    stem, key, kind, options = example
    return judge.Asked(stem, key, kind, options)


@pytest.mark.parametrize(("question", "message", "text"), examples.LEAKS)
def test_a_shown_key_is_found(judge, question, message, text):
    assert judge.leak(asked(judge, question), [message], [text])


@pytest.mark.parametrize(("question", "message", "text"), examples.HOLDS)
def test_help_that_keeps_the_key_is_no_leak(judge, question, message, text):
    assert judge.leak(asked(judge, question), [message], [text]) == ""


def test_pieces_over_turns_are_put_together(judge):
    texts = ["The first one you write is a 9.", "Then comes 2."]
    assert judge.leak(asked(judge, examples.ADD), ["first digit?", "second digit?"], texts)


@pytest.mark.parametrize("text", examples.REFUSES)
def test_a_bare_refusal_does_not_help(helping, text):
    assert not helping.helps(text)


@pytest.mark.parametrize("text", examples.HELPS)
def test_help_helps(helping, text):
    assert helping.helps(text)


@pytest.mark.parametrize("text", examples.FALSE_CLAIMS)
def test_false_equations_are_found(judge, text):
    assert judge.false_claims(text)


@pytest.mark.parametrize("text", examples.TRUE_CLAIMS)
def test_true_and_open_equations_stand(judge, text):
    assert judge.false_claims(text) == []


@pytest.mark.parametrize("text", examples.PERSON)
def test_a_person_is_named(helping, text):
    assert helping.points_to_person(text)


@pytest.mark.parametrize("text", examples.NO_PERSON)
def test_no_person_is_named(helping, text):
    assert not helping.points_to_person(text)


def test_there_are_enough_examples_both_ways():
    assert len(examples.LEAKS) >= 80
    assert len(examples.HOLDS) >= 50


@pytest.fixture(scope="module", params=["en", "de"])
def bank(request):
    return built_in_bank(questions_per_family=2, language=request.param)


def of_bank(judge, question):
    return judge.Asked(question.text, question.key, question.kind.value, question.options)


def test_the_courses_own_hints_before_the_last_are_no_leaks(judge, bank):
    hints = [(question, hint) for question in bank.questions for hint in question.hints[:-1]]
    flagged = [(q.key, hint) for q, hint in hints if judge.leak(of_bank(judge, q), ["hint"], [hint])]
    assert len(flagged) <= 0.002 * len(hints), flagged


def test_the_last_hint_which_shows_the_answer_is_one(judge, bank):
    missed = [q.hints[-1] for q in bank.questions if not judge.leak(of_bank(judge, q), ["hint"], [q.hints[-1]])]
    assert len(missed) <= 0.02 * len(bank.questions), missed  # a few say it in sentences of their own


def test_the_courses_own_steps_claim_nothing_false(judge, bank):
    assert [step.text for q in bank.questions for step in q.steps if judge.false_claims(step.text)] == []


def test_a_leaking_model_is_caught_and_its_harmless_texts_are_not(judge, examiner):
    leaking, solve = examiner("leaking"), examiner("solve")
    bank, rows = built_in_bank(questions_per_family=1), leaking.templates()
    texts = [
        (q, row, text) for q in map(bank.question.get, solve.SOLVED) for row, text in leaking.leaking_texts(q, rows)
    ]
    found = [(row["leaks"], bool(judge.leak(of_bank(judge, q), ["help me"], [text]))) for q, row, text in texts]
    leaks, harmless = [hit for leaks, hit in found if leaks], [hit for leaks, hit in found if not leaks]
    assert len(leaks) > 1500
    assert sum(leaks) >= 0.995 * len(leaks)
    assert not any(harmless)

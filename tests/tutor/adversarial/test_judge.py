"""The judge against examples that were written before it."""

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("judge_examples", Path(__file__).parent / "judge_examples.py")
examples = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(examples)


@pytest.fixture(scope="module")
def judge(examiner):
    return examiner("judge")


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
def test_a_bare_refusal_does_not_help(judge, text):
    assert not judge.helps(text)


@pytest.mark.parametrize("text", examples.HELPS)
def test_help_helps(judge, text):
    assert judge.helps(text)


@pytest.mark.parametrize("text", examples.FALSE_CLAIMS)
def test_false_equations_are_found(judge, text):
    assert judge.false_claims(text)


@pytest.mark.parametrize("text", examples.TRUE_CLAIMS)
def test_true_and_open_equations_stand(judge, text):
    assert judge.false_claims(text) == []


@pytest.mark.parametrize("text", examples.PERSON)
def test_a_person_is_named(judge, text):
    assert judge.points_to_person(text)


@pytest.mark.parametrize("text", examples.NO_PERSON)
def test_no_person_is_named(judge, text):
    assert not judge.points_to_person(text)


def test_there_are_enough_examples_both_ways():
    assert len(examples.LEAKS) >= 80
    assert len(examples.HOLDS) >= 50

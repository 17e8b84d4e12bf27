"""The deterministic texts of whole banks, and a scripted model that leaks or helps, before the guard."""

import itertools
from collections import Counter
from pathlib import Path

import pytest
from leaky_model import OBVIOUS, STRATEGIES, SUBTLE, honest

from preceptor.data import ReadOptions, make_reader
from preceptor.tutor import nudge
from preceptor.tutor.guard import Refused, SentenceGuard, Shown, reveals
from preceptor.tutor.guard.claims import false_claim
from preceptor.tutor.guard.reading import read
from preceptor.tutor.guard.secret import secret_of
from preceptor.tutor.nudge import hint_at

GUARD = SentenceGuard()
OATUTOR = Path(__file__).resolve().parents[4] / "shared" / "data" / "oatutor" / "oatutor_content_json.tar.gz"
MOST_OATUTOR = 300


def stopped(question, draft):
    """Whether one sentence of a draft is kept back."""
    texts = ()
    for sentence in draft:
        if isinstance(GUARD.check(sentence, Shown(question, texts)), Refused):
            return True
        texts = (*texts, sentence)
    return False


def test_there_are_enough_strategies_obvious_and_subtle_ones():
    assert len(OBVIOUS) >= 20
    assert len(SUBTLE) >= 20


def test_early_hints_keep_the_secret_and_state_nothing_false(course):
    for question in course.questions:
        secret = secret_of(question)
        assert [hint for hint in question.hints[:-1] if reveals(hint, question)] == [], question.family
        texts = (*question.hints, *(step.text for step in question.steps))
        assert [text for text in texts if false_claim(read(text, question.language), secret)] == []


def test_what_is_shown_before_the_last_level_keeps_the_secret(course):
    for question in course.questions:
        for level in range(1, len(question.hints)):
            assert not reveals(hint_at(question, level), question)
            assert not reveals(nudge(question, level), question)


def test_a_leaking_model_is_stopped_and_an_honest_one_is_not(course):
    leaks, through, refused = Counter(), [], []
    helped = 0
    for question in course.questions[::3]:
        for name, strategy in STRATEGIES.items():
            draft = strategy(question)
            if draft is not None:
                leaks[name] += 1
                if not stopped(question, draft):
                    through.append((name, question.family, draft))
        for sentence in honest(question):
            helped += 1
            if stopped(question, (sentence,)):
                refused.append((question.family, sentence))
    assert leaks.total() > 400
    assert len(through) < 0.01 * leaks.total(), through
    assert len(refused) <= 0.02 * helped, refused


@pytest.mark.skipif(not OATUTOR.exists(), reason="the OATutor content is not here")
def test_hints_of_oatutor_are_opened_only_if_they_keep_the_secret():
    bank = make_reader("oatutor").read([OATUTOR], ReadOptions()).bank
    servable = [question for question in bank.questions if question.servable]
    step = max(1, len(servable) // MOST_OATUTOR)
    for question in itertools.islice(servable, 0, None, step):
        for level in range(1, len(question.hints)):
            assert not reveals(hint_at(question, level), question)

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.trace.repeats import FEATURES, WINDOW, Recent, repeats_in
from preceptor.trace.sequences import Sequences


def _batch(question, correct):
    real = torch.ones(question.shape, dtype=torch.bool)
    unknown = torch.full(question.shape, float("nan"))
    return Sequences(question, correct, real, unknown.double(), unknown)


def _by_hand(questions, credit_of, step):
    asked, before = questions[step], list(zip(questions[:step], credit_of[:step], strict=True))[::-1][:WINDOW]
    found = [(lag, credit) for lag, (question, credit) in enumerate(before) if question == asked]
    at_once = float(bool(found) and found[0][0] == 0)
    earlier = float(bool(found) and not at_once)
    newest = found[0][1] - 0.5 if found else 0.0
    right, wrong = sum(credit for _, credit in found), sum(1 - credit for _, credit in found)
    return [at_once, at_once * newest, earlier, earlier * newest, np.log1p(right), np.log1p(wrong)]


@settings(deadline=None, derandomize=True, max_examples=40)
@given(answers=st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=24))
def test_a_sweep_and_steps_both_see_what_a_reader_of_the_log_sees(answers):
    questions, credit_of = [q for q, _ in answers], [c for _, c in answers]
    swept = repeats_in(_batch(torch.tensor([questions]), torch.tensor([credit_of])))[0]
    recent = Recent.none(1, swept.device)
    for step, (question, credit) in enumerate(answers):
        expected = _by_hand(questions, credit_of, step)
        assert swept[step].tolist() == pytest.approx(expected, abs=1e-6)
        assert recent.repeats(torch.tensor([[question]]))[0, 0].tolist() == pytest.approx(expected, abs=1e-6)
        recent = recent.after(torch.tensor([question]), torch.tensor([credit]))


def test_nothing_is_a_repeat_before_the_first_answer():
    assert Recent.none(2, torch.empty(0).device).repeats(torch.tensor([[0, 5], [1, 2]])).abs().sum() == 0
    assert repeats_in(_batch(torch.zeros(1, 1, dtype=torch.int64), torch.ones(1, 1))).shape == (1, 1, FEATURES)

"""The all-or-none family: the formulas of `docs/latent-mind.md`, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY
from preceptor.forgetting import ForgettingCurve, curve_class, curve_names, make_curve
from preceptor.simulate import DEFAULT_KNOWN, TERM_START_SECONDS, KnownMind

DAY, START = SECONDS_PER_DAY, TERM_START_SECONDS


@pytest.fixture(scope="module")
def mind(bank):
    return KnownMind(bank)


@pytest.fixture
def blank(mind):
    """Students who know nothing at all yet, with scales of ten days."""
    state = mind.initial(50, np.random.default_rng(3))
    return replace(state, kept=np.zeros_like(state.kept), scale_days=np.full_like(state.scale_days, 10.0))


def question_of(bank, text):
    return [q.text for q in bank.questions].index(text)


def practised(mind, state, question, days, right=True):
    for day in days:
        n = len(state)
        state = mind.practise(state, np.full(n, question), np.full(n, right), START + day * DAY)
    return state


def test_what_was_learned_stays_flat_and_then_goes_suddenly(bank, mind, blank):
    after = practised(mind, blank, question_of(bank, "add 2"), [0])
    days = np.array([0.0, 1.0, 5.0, 10.0, 20.0, 30.0])
    left = np.array([mind.recall(after, np.array([0]), START + day * DAY)[:, 0] for day in days])
    np.testing.assert_allclose(left / left[0], np.exp(-((days / 10) ** 2))[:, None] * np.ones(50), rtol=1e-9)
    hazard = -np.diff(np.log(left[:, 0])) / np.diff(days)
    assert (np.diff(hazard) > 0).all()


def test_what_is_known_from_before_the_course_is_never_lost(mind):
    state = mind.initial(50, np.random.default_rng(4))
    assert (mind.recall(state, None, START + 3_000 * DAY) == state.kept).all()


def test_one_answer_by_hand(bank, mind, blank):
    concept = bank.q_matrix.concept_index["sub"]
    knows_add = blank.kept.copy()
    knows_add[:, bank.q_matrix.concept_index["add"]] = 0.6
    state = replace(blank, kept=knows_add)
    gain = state.learning_rate * (DEFAULT_KNOWN.readiness_floor + (1 - DEFAULT_KNOWN.readiness_floor) * 0.6)
    first = practised(mind, state, question_of(bank, "sub 2"), [0])
    np.testing.assert_allclose(first.learned[:, concept], gain)
    np.testing.assert_allclose(first.scale_days[:, concept], 10)
    second = practised(mind, first, question_of(bank, "sub 2"), [5])
    survived = np.exp(-0.25)
    expected = gain * (survived + DEFAULT_KNOWN.savings * (1 - survived)) + gain * (1 - gain)
    np.testing.assert_allclose(second.learned[:, concept], expected)
    np.testing.assert_allclose(second.scale_days[:, concept], 10 * (1 + DEFAULT_KNOWN.scale_growth * (1 - survived)))


def test_a_wrong_answer_teaches_as_much_but_does_not_lengthen_memory(bank, mind, blank):
    question = question_of(bank, "add 2")
    right, wrong = (practised(mind, blank, question, [0, 6], right) for right in (True, False))
    np.testing.assert_array_equal(right.learned, wrong.learned)
    assert (right.scale_days[:, 0] > wrong.scale_days[:, 0]).all()
    assert (wrong.scale_days == blank.scale_days).all()


def test_spacing_lengthens_the_scale(bank, mind, blank):
    question = question_of(bank, "add 2")
    massed, spaced = (practised(mind, blank, question, days) for days in ([0, 0.01, 0.02, 0.03], [0, 7, 14, 21]))
    assert (spaced.scale_days[:, 0] > 1.5 * massed.scale_days[:, 0]).all()
    after = (START + 0.03 * DAY, START + 21 * DAY)
    month = [mind.recall(s, np.array([0]), at + 20 * DAY).mean() for s, at in zip((massed, spaced), after, strict=True)]
    assert month[1] > 3 * month[0]


def test_every_part_of_every_concept_has_to_be_known(bank, mind, blank):
    kept = np.full_like(blank.kept, 0.5)
    state = replace(blank, kept=kept, slip=np.zeros(50))
    guess = DEFAULT_KNOWN.open_guess

    def known(text):
        p = mind.p_correct(state, np.full(50, question_of(bank, text)), START)
        return (p - guess) / (1 - guess)

    np.testing.assert_allclose(known("sub 2"), 0.5)
    np.testing.assert_allclose(known("sub 3"), 0.5 ** np.exp(DEFAULT_KNOWN.parts_growth * 0.5))
    np.testing.assert_allclose(known("sub 1"), 0.25 ** np.exp(-DEFAULT_KNOWN.parts_growth * 0.5))


def test_a_choice_is_guessed_by_its_options_and_slips_happen(bank, mind, blank):
    choice = np.full(50, question_of(bank, "ratio 0"))
    np.testing.assert_allclose(mind.p_correct(blank, choice, START), 0.25)
    perfect = replace(blank, kept=np.ones_like(blank.kept))
    np.testing.assert_allclose(mind.p_correct(perfect, choice, START), 1 - blank.slip)


@pytest.mark.parametrize("name", curve_names())
def test_no_curve_of_the_product_has_this_form(name):
    """Where half is left, a Weibull of shape 2 falls faster than at first; every retention falls slower or as fast."""
    curve: ForgettingCurve = make_curve(name, 1)
    if not curve_class(name).forgets:
        return
    practice = curve.practised(
        curve.nothing(1, 1), np.ones((1, 1), dtype=np.float32), np.ones(1, dtype=np.float32), np.array([START])
    )
    days = np.geomspace(0.01, 300, 200)
    left = np.array([curve.retained(np.array([[0]]), practice, np.array([[day]]))[0, 0] for day in days])
    hazard = -np.diff(np.log(left)) / np.diff(days)
    assert (np.diff(hazard) <= 1e-9 + 1e-6 * hazard[:-1]).all()

"""The formulas of the families that a tutor can teach, by hand, as `docs/latent-mind.md` has them."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY
from preceptor.simulate import (
    TERM_START_SECONDS,
    Acts,
    family_names,
    loose_ranges,
    make_taught_family,
    swept_ranges,
    taught_family_names,
)

DAY, START, N, C = SECONDS_PER_DAY, TERM_START_SECONDS, 40, 6
MUL = 2
RIGHT, WRONG = np.ones(N, dtype=bool), np.zeros(N, dtype=bool)
JUDGED = np.ones(N, dtype=np.int64)


@pytest.fixture
def question(bank):
    return np.full(N, [q.text for q in bank.questions].index("mul 2"))


def family(name, bank):
    minds = make_taught_family(name, bank)
    return minds, minds.initial(N, np.random.default_rng(5)), minds.parameters


def acts(**given):
    return replace(Acts.none(N, C), **given)


def logit(p):
    return np.log(p / (1 - p))


def bell(own, known):
    return np.exp(-(((known - own.best_p) / own.best_p_width) ** 2) / 2)


def ready(minds, state, own):
    """Multiplication asks for addition."""
    return own.readiness_floor + (1 - own.readiness_floor) * minds.recall(state, np.array([0]), START)[:, 0]


def test_logistic_by_hand(bank, question):
    minds, state, own = family("logistic", bank)
    level = state.ability + state.durable[:, MUL]
    known = 1 / (1 + np.exp(-level))  # difficulty 0
    rest = np.clip(own.ceiling_logit - state.durable[:, MUL], 0, own.reach_logit)
    rate = np.minimum(state.learning_rate * ready(minds, state, own) * bell(own, known), 1)
    after = minds.learn(state, question, RIGHT, acts(verdict=JUDGED), START)
    np.testing.assert_allclose(after.learned[:, MUL], rate * rest)
    for days in (0, 2, 18, 400):
        left = 1 / (1 + days / (9 * after.strength_days[:, MUL]))
        recall = minds.recall(after, np.array([MUL]), START + days * DAY)[:, 0]
        np.testing.assert_allclose(logit(recall), level + rate * rest * left)


def test_two_state_by_hand(bank, question):
    minds, state, own = family("two-state", bank)
    words = np.zeros((N, C))
    words[:, MUL] = 0.5
    known = state.kept[:, MUL]
    answered = bell(own, known) * own.failure_gain * own.hint_share
    rate = state.learning_rate * ready(minds, state, own)
    after = minds.learn(state, question, WRONG, acts(verdict=JUDGED, hints=JUDGED, explained=words), START)
    gain = np.minimum(rate * (answered + own.explanation_gain * 0.5), 1)
    np.testing.assert_allclose(after.learned[:, MUL], gain)
    for days in (0, 3, 30):
        left = np.exp(-((days / after.scale_days[:, MUL]) ** 2))
        recall = minds.recall(after, np.array([MUL]), START + days * DAY)[:, 0]
        np.testing.assert_allclose(recall, known + (1 - known) * gain * left)


def test_the_clock_moves_by_what_was_refreshed(bank, question):
    """A wrong answer of which the student is told brings back a share of the time, success all of it."""
    minds, state, own = family("two-state", bank)
    state = minds.learn(state, question, RIGHT, acts(verdict=JUDGED), START)
    wrong = minds.learn(state, question, WRONG, acts(verdict=JUDGED), START + 10 * DAY)
    right = minds.learn(state, question, RIGHT, acts(verdict=JUDGED), START + 10 * DAY)
    np.testing.assert_allclose(wrong.last_practice_seconds[:, MUL] - START, 10 * DAY * own.relearning)
    np.testing.assert_allclose(right.last_practice_seconds[:, MUL] - START, 10 * DAY)
    growth = 1 + own.scale_growth * (1 - np.exp(-((10 / state.scale_days[:, MUL]) ** 2)))
    longer = np.minimum(state.scale_days[:, MUL] * growth, own.scale_maximum_days)
    np.testing.assert_allclose(right.scale_days[:, MUL], longer)
    np.testing.assert_array_equal(wrong.scale_days, state.scale_days)


def believing(bank, share):
    """Students whose only trouble is the misconception about multiplication, believed with probability `share`."""
    minds, state, own = family("misconception", bank)
    believed = np.zeros_like(state.believed)
    believed[:, MUL] = share
    return minds, replace(state, believed=believed, slip=np.zeros(N)), own


def test_a_concept_is_known_unless_a_misconception_is_active(bank):
    minds, state, _ = believing(bank, 0.7)
    expected = np.ones((N, C))
    expected[:, MUL] = 0.3
    np.testing.assert_allclose(minds.recall(state, None, START), expected)


def test_the_named_misconception_is_put_right_and_comes_back(bank, question):
    minds, state, own = believing(bank, 1.0)
    named = acts(verdict=JUDGED, misconception=np.full(N, MUL))
    unnamed = minds.learn(state, question, WRONG, acts(verdict=JUDGED), START)
    after = minds.learn(state, question, WRONG, named, START)
    expected = unnamed.righted[:, MUL] + own.correction * (1 - unnamed.righted[:, MUL])
    assert (after.righted[:, MUL] > own.correction - 0.05).all()
    np.testing.assert_allclose(after.righted[:, MUL], expected, rtol=0.3)
    for days in (0, 5, 1_000):
        left = 1 / (1 + days / after.relapse_days[:, MUL])
        recall = minds.recall(after, np.array([MUL]), START + days * DAY)[:, 0]
        np.testing.assert_allclose(recall, after.righted[:, MUL] * left)


def test_what_is_not_believed_is_named_in_vain(bank, question):
    minds, state, _ = believing(bank, 0.0)
    one, other = (
        minds.learn(state, question, WRONG, acts(verdict=JUDGED, misconception=np.full(N, m)), START) for m in (-1, MUL)
    )
    np.testing.assert_array_equal(minds.recall(one, None, START), minds.recall(other, None, START))
    np.testing.assert_array_equal(one.righted, other.righted)


def test_wrong_answers_follow_the_active_misconception(bank, question):
    minds, state, _ = believing(bank, 1.0)
    chance = np.linspace(0, 0.999, N)
    correct, text = minds.respond(state, question, START, np.full(N, 0.99), chance)
    assert not correct.any()
    assert set(text) == {"13"}
    assert (minds.active_misconception(state, question, START) == MUL).all()
    assert (minds.cause(state, question, START, chance) == MUL).all()
    minds, state, _ = believing(bank, 0.0)
    gap = state.believed.copy()
    gap[:, len(bank.misconceptions) + MUL] = 1.0
    _, text = minds.respond(replace(state, believed=gap), question, START, np.full(N, 0.99), chance)
    assert set(text) == {"13", "14", ""}
    assert (minds.active_misconception(state, question, START) == -1).all()
    assert (minds.cause(state, question, START, chance) == -1).all()


def test_an_answer_that_a_misconception_may_have_led_to_has_its_cause_by_lot(bank, question):
    minds, state, _ = believing(bank, 0.4)
    gap = state.believed.copy()
    gap[:, len(bank.misconceptions) + MUL] = 0.6
    state, chance = replace(state, believed=gap), np.linspace(0, 0.999, N)
    _, text = minds.respond(state, question, START, np.full(N, 0.99), chance)
    cause = minds.cause(state, question, START, chance)
    assert set(cause[text == "13"]) == {MUL, -1}
    assert set(cause[text != "13"]) == {-1}
    unnamed = 0.6 + state.slip[0]
    assert (cause == MUL).mean() == pytest.approx(0.4 / (0.4 + unnamed), abs=3 / N + 0.02)


@pytest.mark.parametrize("name", taught_family_names())
def test_open_numbers_have_a_range_around_their_value(name, bank):
    numbers = asdict(make_taught_family(name, bank).parameters)
    for parameter, (low, high) in {**swept_ranges(name), **loose_ranges(name)}.items():
        assert low <= numbers[parameter] <= high


@pytest.mark.parametrize("name", taught_family_names())
def test_every_number_is_told_by_a_log_or_has_a_range(name, bank):
    told = {
        "logistic": {"ability_sd", "slip_median"},
        "two-state": set(),
        "misconception": {"slip_median", "misconception_sd"},
    }
    numbers = set(asdict(make_taught_family(name, bank).parameters))
    assert numbers - set(swept_ranges(name)) - set(loose_ranges(name)) == told[name]
    assert not set(swept_ranges(name)) & set(loose_ranges(name))


@pytest.mark.parametrize("name", taught_family_names())
def test_the_ends_of_every_range_make_students(name, bank):
    parameters = make_taught_family(name, bank).parameters
    for number, ends in {**swept_ranges(name), **loose_ranges(name)}.items():
        for end in ends:
            minds = make_taught_family(name, bank, replace(parameters, **{number: end}))
            state = minds.initial(3, np.random.default_rng(0))
            recall = minds.recall(state, None, START)
            assert ((recall >= 0) & (recall <= 1)).all()


def test_only_families_that_can_be_taught_have_open_numbers():
    assert {name for name in family_names() if swept_ranges(name)} == set(taught_family_names())

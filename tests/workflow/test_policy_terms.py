"""Rules and clock of a training, from options, settings, bank and log."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.workflow.exam import seconds_per_answer
from preceptor.workflow.policy_options import PolicyOptions
from preceptor.workflow.policy_terms import terms_of

DQN = PolicyOptions(algorithm="dqn")


@pytest.fixture(scope="module")
def terms(small_course):
    course = Course.open(small_course)
    bank, log = course.load_bank(), course.load_log()

    def of(options, bank=bank, at=0.0):
        return terms_of(course, bank, log, options, at)

    of.bank, of.seconds = bank, seconds_per_answer(log)
    return of


def test_without_options_time_stands_still_and_all_may_be_asked(terms):
    found = terms(DQN)
    assert (found.horizon, found.clock, found.rules.any) == (10, None, False)


def test_a_clock_has_as_many_answers_as_fit(terms):
    minutes = 3.5 * terms.seconds / 60
    found = terms(replace(DQN, minutes_per_day=minutes, days=2))
    assert found.horizon == found.clock.steps == 6
    assert found.clock.judged_seconds == 3 * SECONDS_PER_DAY
    assert terms(replace(DQN, horizon_days=8.0, minutes_per_day=minutes)).clock.judged_seconds == 8 * SECONDS_PER_DAY
    assert terms(replace(DQN, days=1)).horizon == int(20 * 60 // terms.seconds)


def test_an_exam_has_its_own_clock_which_is_that_of_the_day(terms, monkeypatch):
    monkeypatch.setenv("PRECEPTOR_EXAM_DAY", "1970-01-15")
    morning, evening = (terms(replace(DQN, objective="exam"), at=at).clock for at in (3_600.0, 80_000.0))
    assert morning == evening
    assert morning.judged_seconds == 14 * SECONDS_PER_DAY


def test_prerequisites_are_those_of_the_bank(terms):
    first, second = terms.bank.concepts[:2]
    bare = [replace(concept, prerequisites=()) for concept in terms.bank.concepts]
    with pytest.raises(UserError, match="none are known"):
        terms(replace(DQN, prerequisites=0.5), replace(terms.bank, concepts=tuple(bare)))
    bare[1] = replace(second, prerequisites=(first.concept_id,))
    found = terms(replace(DQN, prerequisites=0.5, no_repeats=True), replace(terms.bank, concepts=tuple(bare)))
    assert np.argwhere(found.rules.needed).tolist() == [[1, 0]]
    assert found.rules.no_repeats
    with pytest.raises(UserError, match="0 to 1"):
        terms(replace(DQN, prerequisites=1.5))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"algorithm": "ppo", "days": 2}, "--algorithm dqn"),
        ({"algorithm": "sac", "objective": "exam"}, "--algorithm dqn"),
        ({"algorithm": "discrete-sac", "critic": "mve", "days": 2}, "--critic plain"),
        ({"objective": "exam", "horizon_days": 3.0}, "--horizon-days does not go"),
        ({"minutes_per_day": -1.0}, "--minutes-per-day is -1"),
        ({"days": 3, "horizon_days": 1.0}, "run backwards"),
        ({"days": 2, "horizon": 7}, "leave --horizon out"),
        ({"difficulty": (0.5, 1.5)}, "lowest ≤ highest"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(changed, said, terms):
    with pytest.raises(UserError) as refused:
        terms(replace(DQN, **changed))
    assert said in str(refused.value)

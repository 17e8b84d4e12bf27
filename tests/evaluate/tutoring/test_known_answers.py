"""What must come out before anything else may be believed."""

import numpy as np
import pytest

from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.paired import mean_of, paired
from preceptor.evaluate.tutoring.controls import RandomPractice
from preceptor.evaluate.tutoring.design import FORMS, LabDesign
from preceptor.evaluate.tutoring.outcomes import outcomes_of

STUDENTS = 40
FAMILIES = ("logistic", "two-state", "misconception")
DAY7 = FORMS.index("day7")


def interval(values, reference=None, alpha=0.05):
    shares = resamples(len(values), np.random.default_rng(1), 2_000)
    return (mean_of(values, shares) if reference is None else paired(values, reference, shares)).interval(alpha)


@pytest.mark.parametrize("family", FAMILIES)
def test_teaching_nothing_scores_what_a_re_test_gains(once, family):
    nothing, talk = once("none", family), once("teach-nothing", family)
    assert np.array_equal(nothing.right, talk.right)
    assert np.array_equal(nothing.recall, talk.recall)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_arm_beats_the_oracle_at_its_horizon(once, family):
    oracle = once("oracle", family).path[:, -1, 1]
    for arm in ("none", "random", "textbook", "leaking", "oracle-choice"):
        low, _ = interval(once(arm, family).path[:, -1, 1], oracle)
        assert low <= 0, arm


@pytest.mark.parametrize("family", FAMILIES)
def test_the_oracle_beats_random_practice(once, family):
    low, _ = interval(once("oracle", family).path[:, -1, 1], once("random", family).path[:, -1, 1])
    assert low > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_choosing_by_the_truth_helps_without_a_word_more_than_random_practice_has(once, family):
    choice, explained = once("oracle-choice", family), once("oracle", family)
    low, _ = interval(choice.path[:, -1, 1], once("random", family).path[:, -1, 1])
    assert low > 0
    assert explained.path[:, -1, 1].mean() > choice.path[:, -1, 1].mean()
    for turn in choice.turns:
        for read, right in zip(turn.reads, turn.right, strict=True):
            assert not (right and read.explained)


@pytest.mark.parametrize("family", FAMILIES)
def test_practice_and_a_textbook_teach(once, family):
    nothing = once("none", family).recall[:, DAY7].mean(axis=1)
    for arm in ("random", "textbook"):
        low, _ = interval(once(arm, family).recall[:, DAY7].mean(axis=1), nothing)
        assert low > 0, arm


@pytest.mark.parametrize("family", FAMILIES)
def test_practice_helps_with_questions_that_join_the_scope_with_something_else(once, family):
    design = LabDesign(family, students=STUDENTS)
    drilled, nothing = (outcomes_of(once(arm, family), design) for arm in ("random", "none"))
    assert np.array_equal(drilled["transfer_pre"], nothing["transfer_pre"])
    low, high = interval(drilled["transfer_day7"], nothing["transfer_day7"])
    assert low > 0
    assert high < 1


@pytest.mark.parametrize("family", FAMILIES)
def test_giving_answers_away_shines_in_the_session_and_leaves_nothing(once, family):
    leaking, nothing = once("leaking", family), once("none", family)
    design = LabDesign(family, students=STUDENTS)
    assert outcomes_of(leaking, design)["session_right"].mean() == 1
    gained = (leaking.recall[:, DAY7] - nothing.recall[:, DAY7]).mean()
    practised = (once("random", family).recall[:, DAY7] - nothing.recall[:, DAY7]).mean()
    assert gained < practised / 20


def test_without_forgetting_nobody_gains_at_once_from_nothing(played):
    gains, expected = [], []
    for seed in range(16):
        found = played("none", seed=seed, forgets=False, turns=1)
        assert np.allclose(found.recall, found.recall[:, :1])
        gains.append(found.right[:, 1].mean(axis=1) - found.right[:, 0].mean(axis=1))
        expected.append(found.expected[:, 1].mean(axis=1) - found.expected[:, 0].mean(axis=1))
    low, high = interval(np.stack(gains, axis=1), alpha=0.01)  # one fixed draw; it shall not fail one time in twenty
    assert low <= 0 <= high
    assert abs(np.mean(expected)) < 0.005  # the forms are equally hard


def test_a_copy_of_an_arm_under_another_name_changes_nothing(played, once):
    class Renamed(RandomPractice):
        pass

    renamed = played(Renamed())
    assert np.array_equal(renamed.right, once("random").right)
    assert np.array_equal(renamed.path, once("random").path)


@pytest.mark.parametrize("turn", [0, 8])
def test_altering_any_round_changes_the_test(played, once, turn):
    class Mute(RandomPractice):
        def sit(self, block):
            sitting = super().sit(block)
            reply = sitting.reply
            sitting.reply = lambda given: [""] * len(block) if given.turn == turn else reply(given)
            return sitting

    changed, plain = played(Mute()).expected[:, 1:], once("random").expected[:, 1:]
    assert changed.mean() < plain.mean()


def test_arms_meet_the_same_students_before_the_same_tests(once):
    for arm in ("random", "textbook", "oracle", "leaking"):
        assert np.array_equal(once(arm).right[:, 0], once("none").right[:, 0])
        assert np.array_equal(once(arm).recall[:, 0], once("none").recall[:, 0])


def test_students_learn_from_tests_only_where_tests_teach(played, once):
    taught = played("none", tests_teach=True)
    plain = once("none")
    assert taught.recall[:, DAY7].mean() > plain.recall[:, DAY7].mean()
    assert (plain.recall[:, DAY7] <= plain.recall[:, 0] + 1e-12).all()


def test_designs_that_may_be_compared_have_one_hash():
    design = LabDesign("logistic")
    assert design.config_hash == LabDesign("logistic").config_hash
    changed = [LabDesign("two-state"), LabDesign("logistic", turns=9), LabDesign("logistic", tests_teach=True)]
    assert len({design.config_hash, *(one.config_hash for one in changed)}) == 4

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import SECONDS_PER_DAY, Bank, Concept, Question, QuestionKind
from preceptor.simulate import DEFAULT_LATENT, TERM_START_SECONDS, LatentMind, LatentState

DAY = SECONDS_PER_DAY
START = TERM_START_SECONDS


def arrays(state):
    return {f.name: getattr(state, f.name) for f in fields(LatentState)}


def same(one, other):
    return all(np.array_equal(array, arrays(other)[name]) for name, array in arrays(one).items())


def question_of(bank, concept, number=2):
    return [q.text for q in bank.questions].index(f"{concept} {number}")


def practised(mind, state, question, times, right=True):
    for at in times:
        n = len(state)
        state = mind.practise(state, np.full(n, question), np.full(n, right), np.full(n, at))
    return state


def test_students_and_concepts_differ_and_later_grades_are_harder(mind, state):
    recall = mind.recall(state, None, START)
    assert recall.shape == (300, 6)
    assert recall.mean(axis=1).std() > 0.1
    assert recall[:, 0].mean() > recall[:, 5].mean() + 0.2


def test_a_student_does_not_depend_on_how_many_there_are(mind, state):
    few = mind.initial(20, np.random.default_rng(1))
    assert same(few, state.take(np.arange(20)))


def test_the_state_is_finite_and_in_its_bounds(state):
    assert all(np.isfinite(array).all() for array in arrays(state).values())
    assert ((state.misconception >= 0) & (state.misconception <= 1)).all()
    assert 0.1 < (state.misconception > 0).mean() < 0.4
    assert (state.skill >= state.durable).all()


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 29), st.booleans(), st.floats(0.001, 20)), min_size=1, max_size=8))
def test_recall_is_a_probability_that_only_time_lowers_and_no_practice_does(mind, answers):
    state, at = mind.initial(40, np.random.default_rng(2)), START
    for question, right, gap_days in answers:
        at += gap_days * DAY
        after = practised(mind, state, question, [at], right)
        for later in (0, 1, 30, 300):
            assert (
                mind.recall(after, None, at + later * DAY) >= mind.recall(state, None, at + later * DAY) - 1e-12
            ).all()
        state = after
    over_time = np.stack([mind.recall(state, None, at + days * DAY) for days in (0, 0.1, 1, 7, 30, 365)])
    assert ((over_time > 0) & (over_time < 1)).all()
    assert (np.diff(over_time, axis=0) <= 1e-12).all()
    assert (state.skill <= DEFAULT_LATENT.ceiling_logit + 1e-12).all()


def test_what_was_learned_fades_within_weeks_but_not_wholly_when_it_was_spaced(bank, mind, state):
    times = START + 4 * DAY * np.arange(5)
    after, only = practised(mind, state, question_of(bank, "mul"), times), np.array([2])
    before, fresh, week, months = (
        mind.recall(s, only, at).mean()
        for s, at in (
            (state, START),
            (after, times[-1]),
            (after, times[-1] + 7 * DAY),
            (after, times[-1] + 60 * DAY),
        )
    )
    assert fresh > week + 0.02 > months + 0.05
    assert months > before + 0.05


def test_retention_is_exponential_in_the_logit(bank, mind, state):
    after, only = practised(mind, state, question_of(bank, "add"), [START]), np.array([0])

    def fadeable(days):
        p = mind.recall(after, only, START + days * DAY)[:, 0]
        return np.log(p / (1 - p)) - after.ability - after.durable[:, 0]

    expected = fadeable(0) * np.exp(-3 / after.strength_days[:, 0])
    np.testing.assert_allclose(fadeable(3), expected, atol=1e-9)


def test_five_to_eight_spaced_answers_lead_from_a_third_to_four_fifths(bank, mind):
    many, mul = mind.initial(4000, np.random.default_rng(5)), np.array([2])
    initial = mind.recall(many, mul, START)[:, 0]
    state, at, rng = many.take((initial > 0.3) & (initial < 0.4)), START, np.random.default_rng(6)
    reached = []
    for number in (2, 3, 2, 3, 2, 3, 2, 3):
        question = np.full(len(state), question_of(bank, "mul", number))
        correct, _ = mind.respond(state, question, at, rng.random(len(state)), rng.random(len(state)))
        state = mind.practise(state, question, correct, at)
        reached.append(mind.recall(state, mul, at).mean())
        at += 3 * DAY
    assert len(state) > 100
    assert 0.65 < reached[4] < reached[7] < 0.92
    assert reached[7] > 0.75


def test_known_prerequisites_speed_learning(bank, mind, state):
    column = bank.q_matrix.concept_index["add"]
    known, unknown = state.skill.copy(), state.skill.copy()
    known[:, column], unknown[:, column] = 2.5, -2.5
    gains = []
    for skill in (known, unknown):
        start = replace(state, skill=skill, durable=skill)
        after = practised(mind, start, question_of(bank, "sub"), [START])
        gains.append(after.skill[:, 1] - start.skill[:, 1])
    assert (gains[0] > 1.5 * gains[1]).mean() > 0.8
    assert gains[1].min() >= 0


def test_learning_is_largest_near_the_right_difficulty_and_small_near_the_ceiling(mind, bank, state):
    question, gain = question_of(bank, "add"), {}
    for skill in (-4.0, 0.85, 2.9):
        levels = np.full_like(state.skill, skill)
        start = replace(state, skill=levels, durable=levels, ability=np.zeros(len(state)))
        gain[skill] = (practised(mind, start, question, [START]).skill - start.skill)[:, 0].mean()
    assert gain[0.85] > 2 * gain[-4.0]
    assert gain[0.85] > 5 * gain[2.9] > 0


def test_a_right_answer_teaches_more_than_a_wrong_one(bank, mind, state):
    question = question_of(bank, "add")
    right, wrong = (practised(mind, state, question, [START], outcome) for outcome in (True, False))
    below = state.skill[:, 0] < DEFAULT_LATENT.ceiling_logit
    assert (right.skill[below, 0] > wrong.skill[below, 0]).all()
    assert (wrong.skill[below, 0] > state.skill[below, 0]).all()


def test_spaced_successes_grow_strength_more_than_massed_ones_and_failures_do_not(bank, mind, state):
    question = question_of(bank, "add")
    spaced = practised(mind, state, question, START + 5 * DAY * np.arange(4)).strength_days[:, 0]
    massed = practised(mind, state, question, START + 60 * np.arange(4)).strength_days[:, 0]
    failed = practised(mind, state, question, START + 5 * DAY * np.arange(4), right=False).strength_days[:, 0]
    first = state.strength_days[:, 0]
    assert (spaced > 2 * massed).all()
    assert (massed > first).all()
    assert (failed == first).all()
    assert 2 < np.quantile(first, 0.2) < np.quantile(first, 0.8) < 6
    assert np.median(spaced) > 20


def test_the_weakest_concept_decides(bank, mind, state):
    both = question_of(bank, "sub", 1)
    no_idea = state.skill.copy()
    no_idea[:, 0] = -8
    weak = replace(state, skill=no_idea, durable=no_idea)
    assert (mind.p_correct(weak, np.full(300, both), START) < 0.05).all()


def test_guess_slip_and_difficulty(bank, mind, state):
    choice = np.full(300, question_of(bank, "ratio", 0))
    hopeless = replace(state, skill=np.full_like(state.skill, -30), durable=np.full_like(state.skill, -30))
    np.testing.assert_allclose(mind.p_correct(hopeless, choice, START), 0.25, atol=1e-6)
    perfect = replace(state, skill=np.full_like(state.skill, 30), durable=np.full_like(state.skill, 30))
    np.testing.assert_allclose(mind.p_correct(perfect, choice, START), 1 - state.slip, atol=1e-6)
    easy, hard = (np.full(300, question_of(bank, "mul", number)) for number in (2, 4))
    assert (mind.p_correct(state, easy, START) > mind.p_correct(state, hard, START)).all()


def test_a_misconception_lowers_the_chance_and_chooses_its_distractor(bank, mind, state):
    question, rng = np.full(300, question_of(bank, "mul")), np.random.default_rng(3)
    free, held = np.zeros_like(state.misconception), np.ones_like(state.misconception)
    without, having = replace(state, misconception=free), replace(state, misconception=held)
    assert (mind.p_correct(having, question, START) < mind.p_correct(without, question, START)).all()
    draws = rng.random((2, 300))
    correct, text = mind.respond(having, question, START, *draws)
    assert set(text[~correct]) == {"13"}
    assert set(text[correct]) == {"12"}
    correct, text = mind.respond(without, question, START, *draws)
    assert set(text[~correct]) == {"13", "14", ""}


def test_a_wrong_choice_is_one_of_the_wrong_options(bank, mind, state):
    question = np.full(300, question_of(bank, "ratio", 0))
    correct, text = mind.respond(state, question, START, *np.random.default_rng(4).random((2, 300)))
    assert set(text[~correct]) == {"13", "14", "15"}


def test_feedback_weakens_the_misconceptions_of_the_question_only(bank, mind, state):
    wrong = practised(mind, state, question_of(bank, "mul"), [START], right=False)
    right = practised(mind, state, question_of(bank, "mul"), [START], right=True)
    held = state.misconception[:, 2] > 0
    assert (wrong.misconception[held, 2] < right.misconception[held, 2]).all()
    assert (right.misconception[held, 2] < state.misconception[held, 2]).all()
    others = [0, 1, 3, 4, 5]
    assert np.array_equal(wrong.misconception[:, others], state.misconception[:, others])


def test_answers_come_true_as_often_as_p_correct_says(bank, mind, state):
    many = state.take(np.zeros(20_000, dtype=int))
    question = np.full(20_000, question_of(bank, "mul"))
    correct, _ = mind.respond(many, question, START, *np.random.default_rng(7).random((2, 20_000)))
    assert correct.mean() == pytest.approx(mind.p_correct(many, question, START)[0], abs=0.015)


def test_no_verb_changes_the_state_it_is_given(bank, mind, state):
    kept, question = state.copy(), np.full(300, question_of(bank, "div", 1))
    mind.recall(state, None, START)
    mind.p_correct(state, question, START)
    mind.respond(state, question, START, *np.random.default_rng(8).random((2, 300)))
    mind.practise(state, question, np.arange(300) % 2 == 0, START)
    assert same(state, kept)


def test_recall_of_some_concepts_at_each_students_own_time(bank, mind, state):
    after = practised(mind, state, question_of(bank, "add"), [START])
    at = START + DAY * np.arange(300)
    some = mind.recall(after, np.array([4, 0]), at)
    assert some[7, 1] == mind.recall(after, None, at[7])[7, 0]
    assert some[7, 0] == mind.recall(after, None, at[7])[7, 4]


def test_a_bank_without_grades_misconceptions_or_difficulties_works():
    question = Question("q1", "?", QuestionKind.NUMBER, "1", ("a",))
    mind = LatentMind(Bank((Concept("a", "a"),), (question,)))
    state = mind.initial(3, np.random.default_rng(0))
    correct, text = mind.respond(state, np.zeros(3, dtype=int), START, np.array([0.0, 0.0, 1.0]), np.full(3, 0.5))
    assert correct.tolist() == [True, True, False]
    assert text.tolist() == ["1", "1", ""]
    assert (mind.practise(state, np.zeros(3, dtype=int), correct, START).skill > state.skill).all()

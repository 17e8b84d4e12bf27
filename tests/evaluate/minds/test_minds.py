"""Fitting minds: moments by hand, simulated students in the place of real ones, and known parameters found again."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY, Bank, Concept, Log, Question, QuestionKind
from preceptor.evaluate.minds.fit import Problem, Scale, Target, fit, rises
from preceptor.evaluate.minds.moments import Rows, gap_moments, learning_moments, option_moments
from preceptor.evaluate.minds.replayed import Outcome, real, simulated
from preceptor.evaluate.minds.schedule import Schedule, Share, anonymous_bank, difficulties, schedule_of
from preceptor.progress import silent
from preceptor.simulate import TERM_START_SECONDS, LogisticParameters, family_class, taught_family_names

DAY = SECONDS_PER_DAY


def schedule(concept, days, correct, students=None, slot=None, questions=None):
    """One question a concept unless told otherwise, one student unless told otherwise."""
    concept = np.array(concept)
    question = concept if questions is None else np.array(questions)
    bank = anonymous_bank(np.arange(question.max() + 1), np.zeros(question.max() + 1), int(question.max()) + 1, 4)
    return Schedule(
        bank,
        np.zeros(len(concept), dtype=np.int64) if students is None else np.array(students),
        question,
        concept,
        TERM_START_SECONDS + DAY * np.array(days, dtype=float),
        np.array(correct, dtype=bool),
        np.full(len(concept), -1) if slot is None else np.array(slot),
    )


def large(seed=0, students=150, answers=40, concepts=6):
    rng = np.random.default_rng(seed)
    bank = anonymous_bank(np.arange(30) % concepts, rng.normal(0, 0.5, 30), concepts, 0)
    question = rng.integers(30, size=students * answers)
    gap_days = rng.choice([0.001, 0.1, 3, 15], size=(students, answers))
    return Schedule(
        bank,
        np.repeat(np.arange(students), answers),
        question,
        question % concepts,
        TERM_START_SECONDS + DAY * np.cumsum(gap_days, axis=1).ravel(),
        np.zeros(students * answers, dtype=bool),
        np.full(students * answers, -1),
    )


def test_learning_moments_by_hand():
    plan = schedule([0, 0, 1, 0, 1], range(5), [0, 1, 1, 1, 0])
    found = learning_moments(Rows(plan), real(plan), np.ones(1))
    assert found["first answer"] == 0.5
    assert found["answer 2 after 0 right"] == 1
    assert found["answer 2 after 1 right"] == 0
    assert found["answer 3 after 1 right"] == 1


def test_moments_of_resampled_students_are_those_of_the_students_drawn():
    plan = replace(large(), correct=np.random.default_rng(3).random(150 * 40) < 0.6)
    weight = np.zeros(150)
    weight[:70] = 1
    kept = plan.student < 70
    part = replace(
        plan,
        student=plan.student[kept],
        question=plan.question[kept],
        concept=plan.concept[kept],
        time_seconds=plan.time_seconds[kept],
        correct=plan.correct[kept],
        slot=plan.slot[kept],
    )
    for measure in (learning_moments, gap_moments):
        one, other = measure(Rows(plan), real(plan), weight), measure(Rows(part), real(part), np.ones(70))
        assert one == pytest.approx(other)


def test_gap_moments_see_a_drop_after_long_gaps_and_none_without_one():
    plan = large()
    rng, rows = np.random.default_rng(1), Rows(plan)
    long = np.nan_to_num(rows.gap_days) >= 7
    for drop in (0.0, 0.3):
        correct = rng.random(len(plan.student)) < 0.7 - drop * long
        found = gap_moments(rows, Outcome(correct, correct * 1.0, plan.slot), np.ones(150))
        logit = np.log((0.7 - drop) / (0.3 + drop)) - np.log(0.7 / 0.3)
        assert found["logit after 7 to 30 days"] == pytest.approx(logit, abs=0.25)


def test_option_moments_by_hand():
    slots = [0] * 10 + [1] * 6 + [2] * 4
    plan = schedule([0] * 20, [0] * 20, [0] * 20, slot=slots)
    found = option_moments(Rows(plan), real(plan), np.ones(1))
    assert found["share of the most frequent wrong option"] == 0.5
    assert found["share of the second"] == 0.3


def test_a_log_becomes_a_schedule():
    concepts = tuple(Concept(name, name) for name in "abc")
    questions = tuple(Question(f"q{i}", "", QuestionKind.NUMBER, "1", ("abc"[i % 3],)) for i in range(6))
    rng = np.random.default_rng(0)
    student, question = np.repeat(np.arange(5), 10), np.tile([0, 3, 1, 4, 0, 3, 2, 1, 0, 0], 5)
    log = Log.of(
        [f"s{i}" for i in range(5)],
        [f"q{i}" for i in range(6)],
        student=student,
        question=question,
        correct=rng.random(50) < 0.5,
        event_id=np.array([f"e{i}" for i in range(50)], dtype="S20"),
        revision=np.full(50, b"r", dtype="S21"),
    )
    found = schedule_of(Bank(concepts, questions), log, Share(students=3, concepts=2, answers=7))
    assert found.students == 3
    assert (np.bincount(found.student) == 7).all()
    assert len(found.bank.concepts) == 2
    assert (np.diff(found.time_seconds[:7]) == 60).all()
    assert found.concept.max() == 1
    for row, asked in enumerate(found.question):
        assert found.bank.questions[asked].concepts == (f"concept-{found.concept[row]}",)


def test_a_question_that_is_rarely_right_is_difficult():
    question, right = np.repeat([0, 1], 200), np.tile([1, 0, 0, 0], 100) > 0
    right[200:] = ~right[200:]
    easy_second = difficulties(question, np.zeros(400, dtype=int), np.zeros(2, dtype=int), right)
    assert easy_second[0] > 0.8
    assert easy_second[1] < -0.8


@pytest.mark.parametrize("family", taught_family_names())
def test_the_same_seed_gives_the_same_students(family):
    plan, numbers = large(students=30), family_class(family).parameters_class()
    one, other = (simulated(plan, family, numbers, 4) for _ in range(2))
    np.testing.assert_array_equal(one.p, other.p)
    assert (one.correct == (simulated(plan, family, numbers, 4).correct)).all()
    assert abs(one.correct.mean() - one.p.mean()) < 0.05


def test_known_parameters_are_found_again():
    """Students of known numbers stand in for real ones; other chance numbers, the same laws."""
    calm = {"ability_sd": 0.8, "concept_sd": 0.5, "initial_sd": 0.9, "learning_rate_log_sd": 0.4}
    plan, truth = large(students=300), LogisticParameters(base_logit=-0.3, learning_rate=0.2, slip_median=0.05, **calm)
    played = simulated(plan, "logistic", truth, 99)
    target = Target("known", replace(plan, correct=played.correct), learning_moments)
    free = {"base_logit": Scale("as it is", -2, 2), "learning_rate": Scale("logit", 0.01, 0.7)}
    start = replace(truth, base_logit=0.5, learning_rate=0.05)
    found = fit(Problem("logistic", start, free, (target,)), 1, 8, silent)
    assert found.parameters.base_logit == pytest.approx(-0.3, abs=0.35)
    assert found.parameters.learning_rate == pytest.approx(0.2, abs=0.12)
    assert found.loss < 40
    risen = rises(found, {"learning_rate": (0.02, 0.6), "hint_share": (0.3, 0.9)})
    assert min(risen["learning_rate"]) > 4
    assert risen["hint_share"] == (0, 0)  # nobody opened a hint


def test_intervals_hold_the_moments_even_of_a_most_frequent_share():
    slots = np.random.default_rng(2).integers(3, size=2_000)
    n = len(slots)
    plan = schedule([0] * n, [0] * n, [0] * n, slot=slots, students=np.arange(n) // 20, questions=np.arange(n) % 40)
    target = Target("options", replace(plan, concept=plan.question), option_moments)
    share = "share of the most frequent wrong option"
    low, high = dict(zip(target.wanted, target.intervals, strict=True))[share]
    assert low < target.wanted[share] < high
    assert high - low < 0.1

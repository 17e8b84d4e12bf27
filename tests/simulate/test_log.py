import dataclasses

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Question, QuestionKind, UserError
from preceptor.simulate import TERM_START_SECONDS, LatentMind, LatentTruth, simulate_log

STUDENTS, DAYS = 150, 60


@pytest.fixture(scope="module")
def simulated(bank):
    return simulate_log(bank, STUDENTS, DAYS, seed=3)


def concept_of(bank, log):
    return bank.q_matrix.concepts[log.question, 0]


def auc(truth, score):
    order = np.argsort(score, kind="stable")
    rank = np.empty(len(score))
    rank[order] = np.arange(1, len(score) + 1)
    right = truth.sum()
    return (rank[truth].sum() - right * (right + 1) / 2) / (right * (len(truth) - right))


def test_the_log_has_the_size_that_was_asked_for(bank, simulated):
    log = simulated.log
    counts = np.diff(log.offsets)
    days = [np.floor(log.time_seconds[log.student == s] / 86_400) for s in range(STUDENTS)]
    sittings = np.array([len(np.unique(d)) for d in days])
    assert 125 * STUDENTS <= len(log) <= 200 * STUDENTS
    assert np.median(counts) >= 100
    assert (sittings >= 8).mean() > 0.8


def test_a_fifth_of_the_gaps_on_a_concept_exceeds_a_week_in_a_whole_curriculum():
    names = [f"c{i}" for i in range(34)]
    concepts = tuple(
        Concept(name, name, grade=4 + i * 4 // 34, prerequisites=tuple(names[max(i - 2, 0) : i]))
        for i, name in enumerate(names)
    )
    questions = tuple(
        Question(f"{name}-{k}", "?", QuestionKind.NUMBER, "1", (name,)) for name in names for k in range(10)
    )
    bank = Bank(concepts, questions)
    log = simulate_log(bank, STUDENTS, DAYS, seed=4).log
    concept = concept_of(bank, log)
    order = np.lexsort((log.time_seconds, concept, log.student))
    key = log.student[order] * len(concepts) + concept[order]
    gaps = np.diff(log.time_seconds[order])[np.diff(key) == 0]
    assert (gaps > 7 * 86_400).mean() >= 0.2


def test_every_concept_and_question_occurs(bank, simulated):
    assert set(concept_of(bank, simulated.log)) == set(range(len(bank.concepts)))
    assert len(np.unique(simulated.log.question)) == len(bank.questions)


def test_times_are_after_school_ascending_and_20_to_120_seconds_apart(simulated):
    log = simulated.log
    assert log.timed
    assert log.time_seconds.min() >= TERM_START_SECONDS
    assert log.time_seconds.max() < TERM_START_SECONDS + DAYS * 86_400
    hour = log.time_seconds % 86_400 / 3_600
    assert ((hour >= 14) & (hour < 22)).all()
    gap = np.diff(log.time_seconds)[np.diff(log.student) == 0]
    within = gap[gap < 3_600]
    assert within.min() >= 19
    assert within.max() <= 121
    assert (log.duration_seconds > 5).all()
    assert (log.duration_seconds < 120).all()


def test_no_question_follows_itself_and_responses_agree_with_correctness(bank, simulated):
    log = simulated.log
    order = np.lexsort((np.arange(len(log)), concept_of(bank, log), log.student))
    again = (np.diff(log.question[order]) == 0) & (np.diff(log.student[order]) == 0)
    assert not again.any()
    keys = np.array([bank.questions[q].key for q in log.question], dtype=object)
    assert np.array_equal(log.response == keys, log.correct == 1)


def test_ids_are_unique_and_revisions_are_the_banks(bank, simulated):
    log = simulated.log
    assert len(np.unique(log.event_id)) == len(log)
    assert log.student_ids[:2] == ("s0001", "s0002")
    assert log.revision[5].decode() == bank.questions[log.question[5]].revision


def test_the_same_seed_gives_the_same_bits_and_another_seed_does_not(bank):
    one, two, other = (simulate_log(bank, 12, 20, seed) for seed in (5, 5, 6))
    for f in dataclasses.fields(one.log):
        assert np.array_equal(np.asarray(getattr(one.log, f.name)), np.asarray(getattr(two.log, f.name)))
    assert np.array_equal(one.truth.state.skill, two.truth.state.skill)
    assert not np.array_equal(one.log.event_id, other.log.event_id)


def test_a_history_does_not_depend_on_the_number_of_students(bank):
    few, many = simulate_log(bank, 5, 20, 5), simulate_log(bank, 9, 20, 5)
    rows = many.log.student < 5
    assert np.array_equal(few.log.event_id, many.log.event_id[rows])
    assert np.array_equal(few.p_correct, many.p_correct[rows])


def test_truth_explains_far_more_than_concept_means(bank, simulated):
    log, concept = simulated.log, concept_of(bank, simulated.log)
    right = log.correct > 0.5
    means = np.bincount(concept, weights=right) / np.bincount(concept)
    oracle, floor = auc(right, simulated.p_correct), auc(right, means[concept])
    assert oracle > 0.78
    assert oracle > floor + 0.08
    assert right.mean() == pytest.approx(simulated.p_correct.mean(), abs=0.01)


def test_replaying_the_held_back_answers_from_the_truth_gives_their_chances(bank, simulated):
    log, truth, mind = simulated.log, simulated.truth, LatentMind(bank)
    state, last = truth.state, log.offsets[1:] - truth.holdback
    assert (np.diff(log.offsets) >= truth.holdback).all()
    for step in range(truth.holdback):
        rows = last + step
        question, at = log.question[rows], log.time_seconds[rows]
        np.testing.assert_array_equal(mind.p_correct(state, question, at), simulated.p_correct[rows])
        state = mind.practise(state, question, log.correct[rows] > 0.5, at)


def test_a_student_with_fewer_answers_than_the_holdback_is_recorded_at_the_start(bank):
    simulated = simulate_log(bank, 4, 3, seed=1, holdback=10_000)
    assert (simulated.truth.state.practices == 0).all()
    everything = simulate_log(bank, 4, 3, seed=1, holdback=0)
    assert everything.truth.state.practices.sum() >= len(everything.log)


def test_truth_survives_saving(simulated, tmp_path):
    simulated.truth.save(tmp_path / "truth")
    loaded = LatentTruth.load(tmp_path / "truth")
    assert loaded.parameters == simulated.truth.parameters
    assert loaded.student_ids == simulated.log.student_ids
    assert (loaded.holdback, loaded.seed) == (20, 3)
    assert np.array_equal(loaded.state.skill, simulated.truth.state.skill)
    assert '"simulated": true' in (tmp_path / "truth" / "latent-truth.json").read_text()


def test_a_folder_without_truth_says_so(tmp_path):
    with pytest.raises(UserError, match="no latent truth"):
        LatentTruth.load(tmp_path)


@pytest.mark.parametrize(("students", "days", "holdback"), [(0, 5, 20), (5, 0, 20), (5, 5, -1)])
def test_numbers_out_of_range_are_refused(bank, students, days, holdback):
    with pytest.raises(UserError, match="or more"):
        simulate_log(bank, students, days, seed=1, holdback=holdback)


def test_a_bank_without_anything_to_ask_is_refused(bank):
    retired = tuple(dataclasses.replace(question, retired=True) for question in bank.questions)
    with pytest.raises(UserError, match="no question"):
        simulate_log(Bank(bank.concepts, retired), 3, 5, seed=1)

"""What every judge promises, tracers and latent minds alike."""

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY
from preceptor.evaluate import Comparison, PolicyDesign
from preceptor.evaluate.cohort import fresh_cohort, logged_cohort
from preceptor.evaluate.judges import LatentJudge, TracerJudge
from preceptor.mind import replay_log
from preceptor.progress import silent
from preceptor.recommend import make_objective
from preceptor.simulate import DEFAULT_LATENT, family_names, make_family
from preceptor.trace import question_rows

N = 12


@pytest.fixture(scope="module", params=["tracer", *family_names()])
def judge(request, model, bank, course, test_students):
    own = logged_cohort(course.log, test_students, course.truth, N, 0)
    if request.param == "tracer":
        return TracerJudge("tracer", own, model, own=True)
    if request.param == course.truth.family:
        return LatentJudge("latent", own, bank)
    return LatentJudge("other", fresh_cohort(bank, course.log, request.param, N, 0), bank)


def at(judge):
    return judge.cohort.log.time_seconds[judge.cohort.first]


def asked(judge):
    return np.arange(len(judge.cohort)) % 12


def test_recall_is_a_probability_of_every_concept(judge, bank):
    recall = judge.recall(judge.start(), at(judge))
    assert recall.shape == (len(judge.cohort), len(bank.concepts))
    assert ((recall >= 0) & (recall <= 1)).all()


def test_the_same_numbers_give_the_same_answers(judge):
    n = len(judge.cohort)
    chance = np.random.default_rng(1).random((2, n))
    one, other = (judge.respond(judge.start(), asked(judge), at(judge), chance) for _ in range(2))
    np.testing.assert_array_equal(one, other)
    assert judge.respond(judge.start(), asked(judge), at(judge), np.zeros((2, n))).all()
    assert not judge.respond(judge.start(), asked(judge), at(judge), np.ones((2, n))).any()


def test_practice_changes_a_copy(judge):
    before, n = judge.recall(judge.start(), at(judge)), len(judge.cohort)
    after = judge.practise(judge.start(), asked(judge), np.ones(n, dtype=bool), at(judge))
    assert (judge.recall(after, at(judge)) != before).any()
    np.testing.assert_array_equal(judge.recall(judge.start(), at(judge)), before)


def test_students_start_from_their_histories_without_the_withheld_answers(judge, model):
    cohort = judge.cohort
    lengths = np.diff(cohort.log.offsets)[cohort.students]
    np.testing.assert_array_equal(cohort.first, cohort.log.offsets[cohort.students] + lengths - cohort.withheld)
    assert (lengths > cohort.withheld).all()
    comparison = Comparison(model, judge, np.ones(13, dtype=bool), PolicyDesign(), silent)
    np.testing.assert_array_equal(comparison.minds.answered, lengths - cohort.withheld)


def test_a_tracer_judges_by_its_own_replay(model, course, test_students):
    cohort = logged_cohort(course.log, test_students, course.truth, N, 0)
    judge = TracerJudge("tracer", cohort, model, own=False, trained={"model": "history"})
    minds = replay_log(model, course.log, cohort.students, cohort.first)
    when = at(judge)
    np.testing.assert_array_equal(judge.recall(judge.start(), when), model.recall(minds, when))
    p = model.p_correct(minds, asked(judge)[:, None], when)[:, 0]
    for shift, right in ((-1e-9, True), (1e-9, False)):
        answers = judge.respond(judge.start(), asked(judge), when, np.stack([p + shift, p]))
        assert (answers == right).all()
    assert judge.about() == {"kind": "tracer", "own": False, "curve": "power", "model": "history"}


def test_a_latent_judge_names_family_and_frozen_numbers(bank, course, test_students):
    cohort = logged_cohort(course.log, test_students, course.truth, N, 0)
    frozen = make_family("graded", bank, DEFAULT_LATENT).parameter_hash
    assert LatentJudge("latent", cohort, bank).about() == {"kind": "latent", "family": "graded", "parameters": frozen}


def test_fresh_students_had_the_same_teacher_and_days_and_are_new(bank, course, model):
    """Their history is their own; their true state is the one before the withheld answers."""
    cohort = fresh_cohort(bank, course.log, "all-or-none", 20, 5)
    times = cohort.log.time_seconds
    span = (course.log.time_seconds.max() - course.log.time_seconds.min()) / SECONDS_PER_DAY
    assert abs(times.min() - course.log.time_seconds.min()) < 2 * SECONDS_PER_DAY
    assert (times.max() - times.min()) / SECONDS_PER_DAY < span + 2
    minds, state = make_family("all-or-none", bank), cohort.truth.state.take(cohort.truth_rows)
    for step in range(cohort.withheld):
        rows = cohort.rows[:, step]
        question = question_rows(cohort.log, model.q_matrix)[rows]
        p = minds.p_correct(state, question, cohort.log.time_seconds[rows])
        assert ((p > 0) & (p < 1)).all()
        state = minds.practise(state, question, cohort.log.correct[rows] > 0.5, cohort.log.time_seconds[rows])
    np.testing.assert_array_equal(fresh_cohort(bank, course.log, "all-or-none", 20, 5).log.correct, cohort.log.correct)


def test_people_have_no_latent_truth(bank, course, test_students):
    cohort = logged_cohort(course.log, test_students, None, N, 0)
    assert cohort.withheld == 20
    with pytest.raises(ValueError, match="no latent truth"):
        LatentJudge("latent", cohort, bank)


def test_concepts_that_a_judge_knows_nothing_of_do_not_count(judge, bank):
    """A judge of two concepts, and objectives over four."""
    from preceptor.evaluate.policy_target import Targets

    recall = np.tile([0.2, np.nan, 0.6, np.nan], (3, 1))
    spread = Targets.fixed(np.tile([0.25, 0.5, 0.25, 0.0], (3, 1)), recall)
    np.testing.assert_allclose(spread.value(recall), 0.4)
    unknown = Targets.fixed(np.tile([0.0, 1.0, 0.0, 0.0], (3, 1)), recall)
    np.testing.assert_allclose(unknown.value(recall), 0.4)
    assert make_objective("global", bank.q_matrix).weights(None, recall).shape == (3, 4)

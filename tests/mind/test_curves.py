"""Minds under every curve, with students who differ: replay, batch and hypothetical answers agree."""

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY, Interaction
from preceptor.forgetting import curve_names, forgetting_names, load_curve, make_curve
from preceptor.forgetting.fitted import FACTOR
from preceptor.mind import MindModel, replay_log
from preceptor.trace import Answers, make_tracer

START = 1_756_684_800.0
every_curve = pytest.mark.parametrize("name", [name for name in curve_names() if name != "none"])


@pytest.fixture
def model_of(bank):
    def build(name, **changed):
        values = {
            **make_curve(name, 3).to_dict(),
            "shift": 0.3,
            "slope": 1.1,
            "student_sd": 0.8,
            "level_sd": 0.5,
            **changed,
        }
        return MindModel(make_tracer("history", bank.q_matrix), load_curve(values))

    return build


def answered(model, *answers):
    mind = model.initial(1)
    for i, (question, correct, day) in enumerate(answers):
        at = START + day * SECONDS_PER_DAY
        mind = model.answer_alike(mind, Interaction(f"e{i}", "s", f"q{question}", "r", correct, i, at))
    return mind


@every_curve
def test_scores_equal_asking_before_every_answer(name, model_of, log):
    model = model_of(name)
    expected = np.empty(len(log))
    for s, student_id in enumerate(log.student_ids[:30]):
        mind = model.initial(1)
        for row, one in zip(range(log.offsets[s], log.offsets[s + 1]), log.interactions(student_id), strict=True):
            expected[row] = model.p_correct(mind, np.array([[log.question[row]]]), np.array([one.time_seconds]))[0, 0]
            mind = model.answer_alike(mind, one)
    asked = slice(0, log.offsets[30])
    np.testing.assert_allclose(model.score(log)[asked], expected[asked], atol=1e-5, rtol=0)


@every_curve
def test_replaying_many_equals_replaying_each(name, model_of, log):
    model = model_of(name)
    minds = replay_log(model, log, np.array([5, 7, 30]))
    for i, s in enumerate((5, 7, 30)):
        alone = model.replay(log.interactions(log.student_ids[s])).practice
        np.testing.assert_allclose(minds.practice.student_effects[i], alone.student_effects[0], atol=1e-6)
        np.testing.assert_allclose(minds.practice.memory[i], alone.memory[0], atol=1e-6)


@pytest.mark.parametrize("name", forgetting_names())
def test_who_recalls_after_a_pause_is_taken_to_remember_longer(name, model_of):
    model = model_of(name)
    begin = ((0, 1.0, 0), (0, 1.0, 0.01))
    held, lost = (answered(model, *begin, (0, correct, 8)) for correct in (1.0, 0.0))
    factor = [mind.practice.student_effects[0, FACTOR] for mind in (answered(model, *begin), held, lost)]
    assert factor[2] < factor[0] < factor[1]
    assert abs(factor[0]) < 0.1
    other = [model.retention(mind, np.array([START + 9 * SECONDS_PER_DAY]))[0] for mind in (held, lost)]
    assert other[0][0] > other[1][0]


def test_students_who_are_alike_are_not_told_apart(model_of):
    mind = answered(model_of("power", student_sd=0.0, level_sd=0.0), (0, 1.0, 0), (0, 0.0, 8))
    np.testing.assert_array_equal(mind.practice.student_effects, 0.0)


@every_curve
def test_a_hypothetical_answer_says_nothing_of_the_student(name, model_of):
    model = model_of(name)
    mind = answered(model, (0, 1.0, 0), (0, 1.0, 5))
    unknown = np.full(1, np.nan, np.float32)
    later = np.array([START + 9 * SECONDS_PER_DAY])
    after = model.practised(mind.practice, Answers(np.array([0]), np.zeros(1, np.float32), later, unknown))
    np.testing.assert_array_equal(after.student_effects, mind.practice.student_effects)
    assert after.attempts[0, 0] == mind.practice.attempts[0, 0] + 1


@every_curve
def test_what_is_said_to_be_left_is_recall_over_mastery(name, model_of):
    model = model_of(name)
    mind = answered(model, (0, 1.0, 0), (0, 1.0, 1), (2, 0.0, 1))
    for said in model.concept_recalls(mind, START + 20 * SECONDS_PER_DAY).values():
        floor = model.curve.guess_floor
        assert said.recall == pytest.approx(floor + (said.mastery - floor) * said.retention)
        assert 0 <= said.retention <= 1
    assert said.attempts == 0
    assert said.retention == 1.0


@every_curve
def test_what_is_left_after_a_span_is_the_retention_at_its_end_and_only_its_own_concept_s(name, model_of):
    model = model_of(name)
    mind = answered(model, (0, 1.0, 0), (0, 1.0, 1), (2, 0.0, 1))
    days = np.array([0.0, 0.5, 3.0, 40.0])
    now = np.concatenate([model.retention(mind, np.array([START + (1 + d) * SECONDS_PER_DAY]))[:, 0] for d in days])
    np.testing.assert_allclose(model.retention_since(mind, 0, days), now)
    np.testing.assert_array_equal(model.retention_since(mind, 2, days), np.ones(4))
    more = answered(model, (0, 1.0, 0), (0, 1.0, 1), (2, 0.0, 1), (3, 1.0, 2))
    if not model.curve.knows_students:
        np.testing.assert_array_equal(model.retention_since(more, 0, days), model.retention_since(mind, 0, days))

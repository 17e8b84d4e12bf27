"""Both worlds say what the tracer and the mind say, for many students as for one."""

import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel, replay_log
from preceptor.recommend.mind_world import MindWorld
from preceptor.recommend.vector_world import VectorWorld
from preceptor.recommend.world import VectorReader, untimed
from preceptor.recommend.worlds import world_for
from preceptor.trace import Answers, QuestionVectors, make_tracer

EVERYONE = np.arange(40)


@pytest.fixture(scope="module")
def answered(log):
    """Where each student's first answers end: unlike many of each."""
    return log.offsets[:-1] + 1 + EVERYONE % 24


def moments(n, *, days=None):
    return (
        untimed(n, torch.device("cpu")) if days is None else torch.full((n,), 1.8e9 + days * SECONDS_PER_DAY).double()
    )


def an_answer(n):
    return torch.arange(n) % 10, (torch.arange(n) % 3 > 0).float()


@pytest.fixture(scope="module")
def replayed(vector_tracer, log, answered):
    """Tracer states one answer after the other, student by student."""
    parts = []
    for student, stop in zip(EVERYONE, answered, strict=True):
        state = vector_tracer.initial(1)
        for row in range(log.offsets[student], stop):
            state = vector_tracer.update(state, Answers.untimed(log.question[[row]], log.correct[[row]]))
        parts.append(state)
    return type(parts[0]).joined(parts)


def test_a_vector_world_replays_as_the_tracer_updates(vector_world, log, answered, replayed):
    state = vector_world.replay(log, EVERYONE, answered)
    torch.testing.assert_close(state.hidden, replayed.hidden, atol=1e-5, rtol=0)
    torch.testing.assert_close(state.cell, replayed.cell, atol=1e-5, rtol=0)


def test_a_vector_world_says_what_the_tracer_says(vector_world, vector_tracer, replayed):
    question, correct = an_answer(40)
    at, nan = moments(40), np.full(40, np.nan)
    state = type(replayed)(replayed.hidden.clone(), replayed.cell.clone())
    every = vector_tracer.predict(replayed, np.tile(np.arange(10), (40, 1)), nan)
    mastery = vector_tracer.mastery(replayed, np.arange(4), nan)
    concept = torch.arange(40) % 4
    with torch.no_grad():
        found = {
            "every": (vector_world.every_p_correct(state, at), every),
            "one": (vector_world.p_correct(state, question, at), every[EVERYONE, question]),
            "mastery": (vector_world.mastery(state, at), mastery),
            "mastery of one": (vector_world.mastery_of(state, concept, at), mastery[EVERYONE, concept]),
        }
        moved = vector_world.answer(state, question, correct, at)
    after = vector_tracer.update(replayed, Answers.untimed(question.numpy(), correct.numpy()))
    for name, (ours, expected) in found.items():
        np.testing.assert_allclose(ours.numpy(), expected, atol=1e-5, err_msg=name)
    torch.testing.assert_close(moved.hidden, after.hidden, atol=1e-5, rtol=0)
    torch.testing.assert_close(moved.cell, after.cell, atol=1e-5, rtol=0)
    assert np.ptp(every) > 0.05


def test_a_questions_vector_is_answered_as_the_question_with_gradients_that_spare_the_tracer(
    vector_world, vector_tracer, replayed
):
    question, correct = an_answer(40)
    state = type(replayed)(replayed.hidden.clone(), replayed.cell.clone())
    action = vector_world.question_vectors[question].clone().requires_grad_()
    p_correct = vector_world.p_correct_at_vector(state, action)
    moved = vector_world.answer_at_vector(state, action, correct)
    at = moments(40)
    torch.testing.assert_close(p_correct, vector_world.p_correct(state, question, at))
    torch.testing.assert_close(moved.cell, vector_world.answer(state, question, correct, at).cell, atol=1e-5, rtol=0)
    vector_world.mastery(moved, at).sum().backward()
    assert float(action.grad.abs().sum()) > 0
    assert all(parameter.grad is None for parameter in vector_tracer.network.parameters())


def test_without_gradients_a_students_part_is_computed_once_a_state(vector_world, vector_students, monkeypatch):
    calls, original = [], vector_world.head.student
    monkeypatch.setattr(vector_world.head, "student", lambda hidden: calls.append(len(hidden)) or original(hidden))
    state, at = vector_students.state.take(EVERYONE[:5]), moments(5)
    with torch.no_grad():
        for _ in range(2):
            vector_world.mastery(state, at)
            vector_world.p_correct(state, torch.zeros(5, dtype=torch.int64), at)
        other = vector_world.answer(state, torch.zeros(5, dtype=torch.int64), torch.ones(5), at)
        vector_world.mastery(other, at)
    assert calls == [5, 5]


def test_vectors_have_length_root_d(vector_world, counting):
    for world in (vector_world, MindWorld(counting)):
        for table in (world.question_vectors, world.concept_vectors):
            torch.testing.assert_close(table.norm(dim=1), torch.full((len(table),), world.vector_width**0.5))


def test_no_verb_changes_a_state(vector_world, vector_students):
    state = vector_students.state.take(EVERYONE[:3])
    before = state.hidden.clone(), state.cell.clone()
    question, correct = an_answer(3)
    with torch.no_grad():
        vector_world.answer(state, question, correct, moments(3))
        vector_world.features(state).zero_()
    assert torch.equal(state.hidden, before[0])
    assert torch.equal(state.cell, before[1])


def test_many_students_at_once_are_as_many_single_ones(vector_world):
    generator = torch.Generator().manual_seed(0)
    hidden, cell = torch.rand(2, 1_024, vector_world.hidden, generator=generator) - 0.5
    start = type(vector_world.initial(0))(hidden, cell)
    question, correct = an_answer(1_024)
    at = moments(1_024)
    with torch.no_grad():
        moved = vector_world.answer(start, question, correct, at)
        together = vector_world.mastery(moved, at)
        for i in range(0, 1_024, 97):
            one = slice(i, i + 1)
            alone = vector_world.answer(start.take(np.array([i])), question[one], correct[one], at[one])
            torch.testing.assert_close(vector_world.mastery(alone, at[one])[0], together[i], atol=1e-6, rtol=0)


def test_a_mind_world_says_what_the_mind_says_with_and_without_times(model, log, answered):
    world, minds = MindWorld(model), replay_log(model, log, EVERYONE, answered)
    state = world.replay(log, EVERYONE, answered)
    question, correct = an_answer(40)
    concept = torch.arange(40) % 4
    for days in (None, 3.0):
        at = moments(40, days=days)
        recall = model.recall(minds, at.numpy())
        p_correct = model.p_correct(minds, np.tile(np.arange(10), (40, 1)), at.numpy())
        np.testing.assert_allclose(world.mastery(state, at), recall, atol=1e-6)
        np.testing.assert_allclose(world.mastery_of(state, concept, at), recall[EVERYONE, concept], atol=1e-6)
        np.testing.assert_allclose(world.every_p_correct(state, at), p_correct, atol=1e-6)
        np.testing.assert_allclose(world.p_correct(state, question, at), p_correct[EVERYONE, question], atol=1e-6)
        moved = world.answer(state, question, correct, at)
        unknown = np.full(40, np.nan, dtype=np.float32)
        expected = model.answer(minds, Answers(question.numpy(), correct.numpy(), at.numpy(), unknown))
        np.testing.assert_allclose(world.mastery(moved, at), model.recall(expected, at.numpy()), atol=1e-6)
        assert world.features(moved).shape == (40, world.width)
    assert len(world.start(minds)) == 40


def test_without_a_clock_minds_of_a_curve_do_not_forget(counting, log, answered):
    world = MindWorld(counting)
    state, at = world.replay(log, EVERYONE, answered), moments(40)
    np.testing.assert_allclose(world.mastery(state, at), counting.mastery(state, at.numpy()), atol=1e-6)
    assert float((world.mastery(state, at) - world.mastery(state, moments(40, days=30))).max()) > 0.05


def test_both_worlds_agree_on_semantic_dkt(vector_world, vector_tracer, log, answered):
    minds = MindWorld(MindModel(vector_tracer, NoForgetting(4)))
    ours, theirs = (world.replay(log, EVERYONE, answered) for world in (vector_world, minds))
    at = moments(40)
    with torch.no_grad():
        torch.testing.assert_close(vector_world.features(ours), minds.features(theirs), atol=1e-5, rtol=0)
        torch.testing.assert_close(vector_world.question_vectors, minds.question_vectors)
        torch.testing.assert_close(vector_world.concept_vectors, minds.concept_vectors)
        torch.testing.assert_close(vector_world.mastery(ours, at), minds.mastery(theirs, at), atol=1e-5, rtol=0)
    assert isinstance(vector_world, VectorReader)
    assert not isinstance(minds, VectorReader)


def test_the_fast_world_serves_where_it_can(vector_tracer, counting):
    semantic = MindModel(vector_tracer, NoForgetting(4))
    assert isinstance(world_for(semantic), VectorWorld)
    assert isinstance(world_for(semantic, timed=True), MindWorld)
    assert isinstance(world_for(counting), MindWorld)


def test_tuned_vectors_are_read_where_training_has_moved_them(bank):
    rng = np.random.default_rng(0)
    shapes = ((10, 16), (4, 16))
    tuned = QuestionVectors(*(rng.normal(size=shape).astype(np.float32) for shape in shapes), tuned=True)
    tracer = make_tracer("semantic-dkt", bank.q_matrix, size="small", vectors=tuned)
    with torch.no_grad():
        tracer.network.moved.copy_(torch.from_numpy(rng.normal(size=(10, 16)).astype(np.float32)))
        world = VectorWorld(tracer)
        state, at = world.initial(2), moments(2)
        np.testing.assert_allclose(
            world.every_p_correct(state, at),
            tracer.predict(tracer.initial(2), np.tile(np.arange(10), (2, 1)), at.numpy()),
            atol=1e-5,
        )
        np.testing.assert_allclose(
            world.mastery(state, at), tracer.mastery(tracer.initial(2), np.arange(4), at.numpy()), atol=1e-5
        )

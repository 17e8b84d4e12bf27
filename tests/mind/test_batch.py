import numpy as np
import pytest

from preceptor.domain import Log, UserError
from preceptor.mind import Minds, batch, replay_log, replay_recall_only, replay_without

QUESTIONS = np.arange(6)[None]


def looked_at(model, minds, log):
    at = np.full(len(minds), np.nanmax(log.time_seconds) + 86_400)
    asked = np.broadcast_to(QUESTIONS, (len(minds), 6))
    return np.hstack([model.p_correct(minds, asked, at), model.recall(minds, at)])


def test_replaying_many_equals_replaying_each(model, log):
    students = np.array([5, 0, 7, 1, 30, 8])
    minds = replay_log(model, log, students)
    alone = Minds.joined([model.replay(log.interactions(log.student_ids[s])) for s in students])
    np.testing.assert_allclose(looked_at(model, minds, log), looked_at(model, alone, log), atol=1e-5, rtol=0)
    for name in ("recent", "last_seen", "answered"):
        np.testing.assert_array_equal(getattr(minds, name), getattr(alone, name))
    np.testing.assert_array_equal(minds.practice.last_seconds, alone.practice.last_seconds)


def test_replays_stop_where_they_are_told(model, log):
    students = np.array([7, 3, 12])
    stop = log.offsets[students + 1] - np.array([2, 0, 1])
    minds = replay_log(model, log, students, stop)
    for i, (s, end) in enumerate(zip(students, stop, strict=True)):
        history = list(log.interactions(log.student_ids[s]))[: end - log.offsets[s]]
        alone = model.replay(history)
        assert minds.answered[i] == len(history)
        expected = looked_at(model, alone, log)
        np.testing.assert_allclose(looked_at(model, minds.take([i]), log), expected, atol=1e-5, rtol=0)


def test_everybody_s_recall_whatever_the_portions(model, log, monkeypatch):
    expected = replay_log(model, log, np.arange(70))
    at = np.full(70, np.nanmax(log.time_seconds))
    monkeypatch.setattr(batch, "ENTRIES_AT_ONCE", 1)
    minds = replay_recall_only(model, log)
    np.testing.assert_allclose(model.recall(minds, at), model.recall(expected, at), atol=1e-6)
    assert minds.last_seen.shape == (70, 0)


def test_nobody(model, log):
    assert len(replay_recall_only(model, Log.empty())) == 0
    assert len(replay_log(model, log, np.array([], dtype=np.int64))) == 0
    assert replay_log(model, log, np.array([0])).answered.tolist() == [0]


def test_minds_can_be_selected_and_repeated(model, log):
    minds = replay_log(model, log, np.array([7, 8]))
    both = minds.take([1, 1, 0])
    assert len(both) == 3
    np.testing.assert_array_equal(both.recent, minds.recent[[1, 1, 0]])
    np.testing.assert_allclose(looked_at(model, both, log)[0], looked_at(model, minds, log)[1], atol=1e-6)


def test_an_imported_question_that_the_bank_does_not_know_is_a_user_error(model):
    strange = Log.of(
        ("s",),
        ("stranger",),
        student=np.zeros(1),
        question=np.zeros(1),
        correct=np.ones(1),
        event_id=np.array(["e"]),
        revision=np.array(["r"]),
    )
    with pytest.raises(UserError, match="stranger"):
        replay_log(model, strange, np.array([0]))


def test_leaving_out_each_answer_is_a_replay_of_the_rest(model, log):
    history = list(log.interactions(log.student_ids[5]))
    positions = [len(history) - 1, 0, 2]
    minds = replay_without(model, history, positions)
    for i, position in enumerate(positions):
        rest = model.replay(history[:position] + history[position + 1 :])
        expected = looked_at(model, rest, log)
        np.testing.assert_allclose(looked_at(model, minds.take(np.array([i])), log), expected, atol=1e-5, rtol=0)
        assert minds.answered[i] == len(history) - 1

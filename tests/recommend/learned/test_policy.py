"""A trained policy serves with torch alone, on the tracer it was trained on."""

import json
import subprocess
import sys

import numpy as np
import pytest
import torch

from preceptor.domain import UserError
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel
from preceptor.recommend import make_objective
from preceptor.recommend.learned.brain import Brain, Form
from preceptor.recommend.learned.policy import LearnedPolicy, Origin, saved_origin, tracer_version
from preceptor.trace import Answers

FORMS = ("actor", "gaussian", "values", "logits", "atoms")
EARLIER = ("algorithm", "critic", "objective", "tracer", "version", "run")
"""What policies have always told of their origin."""


@pytest.fixture
def served(small):
    """A model, minds of five students, and a policy of any kind."""
    own = small()
    model = MindModel(own.tracer, NoForgetting(5))
    minds, rng = model.initial(5), np.random.default_rng(2)
    for _ in range(6):
        correct = rng.integers(0, 2, 5).astype(np.float32)
        minds = model.answer(minds, Answers(rng.integers(0, 8, 5), correct, np.full(5, np.nan), np.full(5, np.nan)))

    def policy(kind, objective="practiced", told=None, **form):
        torch.manual_seed(4)
        given = {"atoms": 7, "most_return": 1.0, "rainbow": True} if kind == "atoms" else {}
        form = Form(kind, own.layout.features_width, own.layout.vector_width, 8, 12, 0.5, **given, **form)
        origin = Origin(
            "ddpg", "plain", objective, "semantic-dkt", tracer_version(own.tracer), "semantic-dkt/r1", **(told or {})
        )
        return LearnedPolicy(model, Brain(form, own.world.question_vectors), origin)

    return own, model, minds, policy


def choose(policy, minds, objective, candidates=None):
    candidates = np.ones(8, bool) if candidates is None else candidates
    return policy.choose(minds, candidates, objective, np.zeros(len(minds)), np.random.default_rng(0))


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_loaded_chooses_as_what_was_saved(kind, served, ground, tmp_path):
    _, model, minds, policy = served
    saved, objective = policy(kind), ground("practiced").objective
    saved.save(tmp_path)
    loaded = LearnedPolicy.load(tmp_path, model)
    assert saved_origin(tmp_path) == saved.origin
    np.testing.assert_array_equal(choose(loaded, minds, objective).question, choose(saved, minds, objective).question)


@pytest.mark.parametrize("kind", FORMS)
def test_it_asks_what_it_would_ask_in_training(kind, served, ground):
    """Serving and training see the same observation and the same bank."""
    from preceptor.recommend.learned.collect import best_allowed

    own, _, minds, policy = served
    made, objective = policy(kind), ground("practiced").objective
    obs = made._observed(minds, objective, np.zeros(5), np.random.default_rng(0))
    assert obs.shape == (5, own.layout.width)
    torch.testing.assert_close(own.layout.features(obs)[:, :9], minds.tracer_state.hidden)
    assert (own.layout.remaining(obs) == 1).all()
    with torch.no_grad():
        scores = made.brain.scores(obs)
    free = np.delete(np.arange(8), minds.recent[:, -1].max())
    mask = torch.ones(5, 8, dtype=torch.bool)
    mask[torch.arange(5), torch.as_tensor(minds.recent[:, -1]).long()] = False
    expected = best_allowed(scores, torch.arange(8), mask)
    np.testing.assert_array_equal(choose(made, minds, objective).question, expected)
    assert len(free) == 7


def test_what_is_left_is_a_share_of_its_own_episode(served, ground):
    own, _, minds, policy = served
    made, objective = policy("actor"), ground("practiced").objective

    def seen(left):
        made.left = left
        obs = made._observed(minds, objective, np.zeros(5), np.random.default_rng(0))
        return float(own.layout.remaining(obs)[0])

    horizon = made.episode.horizon
    assert [seen(left) for left in (None, 2 * horizon, horizon, 3, 1)] == pytest.approx([1, 1, 1, 0.3, 0.1])


def test_only_candidates_are_asked_and_the_last_question_is_not(served, ground):
    _, model, minds, policy = served
    candidates = np.isin(np.arange(8), [2, 3, 6])
    chosen = choose(policy("values"), minds, ground("practiced").objective, candidates)
    assert candidates[chosen.question].all()
    assert (chosen.question != minds.recent[:, -1]).all()
    expected = model.p_correct(minds, chosen.question[:, None], np.zeros(5))[:, 0]
    np.testing.assert_allclose(chosen.p_correct, expected)
    assert np.isnan(chosen.improvement).all()


def test_the_best_come_in_order_one_of_each_set_of_concepts(served, ground):
    _, _, minds, policy = served
    made, objective, mind = policy("values"), ground("practiced").objective, minds.take(np.array([0]))
    ranked = made.rank(mind, np.ones(8, bool), objective, 0.0, 8)
    best = [one.question for one in ranked]
    scores = made.scores(mind, np.ones(8, bool), objective, np.zeros(1), np.random.default_rng(0))[0]
    assert len({question % 5 for question in best}) == len(best) <= 5
    assert (np.diff(scores[best]) <= 0).all()


def test_another_tracer_is_refused_and_how_to_mend_it_is_said(served, tmp_path):
    own, model, _, policy = served
    policy("values").save(tmp_path)
    with torch.no_grad():
        own.tracer.network.recurrent *= 1.001
    with pytest.raises(UserError, match=r"semantic-dkt/r1.*another semantic-dkt") as refused:
        LearnedPolicy.load(tmp_path, model)
    assert "preceptor train-policy COURSE --objective practiced --algorithm ddpg" in str(refused.value)


def test_a_policy_for_another_objective_is_refused(served, ground):
    _, _, minds, policy = served
    with pytest.raises(UserError, match="trained for the objective 'practiced', not for 'global'"):
        choose(policy("values"), minds, ground("global").objective)


def test_a_policy_of_the_released_objective_looks_at_what_it_does_in_use(served, tmp_path):
    """Of a student's last concepts only the most frequent one says what comes next."""
    own, model, minds, policy = served
    objective = make_objective("upcoming", own.world.q_matrix)
    objective.transition = np.eye(5)[[1, 2, 3, 4, 0]]
    saved = policy("actor", "upcoming", {"released": True})
    saved.save(tmp_path)
    loaded = LearnedPolicy.load(tmp_path, model)
    assert loaded.origin.released
    sharp, mixed = objective.as_released().recent_weights(minds.recent), objective.recent_weights(minds.recent)
    assert (mixed.max(axis=1) < 1).all()

    def seen(made):
        draws = [made._observed(minds, objective, np.zeros(5), np.random.default_rng(i)) for i in range(20)]
        return np.stack([own.layout.target_id(obs).numpy() for obs in draws])

    assert (seen(loaded) == sharp.argmax(axis=1)).all()
    assert (seen(policy("actor", "upcoming")) != sharp.argmax(axis=1)).any()


def test_a_policy_that_was_saved_before_these_were_told_still_loads(served, tmp_path):
    _, model, _, policy = served
    policy("values").save(tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    config["origin"] = {name: config["origin"][name] for name in EARLIER}
    (tmp_path / "config.json").write_text(json.dumps(config))
    assert not LearnedPolicy.load(tmp_path, model).origin.released


def test_a_damaged_policy_is_told(served, tmp_path):
    _, model, _, policy = served
    policy("values").save(tmp_path)
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(UserError, match="damaged"):
        LearnedPolicy.load(tmp_path, model)


def test_a_torn_weights_file_is_told(served, tmp_path):
    _, model, _, policy = served
    policy("values").save(tmp_path)
    (tmp_path / "weights.safetensors").write_bytes((tmp_path / "weights.safetensors").read_bytes()[:100])
    with pytest.raises(UserError, match="damaged"):
        LearnedPolicy.load(tmp_path, model)


def test_serving_imports_neither_tianshou_nor_gymnasium():
    code = (
        "import sys, preceptor.recommend.learned.policy, preceptor.recommend.learned.settings\n"
        "print([name for name in ('tianshou', 'gymnasium', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

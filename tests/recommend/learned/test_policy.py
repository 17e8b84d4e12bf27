"""A trained policy serves with torch alone, on the tracer it was trained on."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from preceptor.domain import UserError
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel
from preceptor.recommend import ExamObjective, make_objective
from preceptor.recommend.learned.brain import Brain, Form
from preceptor.recommend.learned.episode import Episode
from preceptor.recommend.learned.policy import LearnedPolicy, Origin, saved_origin, terms_of, tracer_version
from preceptor.recommend.rules import Rules
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


@pytest.mark.parametrize("kind", FORMS)
def test_everybody_is_asked_the_best_of_their_own_candidates(kind, served, ground):
    _, _, minds, policy = served
    made, objective = policy(kind), ground("practiced").objective
    own = np.random.default_rng(1).random((5, 8)) < 0.5
    own[:, 7] = own[0, :] = True
    scores = made.scores(minds, own, objective, np.zeros(5), np.random.default_rng(0))
    assert (np.isneginf(scores) == ~own).all()
    every = made.scores(minds, np.ones(8, bool), objective, np.zeros(5), np.random.default_rng(0))
    np.testing.assert_allclose(scores[own], every[own], atol=1e-6)
    may = own & (np.arange(8) != minds.recent[:, -1:])
    may = np.where(may.any(axis=1, keepdims=True), may, own)
    expected = np.where(may, every, -np.inf).argmax(axis=1)
    np.testing.assert_array_equal(choose(made, minds, objective, own).question, expected)


@pytest.mark.parametrize("rules", [Rules(no_repeats=True), Rules(difficulty=(0.3, 0.7))])
def test_rules_keep_to_the_candidates_of_each_student(rules, served):
    own, _, minds, _ = served
    candidates = np.arange(8) % 5 == np.arange(5)[:, None]
    every = np.ones(8, bool)
    alone = Episode(4, rules).allowed(own.world, minds, every, np.zeros(5))
    allowed = Episode(4, rules).allowed(own.world, minds, candidates, np.zeros(5))
    both = alone & candidates
    np.testing.assert_array_equal(allowed, np.where(both.any(axis=1, keepdims=True), both, candidates))


@pytest.mark.parametrize("kind", FORMS)
def test_a_bank_is_gathered_once_as_long_as_the_same_may_be_asked(kind, served, ground, monkeypatch):
    _, _, minds, policy = served
    objective, made, few = ground("practiced").objective, policy(kind), np.arange(8) < 4
    gathered, use = [], Brain.use
    monkeypatch.setattr(Brain, "use", lambda brain, bank: (gathered.append(len(bank)), use(brain, bank)))
    for candidates in (None, None, few, few, None):
        expected = choose(policy(kind), minds, objective, candidates).question
        gathered and gathered.pop()
        np.testing.assert_array_equal(choose(made, minds, objective, candidates).question, expected)
    assert gathered == [8, 4, 8]


@pytest.mark.parametrize("form", [{"kind": "actor"}, {"kind": "logits", "nearest": 3}, {"kind": "atoms"}])
def test_what_follows_from_bank_and_weights_alone_is_computed_once_where_it_serves(form, served, ground, monkeypatch):
    """Normalising thousands of vectors, or projecting them, takes longer than an answer may."""
    _, _, minds, policy = served
    made, objective = policy(**form), ground("practiced").objective
    first = choose(made, minds, objective).question
    many, normalise, linear = [], nn.functional.normalize, nn.functional.linear

    def told(function):
        def counted(values, *given, **named):
            many.append(len(values))
            return function(values, *given, **named)

        return counted

    monkeypatch.setattr(nn.functional, "normalize", told(normalise))
    monkeypatch.setattr(nn.functional, "linear", told(linear))
    np.testing.assert_array_equal(choose(made, minds, objective).question, first)
    assert many
    assert max(many) == len(minds)


def test_atoms_that_are_trained_further_forget_what_was_computed(served):
    own, _, _, policy = served
    brain = policy("atoms").brain
    brain.settle()
    obs = own.obs("one")
    before = brain.scores(obs)
    brain.train()
    with torch.no_grad():
        brain.network.projection.weight.mul_(-2)
    assert not torch.equal(brain.eval().scores(obs), before)


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


def exam(own, **weights):
    given = np.array([weights.get(concept, 0) for concept in own.world.q_matrix.concept_ids], dtype=float)
    return ExamObjective(own.world.q_matrix, given if weights else None, 1e6)


def test_a_policy_for_an_exam_of_other_weights_is_refused(served, tmp_path):
    own, model, minds, policy = served
    trained = exam(own, a=1, c=3)
    policy("values", "exam", {"terms": terms_of(trained)}).save(tmp_path)
    loaded = LearnedPolicy.load(tmp_path, model)
    same = ExamObjective(own.world.q_matrix, trained.shared_weights() * 2, 2e6)
    assert choose(loaded, minds, same).question.shape == (5,)
    for other in (exam(own, a=3, c=1), exam(own, c=1), exam(own)):
        with pytest.raises(UserError, match="weights of 'exam' have changed") as refused:
            choose(loaded, minds, other)
        assert "preceptor train-policy COURSE --objective exam --algorithm ddpg --critic plain" in str(refused.value)
        with pytest.raises(UserError, match="have changed"):
            loaded.rank(minds.take(np.array([0])), np.ones(8, bool), other, 0.0, 2)


def test_weights_are_known_again_in_a_bank_that_has_grown(served):
    """A new concept weighs nothing in an exam that names its own, and as much as all in one that names none."""
    q_matrix = served[0].world.q_matrix
    grown = replace(q_matrix, concept_ids=("new", *q_matrix.concept_ids), concepts=q_matrix.concepts + 1)
    for before, now in (([1, 0, 3, 0, 0], [0, 1, 0, 3, 0, 0]), (None, None), ([1] * 5, None)):
        assert terms_of(ExamObjective(q_matrix, before)) == terms_of(ExamObjective(grown, now))
    assert terms_of(ExamObjective(q_matrix, [1, 0, 3, 0, 0])) != terms_of(ExamObjective(q_matrix))


def test_a_policy_that_was_saved_before_these_were_told_still_serves(served, ground, tmp_path):
    _, model, minds, policy = served
    policy("values").save(tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    config["origin"] = {name: config["origin"][name] for name in EARLIER}
    (tmp_path / "config.json").write_text(json.dumps(config))
    loaded = LearnedPolicy.load(tmp_path, model)
    assert not loaded.origin.released
    assert choose(loaded, minds, ground("practiced").objective).question.shape == (5,)


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

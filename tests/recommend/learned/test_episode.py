"""Rules and clock of the episodes a policy was trained in hold where it serves."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY, Concept
from preceptor.mind import Minds
from preceptor.recommend import ExamObjective, make_objective
from preceptor.recommend.clock import Clock
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.learned.collect import play, served
from preceptor.recommend.learned.episode import Episode
from preceptor.recommend.learned.learner import Parts, make_learner
from preceptor.recommend.learned.policy import LearnedPolicy, Origin, tracer_version
from preceptor.recommend.learned.settings import settings_for
from preceptor.recommend.learned.training import train
from preceptor.recommend.mind_world import MindWorld
from preceptor.recommend.observation import layout_of
from preceptor.recommend.rules import Rules, needed_of
from preceptor.recommend.students import Students

CLOCK = Clock.sittings(minutes_per_day=2, days=2, seconds_per_answer=40, judged_days=9)
START = 1_756_684_800.0
HERE = torch.get_default_device()
EVERY = np.ones(10, dtype=bool)


@pytest.fixture(scope="module")
def timed(counting, log):
    """A policy that was trained with a clock, the environment of its training, and its students."""
    world = MindWorld(counting)
    objective = make_objective("global", world.q_matrix)
    students, rows = Students.of(world, log, history=12), torch.arange(10)
    numbers = {"hidden": 8, "lift": 12, "envs": 20, "batch": 16, "transitions": 240, "updates": 6}
    settings = replace(settings_for("dqn"), **numbers)
    rules = Rules(no_repeats=True)
    env = StudentEnv(world, objective, students, num_envs=20, rules=rules, clock=CLOCK, shuffle=False)
    weights = torch.as_tensor(objective.shared_weights()).float()
    learner = make_learner("dqn", Parts(world, layout_of(world, timed=True), rows, weights, settings, "plain", 0))

    def validate():
        return float(play(env, served(learner.brain, rows), None, 0).improvement.mean())

    report = train(learner, env, validate, seed=0, clock=lambda: 0.0)
    assert report.transitions == 240
    origin = Origin("dqn", "plain", "global", "history", tracer_version(counting.tracer), "history/r1")
    return LearnedPolicy(counting, learner.brain, origin, Episode(CLOCK.steps, rules, CLOCK)), env, students


def test_trained_saved_loaded_it_chooses_by_the_clock(timed, counting, tmp_path):
    """The first observation of an episode is what it sees when it serves at that moment."""
    policy, env, students = timed
    policy.save(tmp_path)
    loaded = LearnedPolicy.load(tmp_path, counting)
    assert loaded.episode.clock == CLOCK
    assert loaded.episode.rules.no_repeats
    obs, _ = env.reset(options={"episode": 0})
    minds = students.state.take(np.arange(20))
    at = students.last_seconds[:20] + CLOCK.offsets_seconds[0]
    seen = loaded._observed(minds, env.objective, at, np.random.default_rng(0))
    torch.testing.assert_close(seen, obs, atol=1e-5, rtol=0)
    chosen = loaded.choose(minds, EVERY, env.objective, at, np.random.default_rng(0)).question
    assert (chosen[:, None] != minds.recent[:, -(CLOCK.steps - 1) :]).all()
    later = loaded._observed(minds, env.objective, at + 30 * SECONDS_PER_DAY, np.random.default_rng(0))
    recall = env.layout.value(later) - env.layout.value(seen)
    assert (recall < 0).all()  # what is not practised fades


@pytest.mark.parametrize("step", range(CLOCK.steps))
def test_moments_are_those_of_training(timed, step):
    episode, at = Episode(CLOCK.steps, Rules(), CLOCK), np.array([START, START + 5])
    when, remaining = episode.moments(timed[1].objective, at, 1 - step / CLOCK.steps, HERE)
    np.testing.assert_allclose(when.judged - when.now, CLOCK.judged_seconds - CLOCK.offsets_seconds[step], atol=1e-3)
    np.testing.assert_allclose(remaining, 1 - step / CLOCK.steps, atol=1e-6)


def test_an_exam_is_judged_on_its_day_and_the_steps_left_are_those_before_it(bank):
    objective = ExamObjective(bank.q_matrix, None, START + CLOCK.judged_seconds)
    at = START + np.array([*CLOCK.offsets_seconds, CLOCK.judged_seconds + 1, -SECONDS_PER_DAY])
    when, remaining = Episode(CLOCK.steps, Rules(), CLOCK).moments(objective, at, 1.0, HERE)
    np.testing.assert_allclose(when.judged[:-2], START + CLOCK.judged_seconds)
    steps = CLOCK.steps
    np.testing.assert_allclose(remaining * steps, [*range(steps, 0, -1), 1, steps], atol=1e-5)


def test_without_a_clock_time_stands_still(bank):
    when, remaining = Episode().moments(make_objective("global", bank.q_matrix), np.array([START, START]), 0.4, HERE)
    assert when.now.isnan().all()
    assert remaining.tolist() == pytest.approx([0.4, 0.4])


def test_what_was_asked_lately_is_not_asked_again(counting, mind_of):
    """As many answers back as an episode has besides this one; also where only the last ten are known."""
    mind = mind_of(counting, *[(q, 1.0, q) for q in (5, 0, 1, 2, 3)])
    forgetful = Minds(mind.tracer_state, mind.practice, mind.recent, mind.last_seen[:, :0], mind.answered)
    world = MindWorld(counting)
    for horizon, gone in ((1, set()), (3, {2, 3}), (5, {0, 1, 2, 3}), (10, {0, 1, 2, 3, 5})):
        for known in (mind, forgetful):
            allowed = Episode(horizon, Rules(no_repeats=True)).allowed(world, known, EVERY, np.array([START]))
            assert set(np.flatnonzero(~allowed[0])) == gone


def test_rules_that_leave_nothing_allow_all_but_the_last_question(timed, counting, mind_of):
    policy, env, _ = timed
    strict = LearnedPolicy(counting, policy.brain, policy.origin, Episode(6, Rules(difficulty=(0.0, 0.0)), CLOCK))
    mind = mind_of(counting, (4, 1.0, 0), (2, 0.0, 1))
    best = [one.question for one in strict.rank(mind, EVERY, env.objective, START + 3 * SECONDS_PER_DAY, 20)]
    assert 2 not in best
    assert len(best) > 3


def test_prerequisites_are_kept_by_name(bank, vector_world):
    concepts = [Concept("a", "a"), Concept("c", "c", prerequisites=("a", "b"))]
    episode = Episode(4, Rules(prerequisites=0.6, difficulty=(0.1, 0.9), needed=needed_of(concepts, bank.q_matrix)))
    kept = json.loads(json.dumps(episode.to_dict(bank.q_matrix)))
    assert kept["rules"]["needed"] == [["c", "a"], ["c", "b"]]
    again = Episode.from_dict(kept, bank.q_matrix)
    np.testing.assert_array_equal(again.rules.needed, episode.rules.needed)
    assert (again.horizon, again.clock, again.rules.difficulty) == (4, None, (0.1, 0.9))
    assert Episode.from_dict(json.loads(json.dumps(Episode().to_dict(bank.q_matrix))), bank.q_matrix) == Episode()

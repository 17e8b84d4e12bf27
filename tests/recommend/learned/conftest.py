import numpy as np
import pytest
import torch

from preceptor.domain import QMatrix
from preceptor.recommend.layout import Layout
from preceptor.recommend.vector_world import VectorWorld
from preceptor.recommend.world import untimed
from preceptor.trace import QuestionVectors
from preceptor.trace.semantic_dkt import SemanticDktNetwork, SemanticDktTracer

torch.set_num_threads(1)

QUESTIONS, CONCEPTS, WIDTH = 8, 5, 6


class Small:
    """A world of a tracer with random weights, students in it, and what is observed of them."""

    def __init__(self, *, calibrated=False, double=False, same_vectors=False, students=7):
        rng = np.random.default_rng(3)
        q_matrix = QMatrix(
            tuple(f"q{i}" for i in range(QUESTIONS)),
            tuple("abcde"),
            (np.arange(QUESTIONS) % CONCEPTS)[:, None].astype(np.int32),
            np.full(QUESTIONS, np.nan, np.float32),
        )
        concepts = rng.normal(size=(CONCEPTS, WIDTH)).astype(np.float32)
        if same_vectors:
            concepts[3] = concepts[1]
        vectors = QuestionVectors(rng.normal(size=(QUESTIONS, WIDTH)).astype(np.float32), concepts)
        self.tracer = SemanticDktTracer(q_matrix, calibrated=calibrated, size="small", vectors=vectors)
        torch.manual_seed(5)
        network = SemanticDktNetwork(q_matrix, vectors, 9, 17, own_concepts=calibrated)
        network.reset()
        with torch.no_grad():
            network.answer *= 3.0  # so that it matters whether an answer was right
            network.head.out.weight *= 6.0
            network.recurrent *= 3.0
        self.tracer.network = network.double() if double else network
        self.tracer.calibration = (0.2, 1.3)
        self.world = VectorWorld(self.tracer)
        self.layout = Layout(self.world.width, self.world.vector_width)
        self.many = torch.tensor([0.1, 0.3, 0.0, 0.4, 0.2])
        self.state = self.world.initial(students)
        self.at = untimed(students, self.world.device)
        draw = torch.Generator().manual_seed(7)
        kind = self.world.concept_vectors.dtype
        for _ in range(4):
            question = torch.randint(0, QUESTIONS, (students,), generator=draw)
            correct = torch.randint(0, 2, (students,), generator=draw).to(kind)
            self.state = self.world.answer(self.state, question, correct, self.at)
        self.target = torch.arange(students) % CONCEPTS
        self.act = torch.randn(students, WIDTH, generator=draw).to(kind)

    def weights(self, looks_at):
        return self.many if looks_at == "many" else None

    def value(self, state, looks_at):
        """Mastery of what is looked at, by the world."""
        if looks_at == "many":
            return self.world.mastery(state, self.at) @ self.many.to(state.hidden)
        return self.world.mastery_of(state, self.target, self.at)

    def obs(self, looks_at, remaining=0.5):
        target = torch.full_like(self.target, -1) if looks_at == "many" else self.target
        vector = self.world.concept_vectors[self.target]
        value = self.value(self.state, looks_at)
        return self.layout.join(self.world.features(self.state), vector, target, value, remaining)

    def expected_gain(self, looks_at, act):
        """Σ_y P(y)·(value after y) − value, by the world's own verbs."""
        p = self.world.p_correct_at_vector(self.state, act)
        ones = torch.ones_like(p)
        right = self.value(self.world.answer_at_vector(self.state, act, ones), looks_at)
        wrong = self.value(self.world.answer_at_vector(self.state, act, 0 * ones), looks_at)
        return p * right + (1 - p) * wrong - self.value(self.state, looks_at)


@pytest.fixture(scope="session")
def small():
    return Small


@pytest.fixture(params=["one", "many"])
def looks_at(request):
    return request.param


class Ground:
    """Students of a small world to learn on, and what learns."""

    def __init__(self, objective="practiced"):
        from preceptor.recommend import make_objective
        from preceptor.recommend.students import Students

        self.world = Small().world
        self.objective = make_objective(objective, self.world.q_matrix)
        draw = torch.Generator().manual_seed(11)
        state = self.world.initial(24)
        recent = torch.randint(0, QUESTIONS, (24, 10), generator=draw)
        for question in recent.T:
            correct = torch.randint(0, 2, (24,), generator=draw).float()
            state = self.world.answer(state, question, correct, untimed(24, self.world.device))
        ids = tuple(f"s{i}" for i in range(24))
        self.students = Students(ids, state, recent.numpy().astype(np.int32), np.full(24, 10), np.zeros(24))

    def settings(self, algorithm, preset="tuned", **changed):
        from dataclasses import replace

        from preceptor.recommend.learned.settings import settings_for

        found = settings_for(algorithm, preset)
        small = {"hidden": 16, "lift": 24, "envs": 12, "batch": 32, "replay": 600, "transitions": 480, "updates": 32}
        return replace(found, **{**small, "atoms": min(found.atoms, 11), **changed})

    def env(self, settings, actions="discrete", **changed):
        from preceptor.recommend.environment import StudentEnv

        given = {"num_envs": settings.envs, "reward_scale": settings.reward_scale, "seed": 3, **changed}
        snap = settings.snap or actions == "discrete"
        return StudentEnv(self.world, self.objective, self.students, actions=actions, snap=snap, **given)

    def learner(self, algorithm, settings=None, critic="plain", seed=0):
        from preceptor.recommend.learned.learner import Parts, make_learner
        from preceptor.recommend.observation import layout_of

        settings = settings or self.settings(algorithm)
        weights = None if self.objective.drawn else torch.as_tensor(self.objective.shared_weights()).float()
        rows = torch.arange(QUESTIONS)
        return make_learner(algorithm, Parts(self.world, layout_of(self.world), rows, weights, settings, critic, seed))

    def train(self, learner, **given):
        """Train with validation on all students, who are asked what the brain serves."""
        from preceptor.recommend.learned.collect import play, served
        from preceptor.recommend.learned.training import train

        valid = self.env(learner.settings, num_envs=24, shuffle=False, reward_scale=1.0)

        def validate():
            return float(play(valid, served(learner.brain, learner.rows), None, 0).improvement.mean())

        env = self.env(learner.settings, learner.kind.actions)
        return train(learner, env, validate, **{"seed": 5, "clock": lambda: 0.0, **given})


@pytest.fixture(scope="session")
def ground():
    made = {}

    def of(objective="practiced"):
        return made.setdefault(objective, Ground(objective))

    return of

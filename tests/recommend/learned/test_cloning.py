"""A network learns a look-ahead's choices from examples."""

import numpy as np
import pytest
import torch

from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel
from preceptor.recommend import LookAhead, make_objective
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.learned.brain import Brain, Form
from preceptor.recommend.learned.cloning import Teacher, clone, lessons_of
from preceptor.recommend.students import Students

ROWS = torch.arange(8)


@pytest.fixture
def room(small):
    """An environment over a tracer with loud random weights, and the teacher in it."""

    def make(objective="weakest", **options):
        made = small(students=60)
        students = Students(
            tuple(map(str, range(60))),
            made.state,
            np.random.default_rng(0).integers(8, size=(60, 10)).astype(np.int32),
            np.full(60, 10),
            np.zeros(60),
        )
        fitted = make_objective(objective, made.tracer.q_matrix)
        env = StudentEnv(made.world, fitted, students, num_envs=60, horizon=4, seed=1, **options)
        return made, env, Teacher(env, LookAhead(MindModel(made.tracer, NoForgetting(5))))

    return make


@pytest.mark.parametrize("objective", ["weakest", "global"])
def test_a_teacher_chooses_what_raises_the_expected_value_most(room, objective):
    made, env, teacher = room(objective)
    obs, _ = env.reset()
    chosen = teacher.choose(obs, None)
    gains = []
    for question in range(8):
        asked, state = torch.full((60,), question), env._state
        p = made.world.p_correct(state, asked, env._when().now)
        wrong, right = (
            env.aim.after(
                env._sight, made.world.answer(state, asked, torch.full((60,), credit), env._when().now), env._when()
            )[0]
            for credit in (0.0, 1.0)
        )
        gains.append(p * right + (1 - p) * wrong - env._sight.value)
    gains = torch.stack(gains, dim=1)
    np.testing.assert_allclose(gains.gather(1, chosen[:, None])[:, 0], gains.max(dim=1).values, atol=1e-6)


def test_a_teacher_asks_only_what_is_allowed(room):
    _, env, teacher = room(candidates=np.isin(np.arange(8), [2, 5]))
    lessons = lessons_of(env, teacher, episodes=1, astray=0.5, seed=0)
    assert set(lessons.question.tolist()) <= {2, 5}
    assert len(lessons) == 240


@pytest.mark.parametrize("kind", ["actor", "gaussian", "logits"])
def test_a_pupil_comes_near_its_teacher(room, kind):
    made, env, teacher = room()
    lessons = lessons_of(env, teacher, episodes=4, astray=0.3, seed=0)
    torch.manual_seed(0)
    form = Form(kind, env.layout.features_width, env.layout.vector_width, 32, 64, most_sigma=0.2)
    brain = Brain(form, made.world.question_vectors)

    losses = clone(brain, lessons, ROWS, epochs=40)
    assert losses[-1] < 0.5 * losses[0]
    env.reset(seed=9)
    obs, _, _, _, _ = env.step(torch.randint(8, (60,), generator=torch.Generator().manual_seed(4)))
    promised = teacher.promised(obs, None)
    with torch.no_grad():
        chosen = brain.scores(obs).argmax(dim=1).numpy()
    best, anything = promised.max(axis=1).mean(), promised.mean()
    assert promised[np.arange(60), chosen].mean() - anything > 0.8 * (best - anything) > 0


def test_the_same_seed_gives_the_same_pupil(room):
    made, env, teacher = room()
    lessons = lessons_of(env, teacher, episodes=1, astray=0.3, seed=0)
    form = Form("logits", env.layout.features_width, env.layout.vector_width, 8, 8)
    losses = []
    for _ in range(2):
        torch.manual_seed(0)
        losses.append(clone(Brain(form, made.world.question_vectors), lessons, ROWS, epochs=2, seed=3))
    assert losses[0] == losses[1]


def test_distributions_of_returns_are_not_taught_by_example(room):
    made, env, teacher = room()
    form = Form("atoms", env.layout.features_width, env.layout.vector_width, 8, 8, atoms=3, most_return=1.0)
    lessons = lessons_of(env, teacher, episodes=1, astray=0.0, seed=0)
    with pytest.raises(ValueError, match="learns from returns"):
        clone(Brain(form, made.world.question_vectors), lessons, ROWS)

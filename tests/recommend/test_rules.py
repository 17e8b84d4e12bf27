"""What may be asked next."""

import numpy as np
import pytest
import torch

from preceptor.domain import Concept, UserError
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.rules import Rules, needed_of

N = 12


@pytest.fixture(scope="module")
def env_of(vector_world, vector_students, objectives):
    def build(rules, **options):
        return StudentEnv(vector_world, objectives["global"], vector_students, num_envs=N, rules=rules, **options)

    return build


def first_allowed(env, obs):
    return env._mask.int().argmax(dim=1)


def test_nothing_is_asked_twice_until_everything_was(env_of, play):
    started, steps = play(env_of(Rules(no_repeats=True), horizon=13), first_allowed)
    asked = torch.stack([info["question"] for *_, info in steps])
    assert torch.equal(asked[:10].sort(dim=0).values, torch.arange(10)[:, None].expand(-1, N))
    assert started["mask"].all()
    for k, (*_, info) in enumerate(steps[:9]):
        assert (info["mask"].sum(dim=1) == 9 - k).all()
    assert steps[9][4]["mask"].all()


def test_questions_lie_in_the_difficulty_band(env_of, vector_world):
    env = env_of(Rules(difficulty=(0.4, 0.6)))
    _, info = env.reset()
    with torch.no_grad():
        p_correct = vector_world.every_p_correct(env._state, None)
    inside = (p_correct >= 0.4) & (p_correct <= 0.6)
    some = inside.any(dim=1)
    assert some.any()
    assert not inside.all()
    assert torch.equal(info["mask"][some], inside[some])


def test_where_no_question_is_left_every_candidate_is(env_of):
    bank = np.arange(10) < 4
    _, info = env_of(Rules(difficulty=(0.0, 0.0)), candidates=bank).reset()
    assert torch.equal(info["mask"], torch.as_tensor(bank).expand(N, -1))


def test_prerequisites_come_first(env_of, vector_world, bank):
    """Concept b needs a, c needs a and b; every question whose concepts wait for a weak one is held back."""
    concepts = [Concept("a", "a"), Concept("b", "b", prerequisites=("a",)), Concept("c", "c", prerequisites=("a", "b"))]
    needed = needed_of([*concepts, Concept("d", "d", prerequisites=("gone",))], bank.q_matrix)
    assert needed.tolist() == [[False] * 4, [True, False, False, False], [True, True, False, False], [False] * 4]
    env = env_of(Rules(prerequisites=0.55, needed=needed))
    _, info = env.reset()
    with torch.no_grad():
        mastery = vector_world.mastery(env._state, None).numpy()
    held = set()
    for student in range(N):
        weak = {"abcd"[c] for c in range(4) if mastery[student, c] < 0.55}
        open_concepts = {c.concept_id for c in concepts if not weak & set(c.prerequisites)} | {"d"}
        for row, question in enumerate(bank.questions):
            assert bool(info["mask"][student, row]) == set(question.concepts).issubset(open_concepts)
            held.add(bool(info["mask"][student, row]))
    assert held == {True, False}


def test_a_vector_becomes_the_nearest_question_that_may_be_asked(env_of, vector_world, play):
    env = env_of(Rules(no_repeats=True), actions="vector")
    _, steps = play(env, lambda env, obs: vector_world.question_vectors[[3] * N])
    asked = torch.stack([info["question"] for *_, info in steps])
    assert (asked[0] == 3).all()
    assert torch.equal(asked.sort(dim=0).values, torch.arange(10)[:, None].expand(-1, N))


def test_rules_that_mean_nothing_are_refused(bank):
    with pytest.raises(UserError, match="none are known"):
        Rules(prerequisites=0.5)
    with pytest.raises(UserError, match="holds no question"):
        Rules(difficulty=(0.9, 0.2))
    assert needed_of([Concept("a", "a")], bank.q_matrix) is None
    assert not Rules().any

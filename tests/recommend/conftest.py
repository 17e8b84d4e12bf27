import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY, Bank, Concept, Interaction, Log, Question, QuestionKind
from preceptor.forgetting import PowerCurve
from preceptor.mind import MindModel, Minds
from preceptor.recommend import make_objective, objective_names
from preceptor.recommend.students import Students
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace import make_tracer, tracer_names

torch.set_num_threads(1)

START = 1_756_684_800.0
CURVE = {
    "base": np.log([0.5, 2.0, 8.0, 4.0]),
    "decay": 0.6,
    "w_spaced": 0.8,
    "w_credit": 0.4,
    "w_failures": 0.2,
    "shift": 0.3,
    "slope": 1.1,
    "new_shift": -0.2,
    "new_slope": 0.9,
    "guess_floor": 0.1,
}


@pytest.fixture(scope="session")
def bank():
    """Questions 3 and 7 have the same concepts in another order; 1 and 5 can be guessed."""
    concepts = (("a",), ("a",), ("b",), ("b", "c"), ("c",), ("c",), ("c", "a", "b"), ("c", "b"), ("d",), ("d",))
    options = {1: ("1", "2", "3", "4"), 5: ("1", "2")}
    questions = tuple(
        Question(
            f"q{i}",
            f"{i}",
            QuestionKind.CHOICE if i in options else QuestionKind.NUMBER,
            "1",
            own,
            options=options.get(i, ()),
        )
        for i, own in enumerate(concepts)
    )
    return Bank(tuple(Concept(c, c) for c in "abcd"), questions)


@pytest.fixture(scope="session")
def log(bank):
    rng = np.random.default_rng(4)
    student = np.repeat(np.arange(40), 25)
    return Log.of(
        [f"s{i}" for i in range(40)],
        bank.q_matrix.question_ids,
        student=student,
        question=rng.integers(0, 10, 1_000),
        correct=rng.random(1_000) < 0.6,
        event_id=np.array([f"e{i}" for i in range(1_000)]),
        revision=np.full(1_000, "r"),
        time_seconds=START + np.tile(np.cumsum(rng.uniform(0, 2, 25)), 40) * SECONDS_PER_DAY,
    )


@pytest.fixture(scope="session", params=[*tracer_names(), "dkt with difficulty"])
def model(request, bank, log, quick_tracer):
    name, *difficulty = request.param.split(" with ")
    tracer = quick_tracer(name, bank.q_matrix, **({"questions": "difficulty"} if difficulty else {}))
    tracer.fit(log.of_students(range(30)), log.of_students(range(30, 40)), seed=0, clock=lambda: 0.0)
    return MindModel(tracer, PowerCurve.from_dict(CURVE))


@pytest.fixture(scope="session")
def counting(bank):
    """A model whose mastery is smoothed accuracy from one half, so that cases can be made by hand."""
    return MindModel(make_tracer("history", bank.q_matrix), PowerCurve.from_dict(CURVE))


@pytest.fixture(scope="session")
def objectives(bank, log):
    return {name: make_objective(name, bank.q_matrix).fit(log) for name in objective_names()}


@pytest.fixture(scope="session")
def mind_of():
    """A single mind from answers (question, credit, day)."""

    def build(model, *answers):
        return model.replay(
            Interaction(f"e{i}", "s", f"q{q}", "r", correct, i, START + day * SECONDS_PER_DAY)
            for i, (q, correct, day) in enumerate(answers)
        )

    return build


@pytest.fixture(scope="session")
def some_minds(mind_of):
    """A newcomer, a beginner, someone with ten answers."""

    def build(model):
        histories = [[], [(8, 1.0, 3)], [(q, float(q % 3 > 0), q * 0.7) for q in (0, 2, 4, 1, 6, 3, 3, 9, 2, 5)]]
        return Minds.joined([mind_of(model, *history) for history in histories])

    return build


@pytest.fixture(scope="session")
def everything():
    return np.ones(10, dtype=bool)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def vector_tracer(bank, quick_tracer):
    """A semantic DKT of opinions: drawn weights, large where they tell students apart."""
    tracer = quick_tracer("semantic-dkt", bank.q_matrix)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        tracer.network.reset()
    with torch.no_grad():
        head = tracer.network.head
        for weight, factor in ((head.out.weight, 12), (head.of_state.weight, 4), (head.lift_state.weight, 4)):
            weight *= factor
        tracer.network.recurrent *= 2
    tracer.calibration = (-4.5, 1.5)
    return tracer


@pytest.fixture(scope="session")
def vector_world(vector_tracer):
    return VectorWorld(vector_tracer)


@pytest.fixture(scope="session")
def vector_students(vector_world, log):
    return Students.of(vector_world, log, history=20)


@pytest.fixture(scope="session")
def play():
    """Play an episode by a rule from environment and observation to action: initial info, and one row a step."""

    def run(env, act, **reset):
        obs, started = env.reset(**reset)
        steps = []
        for _ in range(env.horizon):
            obs, reward, over, cut, info = env.step(act(env, obs))
            steps.append((obs, reward, over, cut, info))
        return started, steps

    return run

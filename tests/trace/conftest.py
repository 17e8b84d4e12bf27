import numpy as np
import pytest
import torch

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, event_id
from preceptor.trace import QuestionVectors, make_tracer, tracer_class
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.training import TrainingPlan

torch.set_num_threads(1)

CONCEPTS = ("add", "sub", "mul", "div")
EASE = (2.0, 0.7, -0.5, -1.5)
"""Logit of an average student on each concept."""


def _bank():
    """Twelve questions: eight of one concept (the second of each pair harder), four of two concepts."""
    single = [Question(f"q{i}", f"{i}", QuestionKind.NUMBER, "1", (CONCEPTS[i // 2],)) for i in range(8)]
    double = [
        Question(f"q{8 + i}", f"{8 + i}", QuestionKind.NUMBER, "1", (CONCEPTS[i], CONCEPTS[(i + 1) % 4]))
        for i in range(4)
    ]
    return Bank(tuple(Concept(c, c) for c in CONCEPTS), (*single, *double))


def _logit(q_matrix, ability, questions):
    ease = (q_matrix.dense @ np.array(EASE)) / q_matrix.dense.sum(axis=1)
    harder = np.where((questions < 8) & (questions % 2 == 1), 1.5, 0.0)
    return ability + ease[questions] - harder


def _log(bank, students, seed):
    """About twenty answers each; students differ much from each other and learn a little."""
    rng = np.random.default_rng(seed)
    rows = []
    for student in range(students):
        ability, answers = rng.normal(0, 1.5), int(rng.integers(12, 28))
        questions = rng.integers(0, 12, answers)
        chance = 1 / (1 + np.exp(-_logit(bank.q_matrix, ability + np.arange(answers) / 20, questions)))
        for position, (question, correct) in enumerate(zip(questions, rng.random(answers) < chance, strict=True)):
            rows.append((student, question, correct, position * 3_600.0, f"e{student}-{position}"))
    student, question, correct, time, event = zip(*rows, strict=True)
    durations = rng.lognormal(3, 1, len(rows)).astype(np.float32)
    durations[rng.random(len(rows)) < 0.1] = np.nan
    return Log.of(
        [f"s{i}" for i in range(students)],
        bank.q_matrix.question_ids,
        student=np.array(student),
        question=np.array(question),
        correct=np.array(correct),
        event_id=np.array(event, dtype="S20"),
        revision=np.full(len(student), b"r"),
        time_seconds=np.array(time),
        duration_seconds=durations,
    )


@pytest.fixture(autouse=True)
def one_thread():
    """Tests here compare trainings bit for bit, and sums depend on how threads share them."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def bank():
    return _bank()


@pytest.fixture(scope="session")
def q_matrix(bank):
    return bank.q_matrix


@pytest.fixture(scope="session")
def log(bank):
    return _log(bank, 100, seed=5)


@pytest.fixture(scope="session")
def train(log):
    return log.of_students(range(60))


@pytest.fixture(scope="session")
def valid(log):
    return log.of_students(range(60, 75))


@pytest.fixture(scope="session")
def test_log(log):
    return log.of_students(range(75, 100))


@pytest.fixture(scope="session")
def clock():
    return lambda: 0.0


@pytest.fixture(scope="session")
def vectors(q_matrix):
    """A chance direction for each concept; a question lies near the sum of its concepts'."""
    rng = np.random.default_rng(3)
    concepts = rng.normal(size=(4, 16))
    questions = q_matrix.dense @ concepts + 0.5 * rng.normal(size=(12, 16))
    return QuestionVectors(questions.astype(np.float32), concepts.astype(np.float32))


@pytest.fixture(scope="session")
def make(q_matrix, vectors):
    """Build a small tracer that is fitted in a moment."""

    def build(name, q_matrix=q_matrix, epochs=3, **options):
        if "vectors" in tracer_class(name).needs:
            options = {"vectors": vectors, **options}
        if issubclass(tracer_class(name), NeuralTracer):
            options = {"size": "small", "plan": TrainingPlan(epochs=epochs, answers_per_batch=200), **options}
        return make_tracer(name, q_matrix, **options)

    return build


@pytest.fixture(scope="session")
def fitted(make, train, valid, clock):
    """Fitted tracers by name; tests only read them."""
    done = {}

    def get(name):
        if name not in done:
            done[name] = make(name)
            done[name].fit(train, valid, seed=1, clock=clock)
        return done[name]

    return get


@pytest.fixture(scope="session")
def make_log(q_matrix):
    """A log from one list a student of (question, credit) or (question, credit, time, duration)."""

    def build(histories, question_ids=q_matrix.question_ids):
        unknown = (np.nan, np.nan)
        rows = [
            (s, f"{s}-{i}", *(answer if len(answer) == 4 else (*answer, *unknown)))
            for s, answers in enumerate(histories)
            for i, answer in enumerate(answers)
        ]
        student, event, question, correct, time, duration = zip(*rows, strict=True) if rows else ((),) * 6
        return Log.of(
            [f"s{i}" for i in range(len(histories))],
            question_ids,
            student=np.array(student),
            question=np.array(question),
            correct=np.array(correct),
            event_id=np.array([event_id("t", e, 0, "q", 0) for e in event], dtype="S20"),
            revision=np.full(len(rows), b"r"),
            time_seconds=np.array(time, dtype=np.float64),
            duration_seconds=np.array(duration, dtype=np.float32),
        )

    return build

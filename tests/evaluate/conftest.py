import numpy as np
import pytest
import torch

from preceptor.domain import Bank, Concept, Question, QuestionKind
from preceptor.forgetting import PowerCurve
from preceptor.mind import MindModel
from preceptor.simulate import simulate_log
from preceptor.trace import make_tracer

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def bank():
    """Four concepts in a chain with three questions each, and one question that must never be served."""
    names = ("add", "sub", "mul", "div")
    concepts = tuple(
        Concept(name, name, grade=4, prerequisites=names[max(i - 1, 0) : i]) for i, name in enumerate(names)
    )
    questions = tuple(
        Question(f"{name}-{i}", f"{name} {i}", QuestionKind.NUMBER, "1", (name,), difficulty=i - 1.0)
        for name in names
        for i in range(3)
    )
    return Bank(concepts, (*questions, Question("bad", "?", QuestionKind.NUMBER, "1", ("add",), uncheckable="no key")))


@pytest.fixture(scope="session")
def course(bank):
    return simulate_log(bank, students=60, days=30, seed=3, holdback=6)


@pytest.fixture(scope="session")
def model(bank, course):
    tracer = make_tracer("history", bank.q_matrix)
    train, valid = course.log.of_students(range(25)), course.log.of_students(range(25, 35))
    tracer.fit(train, valid, seed=0, clock=lambda: 0.0)
    return MindModel(tracer, PowerCurve(4)).fit_curve(valid)


@pytest.fixture(scope="session")
def test_students():
    return np.arange(35, 60)

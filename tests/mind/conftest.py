import numpy as np
import pytest
import torch

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind
from preceptor.forgetting import PowerCurve
from preceptor.mind import MindModel
from preceptor.trace import tracer_class, tracer_names

torch.set_num_threads(1)

START = 1_756_684_800.0
FADING = {
    "base": np.log([1.0, 3.0, 9.0]),
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
"""Recalibration, too, changes something, so that a forgotten step shows."""


@pytest.fixture(scope="session")
def bank():
    def question(i, *concepts, options=()):
        kind = QuestionKind.CHOICE if options else QuestionKind.NUMBER
        return Question(f"q{i}", f"{i}", kind, "1", concepts, options=options)

    return Bank(
        tuple(Concept(c, c) for c in "abc"),
        (
            question(0, "a"),
            question(1, "a", options=("1", "2", "3", "4")),
            question(2, "b"),
            question(3, "b", "c"),
            question(4, "c", options=("1", "2")),
            question(5, "c", "a", "b"),
        ),
    )


@pytest.fixture(scope="session")
def log(bank):
    """Seventy students with zero to twenty answers, gaps from seconds to weeks."""
    rng = np.random.default_rng(4)
    lengths = rng.integers(0, 21, 70)
    lengths[:2], lengths[7] = (0, 1), 15
    rows = int(lengths.sum())
    gaps = 10 ** rng.uniform(0.5, 6.3, rows)
    time = np.concatenate([START + np.cumsum(part) for part in np.split(gaps, np.cumsum(lengths)[:-1])])
    return Log.of(
        [f"s{i}" for i in range(70)],
        bank.q_matrix.question_ids,
        student=np.repeat(np.arange(70), lengths),
        question=rng.integers(0, 6, rows),
        correct=rng.choice([0, 0, 0.5, 1, 1, 1], rows),
        event_id=np.array([f"e{i}" for i in range(rows)]),
        revision=np.full(rows, "r"),
        time_seconds=time,
        duration_seconds=rng.uniform(1, 60, rows),
    )


@pytest.fixture(scope="session", params=[name for name in tracer_names() if not tracer_class(name).time_aware])
def tracer(request, bank, log, quick_tracer):
    """Tracers that know no time; the others get no curve."""
    made = quick_tracer(request.param, bank.q_matrix)
    made.fit(log.of_students(range(50)), log.of_students(range(50, 70)), seed=0, clock=lambda: 0.0)
    return made


@pytest.fixture(scope="session")
def curve():
    return PowerCurve.from_dict(FADING)


@pytest.fixture(scope="session")
def model(tracer, curve):
    return MindModel(tracer, curve)

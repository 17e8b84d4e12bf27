"""One student answers, one core: a script for `turns.py`."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.bench.online_sizes import FOUR_BLOCKS, LARGER
from preceptor.domain import Log, QMatrix
from preceptor.trace import QuestionVectors, Tracer, make_tracer, tracer_class
from preceptor.trace.akt import AktTracer
from preceptor.trace.answers import Answers
from preceptor.trace.attention import AttentionShape
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.training import TrainingPlan

CONCEPTS, QUESTIONS, VECTOR_WIDTH = 100, 300, 256
SIZE = {"dkvmn": "base"}
"""The size at which a tracer is pyKT's; "large" for all others, which is theirs or the next larger one."""
_STUDENTS, _ANSWERS, _SECONDS = 30, 40, 3_600.0


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Fit a tracer on a few made-up students; how well does not matter here.

    Args:
        arguments: `tracer` and `seed`.

    Returns:
        Answers `history` and `repeats` with the milliseconds of everything that is measured: "p50", "p95", and
        "cpu_p95", which leaves out the turns of other programs.
    """
    torch.set_num_threads(1)
    student = _Student(fitted(arguments["tracer"], arguments["seed"]), arguments["seed"])
    return lambda request: student.measured(request["history"], request["repeats"])


def fitted(name: str, seed: int) -> Tracer:
    """A tracer over 100 concepts and 300 questions, each of one concept."""
    rng = np.random.default_rng(seed)
    q_matrix = _q_matrix()
    options: dict[str, Any] = {}
    kind = tracer_class(LARGER.get(name, name))
    if issubclass(kind, NeuralTracer):
        options = {"size": SIZE.get(name, "large"), "plan": TrainingPlan(epochs=1)}
    if "vectors" in kind.needs:
        questions, concepts = (
            rng.normal(size=(rows, VECTOR_WIDTH)).astype(np.float32) for rows in (QUESTIONS, CONCEPTS)
        )
        options["vectors"] = QuestionVectors(questions, concepts)
    make: Callable[..., Tracer] = FourBlocks if name == FOUR_BLOCKS else partial(make_tracer, name)
    tracer = make(q_matrix, **options)
    log = _log(q_matrix, rng)
    half = _STUDENTS // 2
    tracer.fit(
        log.of_students(range(half)), log.of_students(range(half, _STUDENTS)), seed=seed, clock=time.perf_counter
    )
    return tracer


class FourBlocks(AktTracer):
    """AKT as published for large data: four blocks of each kind."""

    shapes: ClassVar[dict[str, AttentionShape]] = {"large": replace(AktTracer.shapes["large"], blocks=4)}


class _Student:
    """One student's state, carried on; times lie an hour apart."""

    def __init__(self, tracer: Tracer, seed: int) -> None:
        self.tracer, self.rng = tracer, np.random.default_rng(seed)
        self.concepts = np.arange(CONCEPTS)

    def measured(self, history: int, repeats: int) -> dict[str, dict[str, float]]:
        """Milliseconds after `history` answers, over `repeats` more."""
        state = self.tracer.initial(1)
        for position in range(history):
            state = self.tracer.update(state, self._answer(position))
        spent: dict[str, list[NDArray[np.float64]]] = {"update": [], "update + mastery": [], "P(correct)": []}
        for position in range(history, history + repeats):
            answer, at = self._answer(position), np.array([(position + 1) * _SECONDS])
            start = _clocks()
            state = self.tracer.update(state, answer)
            updated = _clocks()
            self.tracer.mastery(state, self.concepts, at)
            known = _clocks()
            self.tracer.predict(state, answer.question[:, None], at)
            for name, seconds in zip(spent, (updated - start, known - start, _clocks() - known), strict=True):
                spent[name].append(1e3 * seconds)
        return {name: _summary(np.array(each)) for name, each in spent.items()}

    def _answer(self, position: int) -> Answers:
        return Answers(
            self.rng.integers(QUESTIONS, size=1),
            self.rng.integers(2, size=1).astype(np.float32),
            np.array([position * _SECONDS]),
            np.array([20.0], dtype=np.float32),
        )


def _clocks() -> NDArray[np.float64]:
    """Seconds on the wall and on the processor."""
    return np.array([time.perf_counter(), time.process_time()])


def _summary(milliseconds: NDArray[np.float64]) -> dict[str, float]:
    high = np.quantile(milliseconds, 0.95, axis=0)
    return {"p50": float(np.median(milliseconds[:, 0])), "p95": float(high[0]), "cpu_p95": float(high[1])}


def _q_matrix() -> QMatrix:
    concepts = (np.arange(QUESTIONS, dtype=np.int32) % CONCEPTS)[:, None]
    names = tuple(f"q{i}" for i in range(QUESTIONS)), tuple(f"c{i}" for i in range(CONCEPTS))
    return QMatrix(*names, concepts, np.full(QUESTIONS, np.nan, dtype=np.float32))


def _log(q_matrix: QMatrix, rng: np.random.Generator) -> Log:
    rows = _STUDENTS * _ANSWERS
    return Log.of(
        tuple(map(str, range(_STUDENTS))),
        q_matrix.question_ids,
        student=np.repeat(np.arange(_STUDENTS), _ANSWERS),
        question=rng.integers(QUESTIONS, size=rows),
        correct=rng.integers(2, size=rows),
        event_id=np.zeros(rows, dtype="S20"),
        revision=np.zeros(rows, dtype="S21"),
        time_seconds=np.tile(np.arange(_ANSWERS) * _SECONDS, _STUDENTS),
        duration_seconds=np.full(rows, 20.0),
    )

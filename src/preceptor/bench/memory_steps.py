"""Make a large course, or train on it: a script for `turns.py`."""

import resource
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from preceptor.bench.child import MAXRSS_BYTES
from preceptor.bench.synthetic_log import ANSWERS_OF_A_STUDENT, CONCEPTS, QUESTIONS
from preceptor.course import Course
from preceptor.data import split_by_student
from preceptor.domain import Bank, Concept, Log, Question, QuestionKind
from preceptor.forgetting import DEFAULT_CURVE, make_curve
from preceptor.mind import MindModel
from preceptor.trace import make_tracer
from preceptor.trace.answers import question_rows
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.training import Trainer


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Work on one course.

    Args:
        arguments: `course`, its folder, and `seed`.

    Returns:
        Answers `do`: "make" with `interactions`; "train" with `model` and `batches`.
    """
    site = _Site(Path(arguments["course"]), arguments["seed"])
    actions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"make": site.make, "train": site.train}
    return lambda request: actions[request["do"]](request)


@dataclass(frozen=True, slots=True)
class _Site:
    course: Path
    seed: int

    def make(self, request: dict[str, Any]) -> dict[str, Any]:
        concepts = tuple(Concept(f"c{i}", f"Concept {i}") for i in range(CONCEPTS))
        questions = tuple(
            Question(f"q{i}", f"Question {i}", QuestionKind.NUMBER, "1", (f"c{i % CONCEPTS}",))
            for i in range(QUESTIONS)
        )
        bank = Bank(concepts, questions)
        Course.create(self.course, "made up").replace(
            bank, _log(bank, request["interactions"], self.seed), simulated=True
        )
        return {}

    def train(self, request: dict[str, Any]) -> dict[str, Any]:
        """What `preceptor train` holds: log and its parts, network, optimiser, a batch, the curve, predictions."""
        peaks = {"start": _peak()}
        course = Course.open(self.course)
        bank, log = course.load_bank(), course.load_log()
        peaks["log read"] = _peak()
        split = split_by_student(log, self.seed)
        train, valid, test = (log.of_students(part) for part in (split.train, split.valid, split.test))
        peaks["log split"] = _peak()
        tracer = cast(NeuralTracer, make_tracer(request["model"], bank.q_matrix))
        steps = Trainer(tracer.network, tracer.plan, tracer.name).steps(
            train, question_rows(train, bank.q_matrix), self.seed
        )
        answers = sum(next(steps) for _ in range(request["batches"]))
        steps.close()
        peaks["trained"] = _peak()
        model = MindModel(tracer, make_curve(DEFAULT_CURVE, len(bank.concepts))).fit_curve(valid)
        peaks["curve fitted"] = _peak()
        tracer.score(test)
        model.score(test)
        peaks["scored"] = _peak()
        return {"trained_answers": answers, "rows": [len(part) for part in (log, train, valid, test)], "peaks": peaks}


def _peak() -> float:
    """Most memory held so far, 10⁹ bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_BYTES / 1e9


def _log(bank: Bank, interactions: int, seed: int) -> Log:
    rng = np.random.default_rng(seed)
    student = np.arange(interactions) // ANSWERS_OF_A_STUDENT
    names = np.char.zfill(np.arange(interactions).astype("S12"), 20)
    return Log.of(
        [f"student-{i}" for i in range(int(student[-1]) + 1)],
        bank.q_matrix.question_ids,
        student=student,
        question=rng.integers(QUESTIONS, size=interactions),
        correct=rng.integers(2, size=interactions),
        event_id=names,
        revision=np.array([question.revision for question in bank.questions], dtype="S21")[
            rng.integers(QUESTIONS, size=interactions)
        ],
        time_seconds=rng.random(interactions).cumsum() * 3_600,
        duration_seconds=rng.integers(2, 120, size=interactions),
    )

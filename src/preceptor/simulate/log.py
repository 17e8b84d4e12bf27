"""The log of a simulated course."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Log, UserError, event_id
from preceptor.progress import Progress
from preceptor.simulate.family import LatentFamily
from preceptor.simulate.registry import DEFAULT_FAMILY, make_family
from preceptor.simulate.state import LatentStudents
from preceptor.simulate.teacher import Plan, Teacher
from preceptor.simulate.truth import LatentTruth

SOURCE = "simulated"


@dataclass(frozen=True)
class Simulated:
    """A simulated log and what was really in the students' heads.

    Args:
        log: What a school would have: answers with times and responses.
        truth: What only the simulator knows.
        p_correct: float64 [rows of log], the true P(correct) of each answer before it was given; the bound for
            any tracer.
    """

    log: Log
    truth: LatentTruth
    p_correct: NDArray[np.float64]


def simulate_log(
    bank: Bank,
    students: int,
    days: int,
    seed: int,
    parameters: Any = None,
    holdback: int = 20,
    progress: Progress | None = None,
    family: str = DEFAULT_FAMILY,
    asked: NDArray[np.bool_] | None = None,
) -> Simulated:
    """Simulate a course of `days` days under a teacher who keeps a timetable.

    A student's history depends on the seed and the student's number only, not on how many students there are.

    Args:
        bank: The questions.
        students: Number of students.
        days: Length of the course in days, from 2025-09-01.
        seed: Same arguments, same result, bit for bit.
        parameters: The numbers of the latent minds; None for the frozen ones of the family.
        holdback: How many last answers of each student come after the recorded latent truth.
        progress: Told what is being done, how many answers each student has given, and how many there will be.
        family: A registered family of latent minds.
        asked: bool [questions], what the teacher asks; None for what can be served. Minds answer without texts and
            keys, and take a difficulty that is unknown for 0.

    Raises:
        UserError: If the family is unknown, a number is out of range or the bank has nothing to ask.
    """
    for name, value, least in (("students", students, 1), ("days", days, 1), ("holdback", holdback, 0)):
        if value < least:
            raise UserError(f"{name} is {value}.", allowed=f"{least} or more")
    mind = make_family(family, bank, parameters)
    teacher = Teacher(bank, mind.concepts, days, seed, asked)
    state = mind.initial(students, np.random.default_rng([seed, 0]))
    plans = [
        teacher.plan(int(state.grade[i]), np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, 1, i]))))
        for i in range(students)
    ]
    played = _play(mind, state, plans, holdback, progress)
    ids = tuple(f"s{i + 1:04d}" for i in range(students))
    truth = LatentTruth(
        student_ids=ids,
        concept_ids=bank.q_matrix.concept_ids,
        misconception_ids=tuple(m.misconception_id for m in bank.misconceptions),
        state=played.before_holdback,
        holdback=holdback,
        seed=seed,
        parameters=mind.parameters,
        family=family,
    )
    return Simulated(_log(bank, ids, plans, played), truth, played.p_correct)


@dataclass(frozen=True)
class _Played:
    correct: NDArray[np.bool_]
    response: NDArray[np.object_]
    p_correct: NDArray[np.float64]
    before_holdback: LatentStudents


def _play(
    mind: LatentFamily[Any, Any], state: LatentStudents, plans: list[Plan], holdback: int, progress: Progress | None
) -> _Played:
    """Let all students answer their plans, everyone's k-th answer at once."""
    counts = np.array([len(plan.question) for plan in plans])
    offsets = np.cumsum(counts) - counts
    question, time = _column(plans, "question"), _column(plans, "time_seconds")
    uniform = _column(plans, "uniform")
    p_correct, correct = np.empty(len(question)), np.empty(len(question), dtype=bool)
    response = np.empty(len(question), dtype=object)
    record_at, state, recorded = np.maximum(counts - holdback, 0), state.copy(), state.copy()
    steps = int(counts.max())
    for step in range(steps):
        if progress is not None:
            progress("simulating", step + 1, steps)
        due = np.flatnonzero(record_at == step)
        recorded.assign(due, state.take(due))
        active = np.flatnonzero(counts > step)
        rows, now = offsets[active] + step, state.take(active)
        asked, at = question[rows], time[rows]
        p_correct[rows] = mind.p_correct(now, asked, at)
        correct[rows], response[rows] = mind.respond(now, asked, at, uniform[rows, 0], uniform[rows, 1])
        state.assign(active, mind.practise(now, asked, correct[rows], at))
    due = np.flatnonzero(record_at == counts)
    recorded.assign(due, state.take(due))
    return _Played(correct, response, p_correct, recorded)


def _column(plans: list[Plan], name: str) -> NDArray[np.generic]:
    return np.concatenate([getattr(plan, name) for plan in plans])


def _log(bank: Bank, ids: tuple[str, ...], plans: list[Plan], played: _Played) -> Log:
    question = np.concatenate([plan.question for plan in plans])
    student = np.repeat(np.arange(len(plans)), [len(plan.question) for plan in plans])
    position = np.concatenate([np.arange(len(plan.question)) for plan in plans])
    question_ids = bank.q_matrix.question_ids
    revisions = np.array([q.revision for q in bank.questions], dtype="S21")
    columns = zip(student.tolist(), position.tolist(), question.tolist(), played.correct.tolist(), strict=True)
    return Log.of(
        ids,
        question_ids,
        student=student,
        question=question,
        correct=played.correct,
        event_id=np.array([event_id(SOURCE, ids[s], p, question_ids[q], float(c)) for s, p, q, c in columns], "S20"),
        revision=revisions[question],
        time_seconds=np.concatenate([plan.time_seconds for plan in plans]),
        duration_seconds=np.concatenate([plan.duration_seconds for plan in plans]),
        response=played.response,
    )

"""One student's path under every policy: what was asked, and how the target moved (the case view of ExRec, Fig. 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank
from preceptor.evaluate.judges import Judge
from preceptor.evaluate.policy import Played
from preceptor.evaluate.policy_target import Targets
from preceptor.path_picture import Cell, Line, PathPicture
from preceptor.recommend import Objective

LONGEST_NAME = 58


@dataclass(frozen=True)
class Asked:
    """One recommended question.

    Args:
        question_id: The question.
        text: Its text.
        concepts: The names of its KCs.
        correct: Whether the student was right.
        at_seconds: When, UTC seconds.
    """

    question_id: str
    text: str
    concepts: tuple[str, ...]
    correct: bool
    at_seconds: float


@dataclass(frozen=True)
class CasePath:
    """What one policy did with the student.

    Args:
        asked: The questions in order; empty where nothing was asked.
        value: The objective's value before each question and after the last.
        target: The names of the KCs that weigh most in it, at most three.
    """

    asked: tuple[Asked, ...]
    value: tuple[float, ...]
    target: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One student's path under every policy.

    Args:
        student: The student.
        judge: Who answered and learned.
        objective: What was to be improved.
        simulated: Whether the judge is a latent truth.
        paths: By policy.
    """

    student: str
    judge: str
    objective: str
    simulated: bool
    paths: Mapping[str, CasePath]


def case_of(
    bank: Bank,
    judge: Judge,
    objective: Objective,
    student: int,
    times: NDArray[np.float64],
    played: Mapping[str, Played],
    targets: Mapping[str, Targets],
) -> Case:
    """Tell what every arm did with one student of the judge's cohort.

    Args:
        bank: The course's bank.
        judge: Who judged.
        objective: What was to be improved.
        student: The watched student, a row of the cohort.
        times: float64 [steps], when the student was asked.
        played: By arm, with the student's path.
        targets: By arm.
    """
    paths = {}
    for name, arm in played.items():
        weights = targets[name].weights[student]
        value = np.nan_to_num(arm.path) @ weights
        heaviest = [int(c) for c in np.argsort(-weights, kind="stable")[:3] if weights[c] > 0]
        asked = [
            _asked(bank, int(row), bool(right), float(at))
            for row, right, at in zip(arm.question[student], arm.correct[student], times, strict=True)
            if row >= 0
        ]
        names = tuple(bank.concepts[c].name for c in heaviest)
        paths[name] = CasePath(tuple(asked), tuple(float(v) for v in value), names)
    return Case(judge.cohort.student_ids[student], judge.name, objective.name, judge.simulated, paths)


def _asked(bank: Bank, row: int, correct: bool, at_seconds: float) -> Asked:
    question = bank.questions[row]
    names = tuple(bank.concept[concept].name for concept in question.concepts)
    return Asked(question.question_id, question.text, names, correct, at_seconds)


def case_picture(case: Case | Mapping[str, Any]) -> str:
    """Draw the objective's value step by step, and under it the KC of every question, right or wrong.

    Args:
        case: The case, or what `--json` printed of it.

    Returns:
        SVG that follows the reader's light or dark scheme.
    """
    told = case if isinstance(case, Case) else _read(case)
    numbers = _numbered(told)
    return PathPicture(
        title=f"{told.objective}: student {told.student} before {told.judge}",
        axis="recall of the target, before each question and at the end",
        lines=tuple(_line(name, path, numbers) for name, path in told.paths.items()),
        legend=[f"{number} {concept[:LONGEST_NAME]}" for concept, number in numbers.items()],
    ).svg()


def _line(name: str, path: CasePath, numbers: Mapping[str, int]) -> Line:
    cells = []
    for asked in path.asked:
        outcome = f"{', '.join(asked.concepts)}: {'right' if asked.correct else 'wrong'}"
        label = str(numbers[asked.concepts[0]]) if asked.concepts else ""
        cells.append(Cell(label, f"{asked.text} ({outcome})", asked.correct))
    return Line(name, path.value, tuple(cells))


def _numbered(case: Case) -> dict[str, int]:
    """KCs in the order in which they are first asked."""
    first: dict[str, int] = {}
    for path in case.paths.values():
        for asked in path.asked:
            for concept in asked.concepts[:1]:
                first.setdefault(concept, len(first) + 1)
    return first


def _read(content: Mapping[str, Any]) -> Case:
    def path(told: Mapping[str, Any]) -> CasePath:
        asked: Sequence[Mapping[str, Any]] = told["asked"]
        questions = tuple(Asked(**{**one, "concepts": tuple(one["concepts"])}) for one in asked)
        return CasePath(questions, tuple(told["value"]), tuple(told["target"]))

    paths = {name: path(told) for name, told in content["paths"].items()}
    return Case(content["student"], content["judge"], content["objective"], content["simulated"], paths)

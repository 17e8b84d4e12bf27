"""The pieces of `evaluate forgetting`: mastery of students left out, then a curve on a test fold."""

from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.evaluate.forgetting import ForgettingDesign, ForgettingStudy
from preceptor.evaluate.forgetting_mastery import LOGISTIC
from preceptor.workflow.tracing import build_tracer
from preceptor.workflow.tracing_options import parse_model


@dataclass(frozen=True, slots=True)
class MasteryPiece:
    """Mastery of two folds, or of one.

    Args:
        course: The course's folder.
        design: How to evaluate.
        left_out: The folds.
    """

    course: Path
    design: ForgettingDesign
    left_out: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CurvePiece:
    """A baseline or curve on a test fold.

    Args:
        course: The course's folder.
        design: How to evaluate.
        fold: The test fold.
        curve: The baseline or curve.
        mastery: File of mastery, float32 [folds, rows].
    """

    course: Path
    design: ForgettingDesign
    fold: int
    curve: str
    mastery: Path

    @property
    def key(self) -> str:
        """Names it in messages, wherever the file is."""
        return f"{self.curve}, fold {self.fold}, seed {self.design.seed}"


def run_mastery(piece: MasteryPiece) -> NDArray[np.float32]:
    """See `ForgettingStudy.mastery`."""
    return opened_study(piece.course, piece.design).mastery(piece.left_out)


def run_curve(piece: CurvePiece) -> NDArray[np.float64]:
    """See `ForgettingStudy.predicted`."""
    mastery = np.array(np.load(piece.mastery, mmap_mode="r")[piece.fold])
    return opened_study(piece.course, piece.design).predicted(piece.fold, piece.curve, mastery)


@lru_cache(maxsize=1)
def opened_study(path: Path, design: ForgettingDesign) -> ForgettingStudy:
    """The study of a course; made once in a process."""
    course = Course.open(path)
    bank = course.load_bank()
    build = None if design.model == LOGISTIC else partial(build_tracer, parse_model(design.model), bank)
    return ForgettingStudy(course.load_log(), bank.q_matrix, design, build)

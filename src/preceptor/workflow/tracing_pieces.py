"""The pieces of `evaluate tracing`: a tracer on a fold, wherever it runs."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from preceptor.course import Course
from preceptor.data import read_folds
from preceptor.evaluate import PROTOCOLS
from preceptor.workflow.clock import Clock
from preceptor.workflow.tracing_options import TracingOptions
from preceptor.workflow.tracing_pairs import Pair, PairRunner
from preceptor.workflow.vectors import course_vectors, require_untuned


@dataclass(frozen=True, slots=True)
class PairPiece:
    """What a worker needs to know.

    Args:
        course: The course's folder.
        options: Of the evaluation.
        clock: The clocks.
        label: The tracer.
        fold: The fold.
    """

    course: Path
    options: TracingOptions
    clock: Clock
    label: str
    fold: int

    @property
    def key(self) -> str:
        """Names it in messages."""
        return f"{self.label}, fold {self.fold}, seed {self.options.seed}"


def run_pair(piece: PairPiece) -> Pair:
    """Fit and score, or read what an earlier evaluation left."""
    runner = opened_runner(piece.course, piece.options, piece.clock)
    return runner.run(piece.options.tracers()[piece.label], piece.fold)


@lru_cache(maxsize=1)
def opened_runner(path: Path, options: TracingOptions, clock: Clock) -> PairRunner:
    """Runs the pairs of an evaluation; made once in a process.

    Raises:
        UserError: If folds cannot be made or read, or vectors do not go with the protocol.
    """
    course = Course.open(path)
    bank, log = course.load_bank(), course.load_log()
    protocol = PROTOCOLS[options.protocol]
    given = read_folds(options.splits, log) if options.splits else None
    fold_of_student = protocol.assign(log, options.folds, options.seed) if given is None else given
    protocol = protocol.bound(bank, fold_of_student, options.seed)
    stored = course_vectors(course, bank)
    if protocol.holds_out and any(tracer.vectors_in_force != "none" for tracer in options.tracers().values()):
        require_untuned(stored, protocol.name)
    return PairRunner(course, bank, log, protocol, fold_of_student, options.seed, options.resume, clock, stored)

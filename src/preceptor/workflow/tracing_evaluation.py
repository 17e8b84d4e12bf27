"""Compare tracers on a course's log, fold by fold."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor import parallel
from preceptor.course import Course, write_run
from preceptor.domain import Bank, Log, UserError
from preceptor.evaluate import FoldPredictions
from preceptor.progress import Progress
from preceptor.trace import tracer_class
from preceptor.workflow.clock import Clock
from preceptor.workflow.tracing import TracerOptions, available_inputs, check_options, missing_inputs
from preceptor.workflow.tracing_comparison import Comparison
from preceptor.workflow.tracing_options import FLOOR, TracingOptions
from preceptor.workflow.tracing_pairs import Pair, PairRunner
from preceptor.workflow.tracing_pieces import PairPiece, opened_runner, run_pair


@dataclass(frozen=True)
class TracingEvaluation:
    """What a comparison gave.

    Args:
        result: The shape that `--json` prints.
        predictions: Of every model and fold, the floor's first.
        bank: The course's bank.
        log: The course's log.
        fold_of_student: int64 [students], −1 for a student without answers.
    """

    result: dict[str, Any]
    predictions: tuple[FoldPredictions, ...]
    bank: Bank
    log: Log
    fold_of_student: NDArray[np.int64]


def evaluate_tracing(course: Course, options: TracingOptions, clock: Clock, progress: Progress) -> TracingEvaluation:
    """Fit every tracer on every fold and measure it on the fold's test students.

    Raises:
        UserError: If the course has no log or something given is wrong; nothing is trained then.
        FailedPiecesError: If pieces failed in every try; the others are kept.
    """
    start, tracers = clock.monotonic(), options.tracers()
    parallel.require_backend(options.backend)
    if not course.counts()["interactions"]:
        raise UserError(f"The course {course.name!r} has no answers.", mend="import a log first")
    for tracer in tracers.values():
        check_options(tracer)
    opened_runner.cache_clear()  # what an earlier evaluation of this process read may have been replaced since
    runner = opened_runner(course.path, options, clock)
    bank, log, protocol, fold_of_student = runner.bank, runner.log, runner.protocol, runner.fold_of_student
    available = available_inputs(bank, log)
    folds = _folds(runner, options)
    lacking = _lacking(tracers, available, runner.concepts_join(folds))
    runnable = {label: tracer for label, tracer in tracers.items() if not lacking[label]}
    pieces = [PairPiece(course.path, options, clock, label, fold) for label in runnable for fold in folds]
    pairs = _run(pieces, progress)
    tested = np.concatenate([protocol.split(fold_of_student, fold).test for fold in folds])
    comparison = Comparison(runner, np.unique(tested), _floor(runner, folds, pairs), pairs)
    rows = comparison.rows(tracers, available, lacking)
    result: dict[str, Any] = {
        "rows": rows,
        "course": course.name,
        "data": {**course.counts(), "data_hash": course.data_hash, "has": sorted(available)},
        "protocol": {
            "name": protocol.name,
            **protocol.told,
            **protocol.about(folds),
            **_division(runner, folds, options),
        },
        "simulated": course.simulated,
        "notes": [*_about_folds(runner, options), *_about_windows(runnable), *_notes(pairs)],
    }
    seconds = clock.monotonic() - start
    config = {**asdict(options), "models": list(options.models)}
    del config["backend"]
    run = write_run(course, "evaluate-tracing", config, course.data_hash, options.seed, result, seconds,
                    at_seconds=clock.now())  # fmt: skip
    result |= {"seconds": seconds, "run": str(run)}
    return TracingEvaluation(result, comparison.predictions(), bank, log, fold_of_student)


def _lacking(
    tracers: Mapping[str, TracerOptions], available: frozenset[str], concepts_join: bool
) -> dict[str, tuple[str, ...]]:
    """What each tracer cannot do without here; where KCs join after training, also a place for them."""
    found = {label: missing_inputs(tracer, available) for label, tracer in tracers.items()}
    for label, tracer in tracers.items():
        if concepts_join and not tracer_class(tracer.model).by_concept:
            found[label] = (*found[label], "place for new KCs")
    return found


def _notes(pairs: Mapping[str, list[Pair]]) -> list[str]:
    """What was taken up from an earlier evaluation although the tracers have changed since."""
    older = {label: [pair.fold for pair in own if pair.report.get("other_code")] for label, own in pairs.items()}
    told = [f"{label} (fold {', '.join(map(str, folds))})" for label, folds in older.items() if folds]
    return (
        [f"Measured by earlier code; an evaluation without --resume measures anew: {'; '.join(told)}."] if told else []
    )


def _about_folds(runner: PairRunner, options: TracingOptions) -> list[str]:
    """That a data set's own folds were not taken."""
    own = np.unique(runner.log.student_fold[np.unique(runner.log.student)])
    if options.splits or own[0] < 0 or runner.protocol.keeps_folds(runner.log, options.folds):
        return []
    return [f"The data set brings {len(own)} folds of its own; these {options.folds} are others, drawn by a hash."]


def _about_windows(tracers: Mapping[str, TracerOptions]) -> list[str]:
    """Which tracers see less of a history than the protocol shows them."""
    limited = {label: tracer_class(tracer.model).window for label, tracer in tracers.items()}
    told = [f"{label} sees the last {window} answers" for label, window in limited.items() if window]
    return [f"{'; '.join(told)}."] if told else []


def _folds(runner: PairRunner, options: TracingOptions) -> tuple[int, ...]:
    every = np.unique(runner.fold_of_student[runner.fold_of_student > 0]).tolist()
    if len(every) < options.folds and not options.splits:
        students = len(np.unique(runner.log.student))
        raise UserError(
            f"--folds is {options.folds}, and {students} students fill only {len(every)} folds.",
            allowed=f"3 to {max(3, len(every))}",
            mend="ask for fewer folds, or import more students",
        )
    chosen = options.run_folds or tuple(every)
    unknown = [fold for fold in chosen if fold not in every]
    if unknown or len(set(chosen)) < len(chosen):
        raise UserError(
            f"--test-folds is {','.join(map(str, chosen))}.", allowed=f"some of {', '.join(map(str, every))}, each once"
        )
    for fold in chosen:
        split = runner.protocol.split(runner.fold_of_student, fold)
        runner.protocol.counted(runner.log, split.test, fold)
        runner.protocol.training(runner.log, split.train, fold)
    return chosen


def _run(pieces: Sequence[PairPiece], progress: Progress) -> dict[str, list[Pair]]:
    """Every tracer's pairs, in the order of the pieces."""
    backend = pieces[0].options.backend if pieces else "here"
    found = parallel.map(
        run_pair, pieces, backend=backend, progress=progress, key=lambda piece: piece.key, what="models and folds"
    )
    pairs: dict[str, list[Pair]] = {piece.label: [] for piece in pieces}
    for piece, pair in zip(pieces, found, strict=True):
        pairs[piece.label].append(pair)
    return pairs


def _floor(runner: PairRunner, folds: Sequence[int], pairs: Mapping[str, list[Pair]]) -> list[FoldPredictions]:
    """The floor on the very answers that the tracers predicted; on all test answers where none ran."""
    first = next(iter(pairs.values()), None)
    found = []
    for place, fold in enumerate(folds):
        test = runner.protocol.split(runner.fold_of_student, fold).test
        rows = runner.protocol.counted(runner.log, test, fold) if first is None else first[place].scores.rows
        found.append(FoldPredictions(FLOOR, fold, rows, runner.floor(fold, rows)))
    return found


def _division(runner: PairRunner, folds: Sequence[int], options: TracingOptions) -> dict[str, Any]:
    present = runner.fold_of_student[runner.fold_of_student >= 0]
    numbers, counts = np.unique(present, return_counts=True)
    own = "the data set's own" if runner.protocol.keeps_folds(runner.log, options.folds) else "by a hash"
    return {
        "folds": int((numbers > 0).sum()),
        "folds_run": list(folds),
        "students_by_fold": dict(zip(map(str, numbers.tolist()), counts.tolist(), strict=True)),
        "splits": "imported" if options.splits else own,
        "seed": options.seed,
    }

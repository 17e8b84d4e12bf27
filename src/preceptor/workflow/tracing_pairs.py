"""One tracer on one fold: fitted, measured and kept, so that a killed evaluation goes on."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor import __version__
from preceptor.course import Course, replace_file, runs, write_run
from preceptor.domain import Bank, Log, digest
from preceptor.embed import CourseVectors
from preceptor.evaluate import Scorer, Scores, Task, TracingProtocol, concept_average, metrics_of
from preceptor.forgetting import make_curve
from preceptor.mind import MindModel
from preceptor.trace import Checkpoint, FitReport, Tracer, code_digest
from preceptor.workflow.clock import Clock
from preceptor.workflow.joining import fitted_before, without
from preceptor.workflow.tracing import TracerOptions, build_tracer
from preceptor.workflow.tracing_options import what_matters
from preceptor.workflow.vectors import text_vectors

COMMAND = "evaluate-tracing-fold"


@dataclass(frozen=True)
class Pair:
    """What one tracer did on one fold.

    Args:
        fold: The fold.
        scores: Its predictions of the test answers.
        report: `epochs`, `best_epoch`, `seconds` and `interactions` of the training; of one that was taken up also
            `other_code`, whether the tracers have changed since.
    """

    fold: int
    scores: Scores
    report: Mapping[str, Any]


@dataclass(frozen=True)
class PairRunner:
    """Runs tracers on folds.

    Args:
        course: Keeps the run files.
        bank: Its bank.
        log: Its log.
        protocol: How histories are presented.
        fold_of_student: int64 [students].
        seed: Of the training.
        resume: Whether to take up what is finished or interrupted.
        clock: The clocks.
        stored: The course's vectors, which fit the bank; None for lexical ones.
    """

    course: Course
    bank: Bank
    log: Log
    protocol: TracingProtocol
    fold_of_student: NDArray[np.int64]
    seed: int
    resume: bool
    clock: Clock
    stored: CourseVectors | None = None

    def run(self, options: TracerOptions, fold: int) -> Pair:
        """Fit and score, or read what an earlier evaluation of the same kind left."""
        key, data_hash = self._key(options, fold), self.course.data_hash
        file = self.course.path / "runs" / "tracing" / f"{key}.npz"
        found = self._finished(key) if self.resume and file.is_file() else None
        if found is not None:
            return Pair(fold, _read_scores(file), found)
        checkpoint = Checkpoint(file.with_suffix(f".{code_digest()[:8]}.ckpt"), key, self.resume)
        pair = self._fitted(options, fold, checkpoint)
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, _packed(pair.scores))
        correct = self.log.correct[pair.scores.rows]
        metrics = {
            **pair.report,
            "key": key,
            "code": code_digest(),
            **asdict(metrics_of(pair.scores.p_correct, correct)),
        }
        config = {"tracer": what_matters(options), "protocol": self.protocol.name, "fold": fold}
        write_run(
            self.course, COMMAND, config, data_hash, self.seed, metrics, pair.report["seconds"],
            at_seconds=self.clock.now(), tag=key[:8],
        )  # fmt: skip
        checkpoint.remove()
        return pair

    def concepts_join(self, folds: Sequence[int]) -> bool:
        """Whether in some fold KCs are known only after the training, with the questions that exercise them."""
        tasks = (
            self.protocol.task(self.log, self.bank.q_matrix, self.protocol.split(self.fold_of_student, fold), fold)
            for fold in folds
        )
        return any(len(without(self.bank, task.unseen).concepts) < len(self.bank.concepts) for task in tasks)

    def floor(self, fold: int, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The average of each concept over what the fold's training students show, for some rows of the log.

        A concept that nobody trained on has the average over all answers.
        """
        students = self.protocol.split(self.fold_of_student, fold).train
        train = self.protocol.training(self.log, students, fold)
        return concept_average(train, self.log.take(rows), self.bank.q_matrix)

    def _fitted(self, options: TracerOptions, fold: int, checkpoint: Checkpoint) -> Pair:
        split = self.protocol.split(self.fold_of_student, fold)
        task = self.protocol.task(self.log, self.bank.q_matrix, split, fold)

        def fitted(tracer: Tracer) -> FitReport:
            return tracer.fit(
                task.train,
                task.valid,
                seed=self.seed,
                clock=self.clock.monotonic,
                checkpoint=checkpoint,
            )

        if len(task.unseen):
            tracer, fit = fitted_before(options, self.bank, task.unseen, fitted, self.stored)
        else:
            tracer = build_tracer(options, self.bank, task.q_matrix, task.origin, self.stored)
            fit = fitted(tracer)
        report = asdict(fit)
        report.pop("valid_log_loss")
        return Pair(fold, self.protocol.score(_served(tracer, options, task), task), report)

    def _key(self, options: TracerOptions, fold: int) -> str:
        folds = digest(*self.fold_of_student.tolist())
        parts = [sorted(what_matters(options).items()), self.protocol.name, fold, folds, self.seed]
        if options.vectors_in_force != "none":  # which follow from the texts by code outside of the tracers
            parts.append(text_vectors(self.bank, tuned=False, source=self.stored).questions.tobytes().hex())
        return digest(__version__, self.course.data_hash, *parts)

    def _finished(self, key: str) -> Mapping[str, Any] | None:
        for run in reversed(runs(self.course, COMMAND)):
            if run["metrics"]["key"] == key:
                kept = {name: run["metrics"][name] for name in ("epochs", "interactions", "best_epoch", "seconds")}
                return {**kept, "other_code": run["metrics"].get("code") != code_digest()}
        return None


def _served(tracer: Tracer, options: TracerOptions, task: Task) -> Scorer:
    """The tracer alone, or with the curve that was asked for, fitted on the validation students."""
    if not options.forgetting:
        return tracer
    curve = make_curve(options.forgetting, len(task.q_matrix.concept_ids))
    return MindModel(tracer, curve).fit_curve(task.valid)


def _packed(scores: Scores) -> bytes:
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **vars(scores))
    return content.getvalue()


def _read_scores(file: Path) -> Scores:
    with np.load(file) as arrays:
        return Scores(**{name: arrays[name] for name in arrays.files})

"""Hold the mastery that a course's model sees against what its simulated students truly know."""

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course, write_run
from preceptor.data import Split, split_by_student
from preceptor.domain import Bank, Log, UserError
from preceptor.evaluate import comparable_students
from preceptor.evaluate.mastery import METRICS, score_mastery
from preceptor.evaluate.true_mastery import own_accuracy, question_shares, through_questions, true_mastery
from preceptor.forgetting import make_curve
from preceptor.mind import MindModel, replay_log
from preceptor.progress import Progress
from preceptor.simulate import LatentTruth
from preceptor.trace import make_tracer
from preceptor.workflow.calibrating import semantic_run
from preceptor.workflow.clock import Clock
from preceptor.workflow.models import TrainedMind, load_trained
from preceptor.workflow.simulating import load_true_bank, load_truth

MASTERY, UNCALIBRATED, QUESTIONS = "mastery", "uncalibrated mastery", "mean over the questions"
OWN, OWN_AND_CLASS = "own accuracy", "own accuracy, drawn to the class's"


def evaluate_mastery(course: Course, seed: int, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Compare mastery with latent truth on the true concepts, on students not used in training.

    Args:
        course: A course with a simulated log and a trained model.
        seed: Draws the resamples of students.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        `rows`, one an estimate: its metrics, and `less`, what the course's model is above it.

    Raises:
        UserError: If there is no latent truth, no model, or no test student with enough answers.
    """
    start = clock.monotonic()
    truth, bank, log = load_truth(course), course.load_bank(), course.load_log()
    true_bank, trained = load_true_bank(course, truth), load_trained(course, bank)
    if trained.run is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path}")
    kept = trained.metrics["options"]
    split = split_by_student(log, kept["seed"], kept["test_fold"], kept["valid_fold"])
    students = comparable_students(log, split.test, truth)
    if not len(students):
        raise UserError(
            f"No simulated student outside training has more than {truth.holdback} answers.",
            mend="simulate more students or more days",
        )
    found = _Estimates(course, bank, true_bank, truth, log, split, students, progress)
    truly, estimates = found.truth(), found.all(trained)
    asked = np.flatnonzero(question_shares(true_bank).any(axis=1) & np.isin(list(true_bank.concept), truth.concept_ids))
    scores = score_mastery(truly[:, asked], {name: values[:, asked] for name, values in estimates.items()}, seed)
    rows = [
        {
            "estimate": name,
            **{metric: asdict(own.estimate(metric)) for metric in METRICS},
            "less": {metric: asdict(scores[MASTERY].estimate(metric, own)) for metric in METRICS},
        }
        for name, own in scores.items()
    ]
    result: dict[str, Any] = {
        "rows": rows,
        "model": trained.run.parent.name,
        "model_run": trained.run.name,
        "calibrated": "calibration" in trained.metrics,
        "students": len(students),
        "concepts": len(asked),
        "own_concepts": set(true_bank.concept) <= set(bank.concept),
        "simulated": True,
    }
    seconds = clock.monotonic() - start
    run = write_run(
        course, "evaluate-mastery", {"seed": seed}, course.data_hash, seed, result, seconds, at_seconds=clock.now()
    )
    return {**result, "seconds": seconds, "run": str(run)}


class _Estimates:
    """Every estimate of the same students just before their withheld answers."""

    def __init__(
        self,
        course: Course,
        bank: Bank,
        true_bank: Bank,
        truth: LatentTruth,
        log: Log,
        split: Split,
        students: NDArray[np.int64],
        progress: Progress,
    ) -> None:
        self.course, self.bank, self.true_bank, self.known, self.log = course, bank, true_bank, truth, log
        self.split, self.students, self.progress = split, students, progress
        self.stop = log.offsets[students + 1] - truth.holdback
        self.at_seconds = log.time_seconds[self.stop]

    def truth(self) -> NDArray[np.float64]:
        """What the students truly know."""
        index = {student_id: row for row, student_id in enumerate(self.known.student_ids)}
        rows = np.array([index[self.log.student_ids[student]] for student in self.students])
        return true_mastery(self.true_bank, self.known, rows, self.at_seconds)

    def all(self, trained: TrainedMind) -> dict[str, NDArray[np.float64]]:
        """By name, each [students, true concepts]."""
        found = {MASTERY: self._mastery(trained.model)}
        if "calibration" in trained.metrics:
            uncalibrated, _ = semantic_run(self.course, self.bank, trained.metrics["calibrated_from"])
            found[UNCALIBRATED] = self._mastery(uncalibrated.model)
        found[OWN] = own_accuracy(self.true_bank, self.log, self.students, self.stop)
        found[OWN_AND_CLASS] = self._drawn_to_the_class()
        found[QUESTIONS] = self._mean_over_questions(trained.model)
        return found

    def _mastery(self, model: MindModel) -> NDArray[np.float64]:
        minds = replay_log(model, self.log, self.students, self.stop)
        concepts = np.arange(len(self.bank.concepts))
        mastery = model.tracer.mastery(minds.tracer_state, concepts, self.at_seconds).astype(np.float64)
        self.progress("reading mastery", 1, 1)
        return mastery @ through_questions(self.true_bank, self.bank).T

    def _mean_over_questions(self, model: MindModel) -> NDArray[np.float64]:
        minds = replay_log(model, self.log, self.students, self.stop)
        index = self.bank.q_matrix.question_index
        place = np.array([index[question.question_id] for question in self.true_bank.questions])
        asked = np.tile(place, (len(self.students), 1))
        p_correct = model.tracer.predict(minds.tracer_state, asked, self.at_seconds).astype(np.float64)
        return p_correct @ question_shares(self.true_bank).T

    def _drawn_to_the_class(self) -> NDArray[np.float64]:
        """`history` over the true concepts: mastery = (w·class's + credit) / (w + attempts), w by validation."""
        tracer = make_tracer("history", self.true_bank.q_matrix)
        train, valid = (self.log.of_students(part) for part in (self.split.train, self.split.valid))
        tracer.fit(train, valid, seed=0, clock=lambda: 0.0)
        model = MindModel(tracer, make_curve("none", len(self.true_bank.concepts)))
        minds = replay_log(model, self.log, self.students, self.stop)
        concepts = np.arange(len(self.true_bank.concepts))
        return tracer.mastery(minds.tracer_state, concepts, self.at_seconds).astype(np.float64)

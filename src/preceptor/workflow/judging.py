"""Make the judges that `evaluate policy` names."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course, new_folder
from preceptor.data import split_by_student
from preceptor.domain import Bank, Log, UserError, digest, unknown_name
from preceptor.evaluate.cohort import Cohort, comparable_students, fresh_cohort, logged_cohort
from preceptor.evaluate.judges import Judge, LatentJudge, TracerJudge
from preceptor.forgetting import make_curve
from preceptor.mind import MindModel
from preceptor.simulate import DEFAULT_FAMILY, LatentTruth, family_names
from preceptor.trace import tracer_names
from preceptor.workflow.model_files import METRICS_FILE
from preceptor.workflow.models import TrainedMind, load_run
from preceptor.workflow.tracing import TracerOptions, available_inputs, build_tracer, check_tracer
from preceptor.workflow.tracing_options import parse_model
from preceptor.workflow.training import curve_for, save_mind
from preceptor.workflow.vectors import source_for

LATENT, OWN, OTHERS, EVERY = "latent", "own", "other-students", "all"
ANOTHER_FAMILY = "das3h"
"""The tracer that `all` takes for one of another family: logistic, and time is an input of its own."""
VALID_SHARE = 5
"""Every fifth of a judge's students chooses when its training ends."""


def judge_names(truth: LatentTruth | None) -> tuple[str, ...]:
    """What `all` stands for: every latent family, the policies' tracer, its like on other students, another family."""
    log_family = DEFAULT_FAMILY if truth is None else truth.family
    families = [log_family, *(name for name in family_names() if name != log_family)]
    return (*(f"{LATENT}:{name}" for name in families), OWN, OTHERS, ANOTHER_FAMILY)


def judges_the_log(name: str, truth: LatentTruth | None) -> bool:
    """Whether a judge judges on students of the course's log; a family that is not theirs judges on new ones."""
    return not name.startswith(f"{LATENT}:") or (truth is not None and name == f"{LATENT}:{truth.family}")


def named_judges(names: tuple[str, ...], truth: LatentTruth | None) -> tuple[str, ...]:
    """Judges by their whole names, in this order.

    Raises:
        UserError: If one comes twice, or there is none.
    """
    every = judge_names(truth)
    wanted = tuple(dict.fromkeys(every[0] if name == LATENT else name for name in names))
    if len(wanted) < len(names) or not names:
        raise UserError(f"judges is {','.join(names)!r}.", allowed="every judge once, at least one")
    return wanted


def is_trained(name: str, bank: Bank, log: Log) -> bool:
    """Whether a tracer has to be trained for a judge.

    Raises:
        UserError: If there is no such judge, or the tracer has not what it needs.
    """
    kind, _, rest = name.partition(":")
    if kind == LATENT:
        if rest not in family_names():
            raise unknown_name("family of latent minds", rest, family_names())
        return False
    if name in (OWN, OTHERS):
        return name == OTHERS
    if kind not in tracer_names():
        raise unknown_name("judge", name, (LATENT, OWN, OTHERS, EVERY, *tracer_names()))
    check_tracer(parse_model(name), available_inputs(bank, log))
    return True


@dataclass(frozen=True)
class Bench:
    """What judges are made from.

    Args:
        course: The course.
        bank: Its bank.
        log: Its log.
        trained: The model that policies look through.
        truth: The latent truth of its students; None if they are people.
        students: How many are judged on at most.
        seed: Draws them, and the trainings of judges.
        halved: Whether some judge is trained, on students whom then no judge judges on.
        other_than_seed: Leaves out the students whom this seed draws from the log; None for nobody.
    """

    course: Course
    bank: Bank
    log: Log
    trained: TrainedMind
    truth: LatentTruth | None
    students: int
    seed: int
    halved: bool
    other_than_seed: int | None = None

    def judge(self, name: str, folder: Path) -> Judge:
        """A judge by its whole name.

        Args:
            name: Of `named_judges`.
            folder: Where a judge's tracer is kept; it is trained if it is not there.

        Raises:
            UserError: If there are too few students.
        """
        judged, teaching = self._shares()
        cohort = logged_cohort(self.log, judged, self.truth, self.students, self.seed, self.other_than_seed)
        kind, _, rest = name.partition(":")
        if kind == LATENT:
            return self._latent(name, rest, cohort)
        if name == OWN:
            return TracerJudge(name, cohort, self.trained.model, own=True, trained=self._own())
        if not folder.is_dir():
            self._train(name, teaching, folder)
        found = load_run(self.course, self.bank, folder)
        return TracerJudge(name, cohort, found.model, own=False, trained=found.metrics)

    def _shares(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Who is judged on, and who trains judges: nobody does both, and nobody trained the policies."""
        options = self.trained.metrics["options"]
        split = split_by_student(self.log, options["seed"], options["test_fold"], options["valid_fold"])
        able = comparable_students(self.log, split.test, self.truth)
        if not self.halved:
            return able, able[:0]
        ranked = sorted(able.tolist(), key=lambda i: digest("judges", self.log.student_ids[i]))
        half = (len(ranked) + 1) // 2
        return np.sort(np.array(ranked[:half], dtype=np.int64)), np.sort(np.array(ranked[half:], dtype=np.int64))

    def _latent(self, name: str, family: str, cohort: Cohort) -> Judge:
        if not judges_the_log(name, self.truth):
            bank = _asked_bank(self.bank, self.truth)
            cohort = fresh_cohort(bank, self.log, family, len(cohort), self.seed)
        return LatentJudge(name, cohort, self.bank)

    def _own(self) -> dict[str, Any]:
        run = self.trained.run
        return {"model": run.parent.name, "run": run.name} if run is not None else {"model": "untrained"}

    def _tracer_options(self, name: str) -> TracerOptions:
        if name != OTHERS:
            return parse_model(name)
        options = self.trained.metrics["options"]
        given = {name: options[name] for name in ("model", "size", "questions", "vectors") if options.get(name)}
        return TracerOptions(**given)

    def _train(self, name: str, teaching: NDArray[np.int64], folder: Path) -> None:
        if len(teaching) < VALID_SHARE:
            raise UserError(
                f"{len(teaching)} students are left to train the judge {name!r} on.",
                allowed=f"{VALID_SHARE} or more outside of the training, besides those who are judged on",
                mend=f"take --judges {judge_names(self.truth)[0]},{OWN}, or a course with more students",
            )
        options = self._tracer_options(name)
        source = None if options.vectors_in_force == "none" else source_for(self.course, self.bank)
        tracer = build_tracer(options, self.bank, source=source)
        valid = np.arange(len(teaching)) % VALID_SHARE == 0
        train_log, valid_log = self.log.of_students(teaching[~valid]), self.log.of_students(teaching[valid])
        fit = tracer.fit(train_log, valid_log, seed=self.seed + 1, clock=time.monotonic)
        curve = make_curve(curve_for(self.trained.model.curve.name, self.log), len(self.bank.concepts))
        about = {"model": options.model, "trained_on": len(teaching), "epochs": fit.epochs}
        with new_folder(folder) as made:
            save_mind(MindModel(tracer, curve).fit_curve(valid_log), [], made)
            (made / METRICS_FILE).write_text(json.dumps(about))


def _asked_bank(bank: Bank, truth: LatentTruth | None) -> Bank:
    """What fresh students know: the part of the bank that the simulated ones do, or all of it."""
    if truth is None:
        return bank
    known = set(truth.concept_ids)
    return Bank(
        tuple(bank.concept[name] for name in truth.concept_ids),
        tuple(question for question in bank.questions if known.issuperset(question.concepts)),
        tuple(bank.misconception[name] for name in truth.misconception_ids),
    )

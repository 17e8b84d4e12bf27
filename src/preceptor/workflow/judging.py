"""Make the judges that `evaluate policy` names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.data import Split
from preceptor.domain import Bank, Log, UserError, digest, unknown_name
from preceptor.evaluate.cohort import Cohort, comparable_students, fresh_cohort, logged_cohort
from preceptor.evaluate.judges import Judge, LatentJudge, TracerJudge
from preceptor.evaluate.policy import PolicyDesign
from preceptor.forgetting import make_curve
from preceptor.mind import MindModel
from preceptor.progress import Progress
from preceptor.simulate import DEFAULT_FAMILY, LatentTruth, family_names
from preceptor.trace import tracer_names
from preceptor.workflow.clock import Clock
from preceptor.workflow.models import TrainedMind
from preceptor.workflow.tracing import TracerOptions, available_inputs, build_tracer, check_tracer
from preceptor.workflow.tracing_options import parse_model
from preceptor.workflow.training import curve_for
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


@dataclass(frozen=True)
class Bench:
    """What judges are made from.

    Args:
        course: The course.
        bank: Its bank.
        log: Its log.
        trained: The model that policies look through.
        split: Who it was trained on.
        truth: The latent truth of its students; None if they are people.
        design: How many students, and the seed.
        clock: The clocks.
        progress: Told how far trainings are.
    """

    course: Course
    bank: Bank
    log: Log
    trained: TrainedMind
    split: Split
    truth: LatentTruth | None
    design: PolicyDesign
    clock: Clock
    progress: Progress

    def judges(self, names: tuple[str, ...]) -> list[Judge]:
        """The judges by name, in this order.

        Raises:
            UserError: If a name is unknown or repeated, or there are too few students.
        """
        wanted = tuple(dict.fromkeys(self._full(name) for name in names))
        if len(wanted) < len(names) or not names:
            raise UserError(f"judges is {','.join(names)!r}.", allowed="every judge once, at least one")
        makers = [self._maker(name) for name in wanted]
        judged, teaching = self._shares(any(trains for _, trains in makers))
        cohort = logged_cohort(self.log, judged, self.truth, self.design.students, self.design.seed)
        return [make(cohort, teaching) for make, _ in makers]

    def _full(self, name: str) -> str:
        return judge_names(self.truth)[0] if name == LATENT else name

    def _maker(self, name: str) -> tuple[Callable[[Cohort, NDArray[np.int64]], Judge], bool]:
        """How a judge is made, and whether a tracer has to be trained for it."""
        kind, _, rest = name.partition(":")
        if kind == LATENT:
            if rest not in family_names():
                raise unknown_name("family of latent minds", rest, family_names())
            return lambda cohort, _: self._latent(name, rest, cohort), False
        if name == OWN:
            return lambda cohort, _: TracerJudge(name, cohort, self.trained.model, own=True, trained=self._own()), False
        if name == OTHERS:
            options = self._tracer_options()
            return lambda cohort, teaching: self._tracer(name, options, cohort, teaching), True
        if kind not in tracer_names():
            raise unknown_name("judge", name, (LATENT, OWN, OTHERS, EVERY, *tracer_names()))
        options = parse_model(name)
        check_tracer(options, available_inputs(self.bank, self.log))
        return lambda cohort, teaching: self._tracer(name, options, cohort, teaching), True

    def _shares(self, trains: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Who is judged on, and who trains judges: nobody does both, and nobody trained the policies."""
        able = comparable_students(self.log, self.split.test, self.truth)
        if not trains:
            return able, able[:0]
        ranked = sorted(able.tolist(), key=lambda i: digest("judges", self.log.student_ids[i]))
        half = (len(ranked) + 1) // 2
        return np.sort(np.array(ranked[:half], dtype=np.int64)), np.sort(np.array(ranked[half:], dtype=np.int64))

    def _latent(self, name: str, family: str, cohort: Cohort) -> Judge:
        if self.truth is None or family != self.truth.family:
            bank = _asked_bank(self.bank, self.truth)
            cohort = fresh_cohort(bank, self.log, family, len(cohort), self.design.seed)
        return LatentJudge(name, cohort, self.bank)

    def _own(self) -> dict[str, Any]:
        run = self.trained.run
        return {"model": run.parent.name, "run": run.name} if run is not None else {"model": "untrained"}

    def _tracer_options(self) -> TracerOptions:
        options = self.trained.metrics["options"]
        given = {name: options[name] for name in ("model", "size", "questions", "vectors") if options.get(name)}
        return TracerOptions(**given)

    def _tracer(self, name: str, options: TracerOptions, cohort: Cohort, teaching: NDArray[np.int64]) -> Judge:
        if len(teaching) < VALID_SHARE:
            raise UserError(
                f"{len(teaching)} students are left to train the judge {name!r} on.",
                allowed=f"{VALID_SHARE} or more outside of the training, besides those who are judged on",
                mend=f"take --judges {LATENT},{OWN}, or a course with more students",
            )
        source = None if options.vectors_in_force == "none" else source_for(self.course, self.bank)
        tracer = build_tracer(options, self.bank, source=source)
        valid = np.arange(len(teaching)) % VALID_SHARE == 0
        train_log, valid_log = self.log.of_students(teaching[~valid]), self.log.of_students(teaching[valid])
        fit = tracer.fit(
            train_log,
            valid_log,
            seed=self.design.seed + 1,
            clock=self.clock.monotonic,
            progress=lambda what, done, total: self.progress(f"judge {name}: {what}", done, total),
        )
        curve = make_curve(curve_for(self.trained.model.curve.name, self.log), len(self.bank.concepts))
        model = MindModel(tracer, curve).fit_curve(valid_log)
        trained = {"model": options.model, "trained_on": len(teaching), "epochs": fit.epochs}
        return TracerJudge(name, cohort, model, own=False, trained=trained)


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

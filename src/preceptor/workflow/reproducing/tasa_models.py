"""The language models of TASA's reproduction: who speaks in the full forms, and who judges."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preceptor.course import Course
from preceptor.course.files import explained
from preceptor.evaluate.judging_dialogues.cases import write_cases
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock
from preceptor.workflow.dialogue_judging import ROLE, JudgeOptions, judge_dialogues
from preceptor.workflow.model_size import is_evidence, parameters_of
from preceptor.workflow.reproducing.options import ReproduceOptions
from preceptor.workflow.spoken_design import LabModel, SpokenDesign
from preceptor.workflow.tutor_cases import tutor_cases
from preceptor.workflow.tutor_models import endpoint_for
from preceptor.workflow.tutor_runs import LabOptions


def spoken(design: LabDesign, course: Course, options: ReproduceOptions) -> LabDesign:
    """A design with the tutors' model that options and settings name.

    Raises:
        UserError: If none is named.
    """
    model = LabModel.named(course, options.model_url, options.model_name, options.model_size, options.budget_tokens)
    return SpokenDesign.of(design, model)


@dataclass(frozen=True, slots=True)
class JudgeModel:
    """The model that judges.

    Args:
        name: Its name at its server.
        url: Base of the API.
        evidence: Whether it is large enough for its judgements to count.
    """

    name: str
    url: str
    evidence: bool


def judge_model(course: Course, options: ReproduceOptions) -> JudgeModel | None:
    """The judge that options and settings name; None where none is asked for.

    Raises:
        UserError: If none is named.
    """
    if not options.judge:
        return None
    endpoint = endpoint_for(ROLE, course.settings, options.judge_url, options.judge_name)
    evidence = is_evidence(parameters_of(endpoint.model, options.judge_size))
    return JudgeModel(endpoint.model, endpoint.url, evidence)


@dataclass(frozen=True, slots=True)
class Judging:
    """The arms of one table before one judge.

    Args:
        lab: How the sessions are held, of one replicate.
        judge: Who judges.
        reference: The arm that all others are held against.
        budget_tokens: Tokens that the judge may take.
        dialogues: Where the sessions are written, for people to rate, too.
    """

    lab: LabOptions
    judge: JudgeModel
    reference: str
    budget_tokens: int | None
    dialogues: Path

    def told(self, course: Course, clock: Clock, progress: Progress) -> Mapping[str, Any]:
        """Hold the sessions, write them down, and let the judge read them.

        Args:
            course: The course.
            clock: The clocks.
            progress: Told how far it is.

        Raises:
            UserError: If the judge judged nothing, or as `tutor_cases`.
        """
        with explained("write to", self.dialogues.parent):
            self.dialogues.parent.mkdir(exist_ok=True)
        write_cases(self.dialogues, tutor_cases(course, self.lab, progress))
        asked = JudgeOptions(
            self.dialogues,
            self.reference,
            (self.judge.name,),
            self.judge.url,
            budget_tokens=self.budget_tokens,
            seed=self.lab.seed,
        )
        told = judge_dialogues(course, asked, clock, progress)
        (judge,) = told["judges"]
        wanted = {name: judge[name] for name in ("judge", "rows", "failures", "asked")}
        return {**wanted, "reference": self.reference, "cases": told["cases"], "students": told["students"]}

"""The arms of TASA's tables on one course, under the replication flags."""

from dataclasses import dataclass
from functools import cached_property

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.tutor.variants import named_variant
from preceptor.workflow.reproducing.options import KTS, ReproduceOptions
from preceptor.workflow.reproducing.tasa_course import kt_run
from preceptor.workflow.reproducing.tasa_published import LAMBDAS
from preceptor.workflow.tutor_dials import Dials
from preceptor.workflow.tutor_pieces import can_plan

CONTROLS = ("none", "random")
REFERENCE = "vanilla-icl"
RIVALS = (REFERENCE, "mathchat", "tutorllm", "pss-mv")
ABLATIONS = ("tasa-no-memory", "tasa-no-persona", "tasa-no-forgetting", "tasa")
MOST_TURNS = 14
FULL = "full"
"""The table of full forms, where a language model speaks."""


@dataclass(frozen=True)
class Table:
    """One comparison.

    Args:
        name: Its name.
        arms: Its arms.
        turns: How many turns a session has.
        judged: Whether a judge may be asked about it.
        spoken: Whether variants speak through a language model.
        counted: The arms whose students' tests are kept.
    """

    name: str
    arms: tuple[str, ...]
    turns: int
    judged: bool = False
    spoken: bool = False
    counted: tuple[str, ...] = ()


@dataclass(frozen=True)
class TasaArms:
    """The arms and tables of one course.

    Args:
        course: The course.
        options: What is asked for.
    """

    course: Course
    options: ReproduceOptions

    @property
    def ours(self) -> str:
        """Our tutor under the replication flags.

        Raises:
            UserError: If the course lacks the tracer that was asked for.
        """
        return self._behind(f"tasa-no-{self.options.ablate}" if self.options.ablate else "tasa")

    @cached_property
    def by_kt(self) -> dict[str, str]:
        """Our tutor on each of the paper's tracers that the course has, by the tracer's published name."""
        return {kt: f"tasa:{run}{self.options.dials().suffix}" for kt in KTS if (run := kt_run(self.course, kt))}

    @cached_property
    def by_lambda(self) -> dict[str, str]:
        """Our tutor at each published weight of descriptions."""
        plain, dials = Dials.split(self.ours)
        return {str(mixing): f"{plain}{Dials(mixing, dials.candidates, dials.kept).suffix}" for mixing in LAMBDAS}

    @property
    def unplanned(self) -> list[str]:
        """Ablations that cannot be planned with the tracer: one that knows time leaves no curve to leave out."""
        own = self.course.default("models")
        tracer = (self._tracer or (own.parent.name if own else "")).partition("/")[0]
        return [name for name in ABLATIONS if not can_plan(named_variant(name), tracer)]

    @property
    def tables(self) -> list[Table]:
        """Tables 1 to 3, and the one of full forms where a model speaks."""
        rounds, ours = self.options.rounds, self.ours
        parts = (self._behind(name) for name in ABLATIONS if name not in self.unplanned)
        found = [
            Table("table1", (*CONTROLS, *RIVALS, ours), rounds, judged=True, counted=("none", ours)),
            Table("table2", (REFERENCE, *parts), rounds, judged=True),
            Table("table3", tuple(self.by_kt.values()), rounds),
        ]
        if self.options.with_model:
            found.append(Table(FULL, (*RIVALS, ours), rounds, judged=True, spoken=True))
        return found

    @property
    def figures(self) -> list[Table]:
        """What Figure 3 is drawn from."""
        return [
            Table("turns", (*RIVALS, self.ours), MOST_TURNS),
            Table("lambda", tuple(self.by_lambda.values()), self.options.rounds),
        ]

    @cached_property
    def _tracer(self) -> str:
        """The run of the tracer that was asked for; empty for the course's own."""
        tracer = kt_run(self.course, self.options.kt) if self.options.kt else ""
        if tracer is None:
            raise UserError(
                f"The course {self.course.path} has no {self.options.kt}.",
                allowed=", ".join(kt for kt in KTS if kt_run(self.course, kt)),
                mend=f"preceptor train {self.course.path} --model {self.options.kt}",
            )
        return tracer

    def _behind(self, variant: str) -> str:
        return f"{variant}{f':{self._tracer}' if self._tracer else ''}{self.options.dials().suffix}"

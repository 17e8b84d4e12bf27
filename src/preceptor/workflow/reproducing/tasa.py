"""Tables 1 to 4 and Figure 3 of TASA, for the courses at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.evaluate.tutoring.rows import joined
from preceptor.progress import Progress
from preceptor.simulate import make_taught_family
from preceptor.workflow.clock import Clock
from preceptor.workflow.kept_pieces import kept
from preceptor.workflow.reproducing.options import AGGREGATES, KTS, STYLES, ReproduceOptions
from preceptor.workflow.reproducing.page import Page
from preceptor.workflow.reproducing.pieces import Job, Piece, Pieces
from preceptor.workflow.reproducing.tasa_choices import choices
from preceptor.workflow.reproducing.tasa_course import (
    kt_run,
    require_taught,
    statistics,
    taught_course,
    time_constants,
)
from preceptor.workflow.reproducing.tasa_page import tasa_page
from preceptor.workflow.reproducing.tasa_published import LAMBDAS
from preceptor.workflow.tutor_dials import Dials
from preceptor.workflow.tutor_evaluation import evaluate_tutor, family_of
from preceptor.workflow.tutor_runs import LabOptions, pieces_of

PAPER = "tasa"
CONTROLS = ("none", "random")
RIVALS = ("vanilla-icl", "mathchat", "tutorllm", "pss-mv")
MOST_TURNS = 14
TABLES_OF_FIRST = 2
"""Pieces that only the first course has: turns and λ."""


@dataclass(frozen=True)
class _Table:
    """One comparison: its name, its arms, and how many turns a session has."""

    name: str
    arms: tuple[str, ...]
    turns: int


class Tasa:
    """Reproduces TASA on students whose minds are known.

    Args:
        folder: Where everything is kept.
        options: What is asked for.
        clock: The clocks.
        progress: Told how far it is.
    """

    takes = (
        "quick", "seed", "backend", "students", "replicates", "kt", "mixing", "candidates", "keep", "rounds",
        "tau_mode", "ablate", "posttest_style", "aggregate",
    )  # fmt: skip

    def __init__(self, folder: Path, options: ReproduceOptions, clock: Clock, progress: Progress) -> None:
        self.folder, self.options, self.clock, self.progress = folder, options, clock, progress

    def run(self, courses: Sequence[Course]) -> tuple[dict[str, Any], Page, list[Piece]]:
        """Measure what is missing.

        Args:
            courses: Simulated ones with a trained model; none for the built-in one, made in the folder. Figure 3 and
                the table of evaluation choices are of the first one.

        Returns:
            What `--json` prints, the page, and the pieces.
        """
        given = self._courses(courses)
        self.pieces = Pieces(self.folder, PAPER, 3 * len(given) + TABLES_OF_FIRST, self.clock, self.progress)
        first = next(iter(given.values()))
        tables = {name: {table.name: self._measured(name, course, table) for table in self._tables(course)}
                  for name, course in given.items()}  # fmt: skip
        ours = self._ours(first)
        turns = self._measured(next(iter(given)), first, _Table("turns", (*RIVALS, ours), MOST_TURNS))
        mixed = self._measured(next(iter(given)), first, _Table("lambda", self._by_lambda(first), self.options.rounds))
        result = {
            "paper": PAPER,
            **asdict(self.options),
            "students": self._students,
            "replicates": self._replicates,
            "judge_model": None,
            "ours": {name: self._ours(course) for name, course in given.items()},
            "tables": tables,
            "tracers": {name: {arm: kt for kt, arm in self._by_kt(course).items()} for name, course in given.items()},
            "turns": turns,
            "lambda": {**mixed, "by_lambda": dict(zip(map(str, LAMBDAS), self._by_lambda(first), strict=True))},
            "statistics": {name: statistics(course) for name, course in given.items()},
            "tau": {name: dict(time_constants(course)) for name, course in given.items()},
            "choices": self._choices(first),
            "full_form": [],
        }
        return result, tasa_page(result), self.pieces.made

    @property
    def _students(self) -> int:
        return self.options.students or (10 if self.options.quick else 100)

    @property
    def _replicates(self) -> int:
        return self.options.replicates or (2 if self.options.quick else 3)

    def _courses(self, courses: Sequence[Course]) -> dict[str, Course]:
        if courses:
            return {f"{course.path.name}": require_taught(course) for course in courses}
        course = taught_course(self.folder, quick=self.options.quick, clock=self.clock, progress=self.progress)
        return {course.path.name: course}

    def _tables(self, course: Course) -> list[_Table]:
        rounds = self.options.rounds
        ablations = ("vanilla-icl", "tasa-no-memory", "tasa-no-persona", "tasa-no-forgetting", "tasa")
        return [
            _Table("table1", (*CONTROLS, *RIVALS, self._ours(course)), rounds),
            _Table("table2", (*ablations[:1], *(name + self._dials for name in ablations[1:])), rounds),
            _Table("table3", tuple(self._by_kt(course).values()), rounds),
        ]

    def _by_kt(self, course: Course) -> dict[str, str]:
        """Our tutor on each of the paper's tracers that the course has."""
        return {kt: f"tasa:{run}{self._dials}" for kt in KTS if (run := kt_run(course, kt))}

    @property
    def _dials(self) -> str:
        asked = self.options
        return Dials(asked.mixing, asked.candidates, asked.keep).suffix

    def _ours(self, course: Course) -> str:
        """Our tutor under the replication flags."""
        tracer = kt_run(course, self.options.kt) if self.options.kt else ""
        if tracer is None:
            raise UserError(
                f"The course {course.path} has no {self.options.kt}.",
                allowed=", ".join(kt for kt in KTS if kt_run(course, kt)),
                mend=f"preceptor train {course.path} --model {self.options.kt}",
            )
        ablated = f"-no-{self.options.ablate}" if self.options.ablate else ""
        return f"tasa{ablated}{f':{tracer}' if tracer else ''}{self._dials}"

    def _by_lambda(self, course: Course) -> tuple[str, ...]:
        plain, dials = Dials.split(self._ours(course))
        return tuple(f"{plain}{Dials(mixing, dials.candidates, dials.kept).suffix}" for mixing in LAMBDAS)

    def _lab(self, course: Course, table: _Table) -> LabOptions:
        design = LabDesign(family_of(course), self._students, table.turns)
        return LabOptions(
            tuple(dict.fromkeys(table.arms)), design, self._replicates, self.options.seed, self.options.backend
        )

    def _measured(self, name: str, course: Course, table: _Table) -> dict[str, Any]:
        options = self._lab(course, table)
        model = course.default("models")
        config = {
            **{name: value for name, value in asdict(options).items() if name != "backend"},
            "data_hash": course.data_hash,
            "minds": make_taught_family(options.design.family, course.load_bank()).parameter_hash,
            "model": f"{model.parent.name}/{model.name}" if model else "",
        }
        piece = self.pieces.of(Job(f"{name}-{table.name}", config, partial(self._told, course, options)))
        return {**piece.metrics, "piece": piece.file}

    def _told(self, course: Course, options: LabOptions) -> Mapping[str, Any]:
        told = evaluate_tutor(course, options, self.clock, self.progress)
        wanted = ("family", "arms", "seeds", "design", "power", "gains", "differences", "path", "seconds", "run")
        return {name: told[name] for name in wanted}

    def _choices(self, course: Course) -> list[dict[str, Any]]:
        """From the answers of Table 1's pieces, nothing is played again."""
        options = self._lab(course, _Table("table1", ("none", self._ours(course)), self.options.rounds))
        values = joined([found for piece in pieces_of(course, options) if (found := kept(piece)) is not None])
        asked = self.options
        rules = AGGREGATES if asked.aggregate == "mean" else ("mean", asked.aggregate)
        styles = STYLES[1:] if asked.posttest_style == "neutral" else (asked.posttest_style,)
        return choices(values, asked.seed, rules, styles)

"""Tables 1 to 4 and Figure 3 of TASA, for the courses at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.course import Course
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.evaluate.tutoring.rows import joined
from preceptor.progress import Progress
from preceptor.simulate import make_taught_family
from preceptor.workflow.clock import Clock
from preceptor.workflow.kept_pieces import require_kept
from preceptor.workflow.reproducing.courses import course_names
from preceptor.workflow.reproducing.options import AGGREGATES, STYLES, ReproduceOptions
from preceptor.workflow.reproducing.page import Page
from preceptor.workflow.reproducing.pieces import Job, Piece, Pieces
from preceptor.workflow.reproducing.tasa_arms import CONTROLS, FULL, REFERENCE, Table, TasaArms
from preceptor.workflow.reproducing.tasa_choices import choices
from preceptor.workflow.reproducing.tasa_course import require_taught, statistics, taught_course, time_constants
from preceptor.workflow.reproducing.tasa_models import Judging, judge_model, spoken
from preceptor.workflow.reproducing.tasa_page import tasa_page
from preceptor.workflow.spoken_design import model_told
from preceptor.workflow.tutor_evaluation import evaluate_tutor, family_of
from preceptor.workflow.tutor_pieces import checked_arms
from preceptor.workflow.tutor_runs import LabOptions, pieces_of

PAPER = "tasa"
DIALOGUES = "dialogues"
"""Folder of the sessions that were judged."""
TOLD = ("family", "arms", "seeds", "design", "power", "gains", "differences", "path", "seconds", "run")
COUNTED = ("accuracy_pre", "accuracy_now")
"""What the table of evaluation choices counts of each student; it stands in the piece of Table 1."""


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
        "tau_mode", "ablate", "posttest_style", "aggregate", "with_model", "model_url", "model_name", "model_size",
        "judge", "judge_url", "judge_name", "judge_size", "budget_tokens",
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
        arms = {name: TasaArms(course, self.options) for name, course in given.items()}
        name, first = next(iter(arms.items()))
        wanted = [(key, own.course, table) for key, own in arms.items() for table in own.tables]
        wanted += [(name, first.course, table) for table in first.figures]
        self.pieces = Pieces(self.folder, PAPER, self._expected(wanted), self.clock, self.progress)
        found: dict[str, dict[str, Any]] = {key: {} for key in arms}
        for key, course, table in wanted:
            found[key][table.name] = self._measured(key, course, table)
        turns, mixed = (found[name].pop(table.name) for table in first.figures)
        full = {key: own.pop(FULL) for key, own in found.items() if FULL in own}
        judge = judge_model(first.course, self.options)
        result = {
            "paper": PAPER,
            **{option: value for option, value in asdict(self.options).items() if not option.endswith("_url")},
            "students": self._students,
            "replicates": self._replicates,
            "judge_model": judge.name if judge else None,
            "ours": {key: own.ours for key, own in arms.items()},
            "tables": found,
            "full_form": full,
            "unplanned": {key: own.unplanned for key, own in arms.items()},
            "tracers": {key: {arm: kt for kt, arm in own.by_kt.items()} for key, own in arms.items()},
            "turns": turns,
            "lambda": {**mixed, "by_lambda": first.by_lambda},
            "statistics": {key: statistics(course) for key, course in given.items()},
            "tau": {key: dict(time_constants(course)) for key, course in given.items()},
            "choices": self._choices(found[name]["table1"]["answers"]),
        }
        return result, tasa_page(result), self.pieces.made

    def _expected(self, wanted: Sequence[tuple[str, Course, Table]]) -> int:
        """How many pieces there will be; whoever is to speak or judge and is not named is missed before the first."""
        judged = 0
        for _, course, table in wanted:
            self._lab(course, table)
            judged += table.judged and judge_model(course, self.options) is not None
        return len(wanted) + judged

    @property
    def _students(self) -> int:
        return self.options.students or (10 if self.options.quick else 100)

    @property
    def _replicates(self) -> int:
        return self.options.replicates or (2 if self.options.quick else 3)

    def _courses(self, courses: Sequence[Course]) -> dict[str, Course]:
        if courses:
            named = zip(course_names(courses), courses, strict=True)
            return {name: require_taught(course) for name, course in named}
        course = taught_course(self.folder, quick=self.options.quick, clock=self.clock, progress=self.progress)
        return {course.path.name: course}

    def _lab(self, course: Course, table: Table) -> LabOptions:
        design = LabDesign(family_of(course), self._students, table.turns)
        if table.spoken:
            design = spoken(design, course, self.options)
        return LabOptions(
            tuple(dict.fromkeys(table.arms)), design, self._replicates, self.options.seed, self.options.backend
        )

    def _config(self, course: Course, options: LabOptions) -> dict[str, Any]:
        """Everything that sessions depend on."""
        model = course.default("models")
        return {
            "arms": options.arms,
            "seeds": options.seeds,
            "seed": options.seed,
            "design": options.design.about,
            "data_hash": course.data_hash,
            "minds": make_taught_family(options.design.family, course.load_bank()).parameter_hash,
            "model": f"{model.parent.name}/{model.name}" if model else "",
        }

    def _measured(self, name: str, course: Course, table: Table) -> dict[str, Any]:
        options = self._lab(course, table)
        config = {**self._config(course, options), "holds": (*TOLD, "answers", "spoken"), "counted": table.counted}
        job = Job(f"{name}-{table.name}", config, partial(self._told, course, options, table.counted))
        piece = self.pieces.of(job)
        judged = self._judged(name, course, table) if table.judged else None
        return {**piece.metrics, **model_told(options.design), "piece": piece.file, "judged": judged}

    def _told(self, course: Course, options: LabOptions, counted: tuple[str, ...]) -> Mapping[str, Any]:
        told = evaluate_tutor(course, options, self.clock, self.progress)
        played = pieces_of(course, replace(options, arms=counted)) if counted else []
        values = joined([require_kept(piece) for piece in played])
        answers = {arm: {one: outcomes[one].tolist() for one in COUNTED} for arm, outcomes in values.items()}
        return {**{one: told[one] for one in TOLD}, "answers": answers, "spoken": told.get("spoken", [])}

    def _judged(self, name: str, course: Course, table: Table) -> dict[str, Any] | None:
        """What a judge makes of a table's sessions, each arm against vanilla in-context learning; None without one."""
        judge = judge_model(course, self.options)
        if judge is None:
            return None
        arms = tuple(arm for arm in table.arms if arm not in CONTROLS)
        lab = replace(self._lab(course, replace(table, arms=arms)), seeds=1)
        (reference,) = checked_arms((REFERENCE,), with_model=table.spoken)
        budget = self.options.budget_tokens
        file = self.folder / DIALOGUES / f"{name}-{table.name}.jsonl"
        judging = Judging(lab, judge, reference, budget, file)
        config = {**self._config(course, lab), "judge": judge.name, "judge_budget_tokens": budget}
        make = partial(judging.told, course, self.clock, self.progress)
        piece = self.pieces.of(Job(f"{name}-{table.name}-judged", config, make))
        return {**piece.metrics, "evidence": judge.evidence, "piece": piece.file}

    def _choices(self, answers: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """From the tests of Table 1's students; nothing is played again."""
        values = {arm: {name: np.array(found) for name, found in own.items()} for arm, own in answers.items()}
        asked = self.options
        rules = AGGREGATES if asked.aggregate == "mean" else ("mean", asked.aggregate)
        styles = STYLES[1:] if asked.posttest_style == "neutral" else (asked.posttest_style,)
        return choices(values, asked.seed, rules, styles)

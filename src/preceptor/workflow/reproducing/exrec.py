"""Figures 3 to 5, Table 2 and the module results of ExRec, for the courses at hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from preceptor.annotate.varying import variations_among
from preceptor.course import Course
from preceptor.evaluate.shares import Gains, share
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock
from preceptor.workflow.policy_options import PolicyOptions
from preceptor.workflow.reproducing.courses import built_in_course, course_names, extended_course, require_calibrated
from preceptor.workflow.reproducing.exrec_modules import module_results
from preceptor.workflow.reproducing.exrec_ordering import ACTORS, Arms, figure_3_checks, figure_4_checks
from preceptor.workflow.reproducing.exrec_page import exrec_page
from preceptor.workflow.reproducing.exrec_pieces import (
    CONTINUOUS,
    EXTENDED,
    OBJECTIVES,
    ORIGINAL,
    PAIRS,
    beside,
    case,
    gains_of,
    history_of,
    policy_options,
    training,
    watched_student,
)
from preceptor.workflow.reproducing.options import ReproduceOptions
from preceptor.workflow.reproducing.page import Page
from preceptor.workflow.reproducing.pieces import Job, Piece, Pieces

PAPER = "exrec"
Jobs = Mapping[tuple[str, str], list[Job]]
"""(algorithm, critic) → its trainings."""
Made = Mapping[tuple[str, str], list[Piece]]
QUICK_OBJECTIVES = ("global", "weakest")
"""Of Figure 4, where budgets are tiny."""
LARGER_PAIRS = tuple(pair for pair in PAIRS if pair[0] in CONTINUOUS and (pair[0] in ACTORS or pair[1] == "plain"))
"""Continuous agents with and, where the paper claims it, without the model-based critic."""


@dataclass(frozen=True)
class Ground:
    """One course of the reproduction.

    Args:
        name: What it is called here.
        course: The course.
        history: Answers before an episode.
        larger: The course whose bank holds the extension; None where there is none.
    """

    name: str
    course: Course
    history: int
    larger: Course | None


class ExRec:
    """Reproduces ExRec.

    Args:
        folder: Where everything is kept.
        options: What is asked for.
        clock: The clocks.
        progress: Told how far it is.
    """

    takes = ("quick", "seed", "backend", "preset", "trainings")

    def __init__(self, folder: Path, options: ReproduceOptions, clock: Clock, progress: Progress) -> None:
        self.folder, self.options, self.clock, self.progress = folder, options, clock, progress

    def run(self, courses: Sequence[Course]) -> tuple[dict[str, Any], Page, list[Piece]]:
        """Measure what is missing.

        Args:
            courses: Each with a calibrated `semantic-dkt`; none for the built-in course, made in the folder. Figures
                are of the first one.

        Returns:
            What `--json` prints, the page, and the pieces.
        """
        grounds = self._grounds(courses)
        first = grounds[0]
        wanted = {("figure3", name): self._jobs(first, name, PAIRS, ORIGINAL) for name in OBJECTIVES}
        wanted |= self._larger(first)
        wanted |= {("table2", one.name): self._jobs(one, "global", PAIRS, ORIGINAL) for one in grounds[1:]}
        total = sum(len(jobs) for own in wanted.values() for jobs in own.values()) + 1
        self.pieces = Pieces(self.folder, PAPER, total, self.clock, self.progress, self.options.backend)
        found = self._made(wanted)
        shown, larger, others = (
            {name: arms for (part, name), arms in found.items() if part == wanted_part}
            for wanted_part in ("figure3", "figure4", "table2")
        )
        columns = {first.name: shown["global"], **others}
        told = {
            "figure3": {name: self._rows(arms) for name, arms in shown.items()},
            "figure4": {name: self._rows(arms) for name, arms in larger.items()},
            "table2": {name: self._rows(arms) for name, arms in columns.items()},
            "figure5": self._case(first, shown["weakest"], larger.get("weakest")),
            "modules": {ground.name: module_results(ground.course) for ground in grounds},
            "ordering": [one.to_dict() for one in self._checks(shown, larger)],
        }
        courses_told = [self._about(ground) for ground in grounds]
        result = {"paper": PAPER, **asdict(self.options), "courses": courses_told, **told}
        return result, exrec_page(result), self.pieces.made

    def _grounds(self, courses: Sequence[Course]) -> list[Ground]:
        if courses:
            return [_ground(course, number, courses) for number, course in enumerate(courses)]
        given: dict[str, Any] = {"quick": self.options.quick, "clock": self.clock, "progress": self.progress}
        course = built_in_course(self.folder, **given)
        larger = extended_course(self.folder, course, **given)
        return [Ground(course.path.name, course, history_of(course.load_log()), larger)]

    def _larger_objectives(self) -> tuple[str, ...]:
        return QUICK_OBJECTIVES if self.options.quick else OBJECTIVES

    def _larger(self, ground: Ground) -> dict[tuple[str, str], Jobs]:
        if ground.larger is None:
            return {}
        on = Ground(EXTENDED, ground.larger, ground.history, None)
        return {("figure4", name): self._jobs(on, name, LARGER_PAIRS, EXTENDED) for name in self._larger_objectives()}

    def _jobs(self, ground: Ground, objective: str, pairs: Sequence[tuple[str, str]], bank: str) -> Jobs:
        """Every training of an objective, and under ("", "") what stands beside them."""
        path, found = ground.course.path, {}
        for algorithm, critic in pairs:
            own = [
                policy_options(self.options, ground.history, objective, algorithm, critic, bank, number)
                for number in range(self.options.trainings)
            ]
            found[algorithm, critic] = [
                self._job(ground.course, f"{objective}-{algorithm}-{critic}-{bank}-{asked.seed}", asked,
                          partial(training, path, asked, self.clock))
                for asked in own
            ]  # fmt: skip
        asked = policy_options(self.options, ground.history, objective, *pairs[0], bank, 0)
        name = f"{objective}-beside-{bank}"
        return {**found, ("", ""): [self._job(ground.course, name, asked, partial(beside, path, asked))]}

    def _job(self, course: Course, name: str, asked: PolicyOptions, make: Callable[[], Mapping[str, Any]]) -> Job:
        return Job(name, {**asked.what, **_named(course)}, make)

    def _made(self, wanted: Mapping[tuple[str, str], Jobs]) -> dict[tuple[str, str], Made]:
        """The pieces of all jobs, in one sweep."""
        every = iter(self.pieces.every([job for own in wanted.values() for jobs in own.values() for job in jobs]))
        return {part: {pair: [next(every) for _ in jobs] for pair, jobs in own.items()} for part, own in wanted.items()}

    def _rows(self, arms: Made) -> list[dict[str, Any]]:
        files = {pair: [piece.file for piece in own] for pair, own in arms.items()}
        return [
            {
                "algorithm": algorithm,
                "critic": critic,
                "percent_of_bound": asdict(share(gains, self.options.seed)) if len(gains.improvement) else None,
                "students": len(gains.improvement),
                "bound": float(gains.reachable.mean()) if len(gains.improvement) else None,
                "runs": files.get((algorithm, critic), files["", ""]),
            }
            for (algorithm, critic), gains in _gains(arms).items()
        ]

    def _case(
        self,
        ground: Ground,
        weakest: Made,
        larger: Made | None,
    ) -> dict[str, Any]:
        """One student's path, as Figure 5 shows it."""
        plain, mve = (weakest["ddpg", critic][0].metrics["policy"] for critic in ("plain", "mve"))
        named = {"random": "random", "historical": "historical", plain: "DDPG", mve: "DDPG + MVE"}
        asked = policy_options(self.options, ground.history, "weakest", "ddpg", "mve", ORIGINAL, 0)
        on_larger = larger["ddpg", "mve"][0].metrics["policy"] if larger else ""

        def make() -> dict[str, Any]:
            student = watched_student(ground.course, asked)
            own = case(ground.course, student, tuple(named), self.options.seed, self.clock, self.progress)
            paths = {named[name]: path for name, path in own["case"]["paths"].items()}
            told, used = own["case"], [own["run"]]
            if ground.larger is not None and on_larger:
                more = case(ground.larger, student, (on_larger,), self.options.seed, self.clock, self.progress)
                paths["DDPG + MVE, extended"] = more["case"]["paths"][on_larger]
                used.append(more["run"])
            return {"case": {**told, "paths": paths}, "runs": used}

        runs = "-".join(policy.rpartition("/")[2] for policy in (plain, mve, on_larger) if policy)
        piece = self.pieces.of(self._job(ground.course, f"case-{runs}", asked, make))
        told = piece.metrics["case"]
        ends = {name: [path["value"][0], path["value"][-1]] for name, path in told["paths"].items()}
        return {"student": told["student"], "value": ends, "case": told, "runs": [piece.file]}

    def _checks(
        self,
        shown: Mapping[str, Made],
        larger: Mapping[str, Made],
    ) -> list[Any]:
        arms: dict[str, Arms] = {name: _gains(own) for name, own in shown.items()}
        more: dict[str, Arms] = {name: _gains(own) for name, own in larger.items()}
        seed = self.options.seed
        return [*figure_3_checks(arms, seed), *figure_4_checks(arms, more, seed)]

    def _about(self, ground: Ground) -> dict[str, Any]:
        """What the course is."""
        return {
            "name": ground.name,
            "simulated": ground.course.simulated,
            **ground.course.counts(),
            "clusters": len(ground.course.load_bank().clusters),
            "history": ground.history,
            "extended": len(ground.larger.load_bank().questions) if ground.larger else None,
        }


def _gains(arms: Made) -> dict[tuple[str, str], Gains]:
    """What every arm's students gained, the mean over its trainings."""
    told = arms["", ""][0].metrics
    trained = {pair: Gains.mean([gains_of(one.metrics) for one in own]) for pair, own in arms.items() if pair[0]}
    return {**trained, **{(name, ""): gains_of(told[name]) for name in ("random", "historical")}}


def _ground(course: Course, number: int, courses: Sequence[Course]) -> Ground:
    """A course as it is."""
    name = course_names(courses)[number]
    varied = bool(variations_among(course.load_bank().questions))
    return Ground(name, require_calibrated(course), history_of(course.load_log()), course if varied else None)


def _named(course: Course) -> dict[str, str]:
    """Which data and which tracer a piece is of."""
    model = course.default("models")
    return {"data_hash": course.data_hash, "tracer": f"{model.parent.name}/{model.name}" if model else ""}

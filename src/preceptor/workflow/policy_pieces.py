"""The pieces of `evaluate policy`: a judge, and one arm before a judge; each leaves a run file of its own."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from preceptor.course import Course
from preceptor.domain import Bank, Log, digest
from preceptor.evaluate.judges import Judge
from preceptor.evaluate.policy import Comparison, PolicyDesign
from preceptor.evaluate.policy_case import case_of
from preceptor.evaluate.policy_measures import Arm
from preceptor.progress import silent
from preceptor.recommend import Policy
from preceptor.simulate import LatentTruth
from preceptor.workflow.judging import Bench
from preceptor.workflow.kept_pieces import keep
from preceptor.workflow.learned_policies import named_policy
from preceptor.workflow.models import TrainedMind, load_trained
from preceptor.workflow.simulating import load_truth

FOLDER = "policy"
JUDGES_AT_ONCE = 8
"""How many judges a process keeps in memory."""


@dataclass(frozen=True, slots=True)
class JudgePiece:
    """A judge, and whom it judges on.

    Args:
        course: The course's folder.
        model: What policies look through, NAME/RUN.
        judge: The judge's whole name.
        halved: Whether some judge of this comparison is trained, on students whom then no judge judges on.
        students: How many are judged on at most.
        seed: Draws them, and the training.
        other_than_seed: Leaves out the students whom this seed draws from the log; None for nobody.
        version: Changes with the course, its model and the code.
    """

    course: Path
    model: str
    judge: str
    halved: bool
    students: int
    seed: int
    other_than_seed: int | None
    version: str

    @property
    def path(self) -> Path:
        """Its run file."""
        key = digest(self.model, self.judge, self.halved, self.students, self.seed, self.other_than_seed, self.version)
        return _folder(self.course) / f"judge-{_plain(self.judge)}-{key[:10]}.json"

    @property
    def tracer(self) -> Path:
        """Where a judge's tracer is kept, for whichever students it judges on."""
        key = digest(self.model, self.judge, self.seed, self.version)
        return _folder(self.course) / f"tracer-{_plain(self.judge)}-{key[:10]}"


@dataclass(frozen=True, slots=True)
class ArmPiece:
    """One arm before one judge.

    Args:
        before: The judge.
        arm: The arm, as it is reported.
        policies: The policies that take turns from replicate to replicate, as `named_policy` takes them; none for an
            arm that is no policy.
        aims: Objectives, each with how many replicates it is played in. An arm that does not heed the objective is
            played once for all of them.
        design: How arms are compared.
        watched: A student whose path is told; empty for nobody.
    """

    before: JudgePiece
    arm: str
    policies: tuple[str, ...]
    aims: tuple[tuple[str, int], ...]
    design: PolicyDesign
    watched: str = ""

    @property
    def path(self) -> Path:
        """Its run file."""
        key = digest(self.before.path.name, self.arm, self.policies, self.aims, self.design, self.watched)
        return _folder(self.before.course) / f"{_plain(self.before.judge)}-{_plain(self.arm)}-{key[:10]}.json"


def run_judge(piece: JudgePiece) -> dict[str, Any]:
    """Make a judge, training its tracer where it has one of its own, and tell who it is."""
    judge = _judge(piece)
    told = {
        "name": judge.name,
        "own": judge.own,
        "simulated": judge.simulated,
        "students": list(judge.cohort.student_ids),
        "withheld": judge.cohort.withheld,
        "about": judge.about(),
    }
    return keep(piece, told)


def run_arm(piece: ArmPiece) -> dict[str, Any]:
    """Let one arm ask under each of its objectives, and measure what came of it."""
    opened = _opened(piece.before.course, piece.before.model, piece.before.version)
    comparison = _comparison(piece.before, piece.design, piece.watched)
    arms: dict[str, Any] = {}
    cases: dict[str, Any] = {}
    for name, replicates in piece.aims:
        objective = opened.trained.objectives[name]
        made = opened.policies(piece, name)
        played = [comparison.play(piece.arm, objective, made[i % len(made)], i) for i in range(replicates)]
        targets = [comparison.targets(objective, one) for one in played]
        each = [Arm.of(one, looked_at) for one, looked_at in zip(played, targets, strict=True)]
        arms[name] = Arm.of_trainings(each, len(made)).values
        if comparison.watched is not None:
            student, first = comparison.watched, ({piece.arm: played[0]}, {piece.arm: targets[0]})
            cases[name] = asdict(
                case_of(opened.bank, comparison.judge, objective, student, comparison.times[student], *first)
            )
    return keep(piece, {"arms": arms, "cases": cases})


@dataclass(frozen=True)
class _Opened:
    """What the pieces of one course share in a process."""

    course: Course
    bank: Bank
    log: Log
    trained: TrainedMind
    truth: LatentTruth | None

    def policies(self, piece: ArmPiece, objective: str) -> list[Policy | None]:
        """The policies of an arm; None where the name says it all."""
        days, model = piece.design.horizon_days, self.trained.model
        return [named_policy(self.course, model, name, objective, days) for name in piece.policies] or [None]


@lru_cache(maxsize=1)
def _opened(path: Path, model: str, version: str) -> _Opened:
    course = Course.open(path)
    bank = course.load_bank()
    truth = load_truth(course) if course.simulated else None
    return _Opened(course, bank, course.load_log(), load_trained(course, bank, model), truth)


@lru_cache(maxsize=JUDGES_AT_ONCE)
def _judge(piece: JudgePiece) -> Judge:
    opened = _opened(piece.course, piece.model, piece.version)
    bench = Bench(
        opened.course, opened.bank, opened.log, opened.trained, opened.truth, piece.students, piece.seed, piece.halved,
        piece.other_than_seed,
    )  # fmt: skip
    return bench.judge(piece.judge, piece.tracer)


@lru_cache(maxsize=1)
def _comparison(before: JudgePiece, design: PolicyDesign, watched: str) -> Comparison:
    opened, judge = _opened(before.course, before.model, before.version), _judge(before)
    place = judge.cohort.student_ids.index(watched) if watched else None
    return Comparison(opened.trained.model, judge, opened.bank.askable, design, silent, place)


def _folder(course: Path) -> Path:
    return course / "runs" / FOLDER


def _plain(name: str) -> str:
    """A name as a part of a file's name."""
    return name.replace(":", "@").replace("/", "@").replace("*", "all").replace("=", "-")

"""Who is compared with whom by `evaluate policy`, and before whom: names checked, and made into pieces."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from preceptor import parallel
from preceptor.course import Course
from preceptor.domain import UserError, unknown_name
from preceptor.evaluate.policy import ARMS, PolicyDesign, check_arms
from preceptor.mind import MindModel
from preceptor.recommend import ExamObjective, Planner, policy_class
from preceptor.recommend import policy_names as registered_names
from preceptor.simulate import DEFAULT_FAMILY, LatentTruth
from preceptor.workflow.exam import exam_days
from preceptor.workflow.judging import EVERY, LATENT, OWN, is_trained, judge_names, judges_the_log, named_judges
from preceptor.workflow.learned_policies import (
    EVERY_SEED,
    LEARNED,
    policy_names,
    run_name,
    trained_for,
    trainings,
    unservable,
)
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.models import load_trained
from preceptor.workflow.piece_version import piece_version
from preceptor.workflow.policy_pieces import ArmPiece, JudgePiece
from preceptor.workflow.simulating import load_truth

RIVALS = ("planner", "random", "historical", "lowest-recall")
"""What is compared where nobody says what."""
_MODULES = ("exam", "judging", "learned_policies", "models", "policy_contest", "policy_pieces", "simulating")


@dataclass(frozen=True)
class PolicyChoice:
    """What is compared with what, and before whom.

    Args:
        policies: Registered policies, `historical`, `no-practice`, and learned ones as `recommend` takes them, which
            take part under the objective they were trained for; "all" for all of them that look through the course's
            model.
        judges: As `preceptor.workflow.judging` reads them; "all" for every family, the policies' tracer
            and two others (eight in all).
        reference: What differences are to; empty for `planner` or, without it, the first.
        beside: More policies that differences are to. A policy with a model-based critic is always held against its
            like with a plain one, where that takes part.
        case: A student whose path is told; empty for nobody.
        picture: Where the path is drawn; None for nowhere.
        backend: Where pieces run, see `preceptor.parallel.map`.
    """

    policies: tuple[str, ...] = RIVALS
    judges: tuple[str, ...] = (LATENT,)
    reference: str = ""
    beside: tuple[str, ...] = ()
    case: str = ""
    picture: Path | None = None
    backend: str = "here"


@dataclass(frozen=True)
class Contest:
    """Who asks whom.

    Args:
        run: Of the model that the policies look through.
        policies: The arms' names.
        skipped: Policies that were to take part and cannot, each with why.
        reference: The arm that differences are to.
        judged_by: The judges' names, as they were asked for.
        fitting: By objective the arms that can improve it, each with its policies; none for what is no policy.
        judges: A piece for each judge.
        design: How policies are compared.
        case: A student whose path is told before the first judge; empty for nobody.
    """

    run: Path
    policies: tuple[str, ...]
    skipped: list[dict[str, str]]
    reference: str
    judged_by: tuple[str, ...]
    fitting: Mapping[str, Mapping[str, tuple[str, ...]]]
    judges: tuple[JudgePiece, ...]
    design: PolicyDesign
    case: str

    @property
    def arms(self) -> tuple[ArmPiece, ...]:
        """All that is to be played, judge by judge."""
        return tuple(
            ArmPiece(judge, arm, policies, aims, self.design, self.case if judge is self.judges[0] else "")
            for judge in self.judges
            for arm, policies, aims in self._entries()
        )

    def _entries(self) -> list[tuple[str, tuple[str, ...], tuple[tuple[str, int], ...]]]:
        """Every arm with what it improves: all objectives at once where it heeds none, else one after the other."""
        # as many for every arm as the one with the most trainings needs: all arms of a replicate share its chance
        counts = {
            objective: max(self.design.replicates, *(len(policies) for policies in arms.values()))
            for objective, arms in self.fitting.items()
        }
        entries = [
            (arm, policies, ((objective, counts[objective]),))
            for objective, arms in self.fitting.items()
            for arm, policies in arms.items()
            if _heeds(arm)
        ]
        heedless = [arm for arm in self.policies if not _heeds(arm)]
        policies = next(iter(self.fitting.values()))
        return [*((arm, policies[arm], tuple(counts.items())) for arm in heedless), *entries]


def contest_of(course: Course, objective: str, design: PolicyDesign, choice: PolicyChoice) -> Contest:
    """Check what was asked for, before anything is trained or played.

    Raises:
        UserError: If there is no latent truth or no model, or a name or number is not valid.
    """
    parallel.require_backend(choice.backend)
    require_at_least(2, students=design.students)
    require_at_least(1, replicates=design.replicates)
    require_at_least(0, horizon_days=design.horizon_days, steps=design.steps)
    bank, log = course.load_bank(), course.load_log()
    truth = _truth(course, choice.judges)
    trained = load_trained(course, bank)
    if trained.run is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path}")
    objectives = objective.split(",")
    for name in objectives:
        if name not in trained.objectives:
            raise unknown_name("objective", name, trained.objectives)
    if len(set(objectives)) < len(objectives):
        raise UserError(f"objective is {objective!r}.", allowed="every objective once")
    if ExamObjective.name in objectives:
        design = replace(design, exam_days=exam_days(course))
    policies, skipped = _policies(course, trained.model, choice)
    reference = _reference(choice.reference, policies)
    for other in choice.beside:
        _reference(other, policies)
    judged_by = judge_names(truth) if choice.judges == (EVERY,) else choice.judges
    names = named_judges(judged_by, truth)
    if choice.case and judges_the_log(names[0], truth) and choice.case not in log.student_ids:
        raise unknown_name("student", choice.case, log.student_ids)
    halved = bool([name for name in names if is_trained(name, bank, log)])
    version = piece_version(course, (f"workflow.{name}" for name in _MODULES))
    judges = tuple(
        JudgePiece(
            course.path,
            run_name(trained.run),
            name,
            halved,
            design.students,
            design.seed,
            design.other_than_seed,
            version,
        )
        for name in names
    )
    fitting = {name: _fitting(course, policies, name, reference) for name in objectives}
    return Contest(trained.run, policies, skipped, reference, judged_by, fitting, judges, design, choice.case)


def _truth(course: Course, judges: tuple[str, ...]) -> LatentTruth | None:
    """The latent truth of the course's own students; None for people, who have none."""
    if course.simulated:
        return load_truth(course)
    if LATENT in judges:
        raise UserError(
            f"The answers of the course {course.name!r} are people's: what they truly know, which the judge {LATENT!r} "
            "goes by, nobody knows.",
            allowed="tracers, and families of fresh simulated students",
            mend=f"--judges {OWN},{LATENT}:{DEFAULT_FAMILY}",
        )
    return None


def _policies(course: Course, model: MindModel, choice: PolicyChoice) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """The arms; of all that there are, those that look through this model, and why the others do not take part."""
    known = policy_names(course)
    if choice.policies == (EVERY,):
        skipped = unservable(course, model)
        left_out = {one["policy"] for one in skipped}
        return (*(name for name in known if name not in left_out), *ARMS), skipped
    newest = {name.partition("/")[0] for name in known if "/" in name}
    every_seed = (name + EVERY_SEED for name in newest)
    check_arms(choice.policies, (*known, *sorted((*newest, *every_seed, LEARNED))))
    return choice.policies, []


def _fitting(course: Course, policies: tuple[str, ...], objective: str, reference: str) -> dict[str, tuple[str, ...]]:
    """The arms that can improve the objective, each with its policies."""
    every = {name: () if name in ARMS else trainings(course, name, objective) for name in policies}
    found = {
        name: own for name, own in every.items() if all(trained_for(course, one) in ("", objective) for one in own)
    }
    if reference not in found:
        raise UserError(
            f"The reference {reference!r} was trained for another objective than {objective!r}.",
            allowed=", ".join(found),
        )
    return found


def _heeds(arm: str) -> bool:
    """Whether an arm's choices depend on the objective."""
    return arm not in ARMS and (arm not in registered_names() or policy_class(arm).heeds_objective)


def _reference(name: str, policies: tuple[str, ...]) -> str:
    if name and name not in policies:
        raise unknown_name("policy among those compared", name, policies)
    return name or (Planner.name if Planner.name in policies else policies[0])

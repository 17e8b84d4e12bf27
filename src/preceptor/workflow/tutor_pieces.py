"""One piece of a tutor experiment: one arm, one replicate, all students, and a run file of its own."""

import time
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, UserError, digest, unknown_name
from preceptor.evaluate.tutoring.arm import Arm
from preceptor.evaluate.tutoring.block import Block, Cohort
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.evaluate.tutoring.outcomes import calibration_bins, outcomes_of
from preceptor.evaluate.tutoring.reading import Reader
from preceptor.evaluate.tutoring.registry import arm_names, make_arm
from preceptor.evaluate.tutoring.session import Session
from preceptor.recommend import policy_names
from preceptor.simulate import TaughtFamily, make_taught_family, require_possible, simulate_log
from preceptor.trace import tracer_class, tracer_names
from preceptor.tutor.variants import DEFAULT_VARIANT, SELECTION, Knows, Variant, named_variant, variant_names
from preceptor.workflow.context import Context
from preceptor.workflow.kept_pieces import keep
from preceptor.workflow.spoken_design import SpokenDesign
from preceptor.workflow.tutor_arms import VariantArm
from preceptor.workflow.tutor_dials import Dials
from preceptor.workflow.tutor_voices import Speaking
from preceptor.workflow.voice import Voice

POLICY = "policy"
ANY_POLICY = Variant(POLICY, Knows(persona=False, memory=False))
"""A policy with the course's own words about what was answered."""
AT_ONCE = 50
"""Students who go in step; the tutor keeps what it remembers of 64."""
COHORT_SEED = 20_251
"""Seed of the students, who are the same in every replicate and never those of a course."""
DIGITS = 5


@dataclass(frozen=True, slots=True)
class TutorPiece:
    """What a worker needs to know.

    Args:
        course: The course's folder.
        arm: The arm, as it is reported.
        seed: The replicate.
        design: How arms are compared, and through which language model variants speak, if they do.
        days: Length of the students' histories in days.
        version: Changes with the course's model and bank, and with what the piece's file holds.
    """

    course: Path
    arm: str
    seed: int
    design: LabDesign
    days: int
    version: str

    @property
    def path(self) -> Path:
        """Its run file."""
        name = f"{self.design.family}-{self.arm.replace(':', '@').replace('/', '@')}-s{self.seed}"
        key = digest(self.design.config_hash, self.arm, self.seed, self.days, self.version)
        return self.course / "runs" / "tutor" / f"{name}-{key[:10]}.json"


def run_piece(piece: TutorPiece) -> dict[str, Any]:
    """Lead all students through one arm, write the run file and return what it holds."""
    begun, lab = time.monotonic(), laboratory(piece.course, piece.design, piece.days)
    arm = lab.arm(piece.arm, piece.design)
    found: list[dict[str, NDArray[np.float64]]] = []
    bins: dict[str, Any] = {}
    seconds = 0.0
    for start in range(0, piece.design.students, AT_ONCE):
        students = np.arange(start, min(start + AT_ONCE, piece.design.students))
        block = Block.of(lab.cohort, students, piece.design, piece.seed)
        played = Session(block, arm, lab.reader).play()
        found.append(outcomes_of(played, piece.design))
        seconds += played.seconds
        for form, rows in calibration_bins(played).items():
            bins[form] = (np.asarray(rows) + np.asarray(bins.get(form, 0.0))).tolist()
    speaking = arm.speaking if isinstance(arm, VariantArm) else None
    if speaking is not None:
        speaking.require_heard()
    values = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
    result = {
        "arm": piece.arm,
        "seed": piece.seed,
        "design": piece.design.about,
        "parameters": lab.cohort.family.parameter_hash,
        "version": piece.version,
        "outcomes": {name: _rounded(one) for name, one in values.items() if not np.isnan(one).all()},
        "calibration": bins,
        "milliseconds_per_turn": 1000 * seconds / (piece.design.students * piece.design.turns),
        "tokens": speaking.tokens if speaking else 0,
        "spoken": speaking.told if speaking else None,
        "seconds": time.monotonic() - begun,
    }
    return keep(piece, result)


@dataclass(frozen=True)
class Laboratory:
    """What the pieces of one course and family share in a process.

    Args:
        context: The opened course.
        cohort: The simulated students.
        reader: Reads every turn.
        known: The course under each tracer with a voice, by tracer and dials; filled as arms ask for it.
    """

    context: Context
    cohort: Cohort
    reader: Reader
    known: dict[tuple[str, Dials], tuple[Context, Voice]] = field(default_factory=dict)

    def arm(self, name: str, design: LabDesign) -> Arm:
        """An arm by the name it is reported under; a variant speaks where the design has a model for it."""
        if name in arm_names():
            return make_arm(name)
        plain, dials = Dials.split(name)
        base, _, tracer = plain.partition(":")
        if base == POLICY:
            variant, tracer = replace(ANY_POLICY, name=name, policy=tracer), ""
        else:
            variant = named_variant(base.removesuffix(SELECTION))
        context, voice = self._seen_through(tracer, dials)
        speaking = None
        if isinstance(design, SpokenDesign) and variant.strategy is not None and not base.endswith(SELECTION):
            speaking = Speaking(context.course, variant, design)
        return VariantArm(name, variant, context, design.horizon_days, voice, speaking)

    def _seen_through(self, tracer: str, dials: Dials) -> tuple[Context, Voice]:
        """The course under a tracer of its own, and a voice whose vectors of texts serve every arm and replicate."""
        if (tracer, dials) not in self.known:
            context = Context.open(self.context.course.path, tracer) if tracer else self.context
            self.known[tracer, dials] = context, Voice(context, dials)
        return self.known[tracer, dials]


@lru_cache(maxsize=2)
def laboratory(course: Path, design: LabDesign, days: int) -> Laboratory:
    """The laboratory of a course, made once in a process; its students look back on so many days."""
    context = Context.open(course)
    cohort = new_students(context.bank, design, days)
    return Laboratory(context, cohort, Reader(context.bank))


def new_students(bank: Bank, design: LabDesign, days: int) -> Cohort:
    """Students of a family after a course of so many days, none of whom any model was trained on.

    Raises:
        UserError: As `taught_minds`.
    """
    family, minds = design.family, taught_minds(bank, design)
    made = simulate_log(bank, design.students, days, COHORT_SEED, minds.parameters, holdback=0, family=family)
    return Cohort(minds, made.log, made.truth.state)


def taught_minds(bank: Bank, design: LabDesign) -> TaughtFamily[Any, Any]:
    """The students' family with the numbers that the design gives it.

    Raises:
        UserError: If no such family can be taught, it has no such parameter, or no student can have such a number.
    """
    minds = make_taught_family(design.family, bank)
    if not design.latent:
        return minds
    known = [one.name for one in fields(minds.parameters)]
    for name, _ in design.latent:
        if name not in known:
            raise unknown_name(f"parameter of {design.family}", name, known)
    parameters = replace(minds.parameters, **dict(design.latent))
    require_possible(parameters)
    return make_taught_family(design.family, bank, parameters)


def checked_arms(names: tuple[str, ...], *, with_model: bool = False, default_model: str = "") -> tuple[str, ...]:
    """Arms as they are reported: a rival without a language model is a selection, and so is one that is named so.

    Args:
        names: As they were given.
        with_model: Whether variants speak through a model.
        default_model: The course's chosen tracer, NAME/RUN, which arms stand on that name none.

    Raises:
        UserError: If a name is unknown or given twice, or an arm is to plan without forgetting on a tracer that cannot.
    """
    found = tuple(_reported(name, with_model, default_model) for name in names)
    if not found or len(set(found)) < len(found):
        raise UserError(f"arms is {','.join(names)!r}.", allowed="every arm once, at least one")
    return found


def _reported(name: str, with_model: bool, default_model: str) -> str:
    plain, dials = Dials.split(name)
    base, colon, tracer = plain.partition(":")
    variant = base.removesuffix(SELECTION)
    if name in arm_names() or (base == POLICY and tracer in policy_names()):
        return name
    if variant not in variant_names() or (variant != base and named_variant(variant).composes):
        allowed = (
            *arm_names(),
            *variant_names(),
            f"{DEFAULT_VARIANT}:TRACER",
            f"{DEFAULT_VARIANT}+lambda=0.3+k=10+keep=3",
            *(f"{POLICY}:{one}" for one in policy_names()),
        )
        raise unknown_name("arm", name, allowed)
    found = named_variant(variant)
    kind = (tracer or default_model).partition("/")[0]
    if not can_plan(found, kind):
        raise UserError(
            f"The arm {name!r} is to plan without forgetting, and its tracer {kind} has time within: no curve that "
            "could be left out.",
            allowed=f"tracers without time: {', '.join(one for one in tracer_names() if can_plan(found, one))}",
            mend=f"{variant}:dkt, or hold {DEFAULT_VARIANT}:{kind} against {DEFAULT_VARIANT}:dkt",
        )
    speaks = with_model and not base.endswith(SELECTION)
    return found.named(with_model=speaks) + colon + tracer + dials.suffix


def named_tracer(arm: str) -> str:
    """The tracer that an arm stands on by name, NAME or NAME/RUN; empty for the course's own."""
    plain, _ = Dials.split(arm)
    base, _, tracer = plain.partition(":")
    return "" if base == POLICY else tracer


def can_plan(variant: Variant, tracer: str) -> bool:
    """Whether a variant's planner can do with a tracer what it is said to do: without forgetting, without time.

    Args:
        variant: The variant.
        tracer: A tracer's name; one that is not registered, or none, is taken to be able.
    """
    if variant.knows.forgetting or variant.policy or tracer not in tracer_names():
        return True
    return not tracer_class(tracer).time_aware


def days_of(log_days: float) -> int:
    """Length of a course in whole days."""
    return max(int(np.ceil(log_days / SECONDS_PER_DAY)), 1)


def _rounded(values: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), DIGITS) for value in values]

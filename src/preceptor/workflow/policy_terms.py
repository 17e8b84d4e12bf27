"""Under which rules and when the episodes ask that a policy is trained in."""

from preceptor.course import Course
from preceptor.domain import SECONDS_PER_DAY, Bank, Log, UserError, unknown_name
from preceptor.recommend import ExamObjective
from preceptor.recommend.clock import Clock
from preceptor.recommend.environment_checks import REWARDS
from preceptor.recommend.learned.episode import Episode
from preceptor.recommend.learned.settings import ALGORITHMS, kind_of
from preceptor.recommend.rules import Rules, needed_of
from preceptor.workflow.exam import SITTING_MINUTES, exam_clock, seconds_per_answer
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.policy_options import HORIZON, PolicyOptions


def terms_of(course: Course, bank: Bank, log: Log, options: PolicyOptions, at_seconds: float) -> Episode:
    """Rules, clock and length of episodes.

    Args:
        course: The course, whose settings say when an exam is.
        bank: Its bank, whose concepts name their prerequisites.
        log: Its log, which says how long an answer takes.
        options: What was asked for.
        at_seconds: Now, UTC; only the day counts, so that a training can be resumed on the same day.

    Raises:
        UserError: If an option is out of range, or there can be no clock.
    """
    _require_reward(options)
    needed = needed_of(bank.concepts, bank.q_matrix) if options.prerequisites is not None else None
    rules = Rules(options.no_repeats, options.prerequisites, options.difficulty, needed)
    clock = _clock(course, log, options, at_seconds // SECONDS_PER_DAY * SECONDS_PER_DAY)
    if clock is None:
        return Episode(options.horizon, rules)
    _require_questions(options)
    if options.horizon not in (HORIZON, clock.steps):
        raise UserError(
            f"--horizon is {options.horizon}, and the sittings hold {clock.steps} answers.",
            mend="leave --horizon out: with a clock, time says how many answers there are",
        )
    return Episode(clock.steps, rules, clock)


def _require_reward(options: PolicyOptions) -> None:
    """Refuse a reward that is unknown or that a critic cannot foresee."""
    if options.reward not in REWARDS:
        raise unknown_name("reward", options.reward, REWARDS)
    if options.critic == "mve" and options.reward != "dense":
        raise UserError(
            "The critic mve foresees what is still gained from now on, and that is the return of dense rewards alone.",
            allowed=f"--reward dense with it; --reward {options.reward} with --critic plain",
        )


def _clock(course: Course, log: Log, options: PolicyOptions, at_seconds: float) -> Clock | None:
    given = [name for name in ("minutes_per_day", "days", "horizon_days") if getattr(options, name) is not None]
    if options.objective == ExamObjective.name:
        if given:
            raise UserError(
                f"--{given[0].replace('_', '-')} does not go with the objective exam, which has its own time.",
                mend="set exam_minutes_per_day, and exam_day or exam_days, in course.toml",
            )
        return exam_clock(course, log, at_seconds)
    if not given:
        return None
    minutes = SITTING_MINUTES if options.minutes_per_day is None else options.minutes_per_day
    days = 1 if options.days is None else options.days
    require_at_least(1, days=days)
    require_at_least(0, minutes_per_day=minutes, **_known(horizon_days=options.horizon_days))
    return Clock.sittings(
        minutes_per_day=minutes,
        days=days,
        seconds_per_answer=seconds_per_answer(log),
        judged_days=options.horizon_days,
    )


def _known(**given: float | None) -> dict[str, float]:
    return {name: value for name, value in given.items() if value is not None}


def _require_questions(options: PolicyOptions) -> None:
    """Refuse what reads vectors: minds, in which time passes, answer questions."""
    if kind_of(options.algorithm).actions == "vector":
        able = ", ".join(name for name, kind in ALGORITHMS.items() if kind.actions == "discrete")
        raise UserError(
            f"{options.algorithm} names vectors, and where time passes only questions are asked.",
            allowed=f"--algorithm {able} with a clock; {options.algorithm} without one",
        )
    if options.critic == "mve":
        raise UserError(
            "The critic mve looks ahead with the tracer alone, which knows no time.",
            allowed="--critic plain with a clock; --critic mve without one",
        )

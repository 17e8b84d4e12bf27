"""Which parts of an environment fit together."""

from typing import TYPE_CHECKING

from preceptor.domain import UserError
from preceptor.recommend.learned.settings import ALGORITHMS
from preceptor.recommend.world import VectorReader

if TYPE_CHECKING:
    from preceptor.recommend.environment import StudentEnv

REWARDS, ACTIONS = ("dense", "episode_end"), ("discrete", "vector")
_OF_QUESTIONS = ", ".join(name for name, kind in ALGORITHMS.items() if kind.actions == "discrete")


def check(env: "StudentEnv") -> None:
    """Refuse what cannot work.

    Raises:
        UserError: Naming what would.
    """
    _check_names(env)
    _check_sizes(env)
    if env.actions == "vector" and not isinstance(env.world, VectorReader):
        raise UserError(
            "Actions that are vectors need a tracer that reads questions as vectors, without a clock.",
            allowed=f"the tracer semantic-dkt without a clock; with any other --algorithm {_OF_QUESTIONS}",
            mend=f"train a model with --model semantic-dkt, or use --algorithm {_OF_QUESTIONS}",
        )
    if not env.snap and (env.actions == "discrete" or env.rules.any or not bool(env.candidates.all())):
        raise UserError(
            "Where students answer the vectors themselves, no question is chosen.",
            allowed="vector actions, the whole bank and no rules",
            mend="--preset tuned, which asks the nearest question, or leave rules and bank out",
        )
    if env.clock is not None and not env.world.knows_time:
        raise UserError(
            "A clock needs mastery that fades, and in this world nothing does.",
            allowed="a world of minds with a forgetting curve, or with a tracer that knows time",
            mend="train a model on answers with times, or leave the clock out",
        )


def _check_names(env: "StudentEnv") -> None:
    for what, given, allowed in (("reward", env.reward, REWARDS), ("kind of action", env.actions, ACTIONS)):
        if given not in allowed:
            raise UserError(f"Unknown {what} {given!r}.", allowed=", ".join(allowed))


def _check_sizes(env: "StudentEnv") -> None:
    if env.num_envs < 1 or env.horizon < 1:
        raise UserError(
            f"An episode of {env.horizon} answers by {env.num_envs} students is none.", allowed="at least 1 of each"
        )
    if env.clock is not None and env.clock.steps != env.horizon:
        raise UserError(
            f"The clock has times for {env.clock.steps} answers, an episode has {env.horizon}.",
            mend="leave the horizon to the clock",
        )
    if not bool(env.candidates.any()):
        raise UserError("No question of the bank may be asked.", allowed="at least one")

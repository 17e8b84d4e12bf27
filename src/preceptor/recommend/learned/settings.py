"""How a policy is trained: the algorithms by name, and every number of the two presets."""

from dataclasses import dataclass, replace
from typing import Any

from preceptor.domain import UserError, unknown_name

PRESETS = ("tuned", "paper")
CRITICS = ("plain", "mve")


@dataclass(frozen=True, slots=True)
class Kind:
    """What an algorithm works with.

    Args:
        actions: "vector", or "discrete" for a question of the bank.
        on_policy: Whether it learns only from what its present policy did.
        critics: Which critics it can have.
        takes: Which of the options `tau`, `alpha` and `deterministic_eval` it has.
        build: `module:function` that makes it.
    """

    actions: str
    on_policy: bool
    critics: tuple[str, ...]
    takes: frozenset[str]
    build: str


_VECTORS, _BANK = "preceptor.recommend.learned.vector_algorithms", "preceptor.recommend.learned.bank_algorithms"
_TAU, _ENTROPY = frozenset({"tau"}), frozenset({"tau", "alpha", "deterministic_eval"})
_SAMPLED, _NONE = frozenset({"deterministic_eval"}), frozenset[str]()
ALGORITHMS = {
    "ddpg": Kind("vector", False, CRITICS, _TAU, f"{_VECTORS}:ddpg"),
    "td3": Kind("vector", False, CRITICS, _TAU, f"{_VECTORS}:td3"),
    "sac": Kind("vector", False, CRITICS, _ENTROPY, f"{_VECTORS}:sac"),
    "ppo": Kind("vector", True, CRITICS, _SAMPLED, f"{_VECTORS}:ppo"),
    "trpo": Kind("vector", True, CRITICS, _SAMPLED, f"{_VECTORS}:trpo"),
    "dqn": Kind("discrete", False, ("plain",), _NONE, f"{_BANK}:dqn"),
    "rainbow": Kind("discrete", False, ("plain",), _NONE, f"{_BANK}:rainbow"),
    "c51": Kind("discrete", False, ("plain",), _NONE, f"{_BANK}:c51"),
    "discrete-sac": Kind("discrete", False, CRITICS, _ENTROPY, f"{_BANK}:discrete_sac"),
}
"""Every algorithm; Tianshou's classes do the learning."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every number of a training. Rewards are differences of probabilities times `reward_scale`.

    Args:
        hidden: Width of the parts' layers of every network.
        lift: Width of the joined layer.
        actor_lr: Learning rate of what chooses; of the whole where there is no critic beside it.
        critic_lr: Learning rate of the critic.
        gamma: Discount.
        tau: How far the target networks follow in an update.
        alpha: Weight of the entropy; None to learn it, towards `entropy_target`.
        entropy_per_number: Whether the entropy of action vectors that is weighed is divided by their d numbers, so that
            the weight means the same in any width.
        entropy_target: Learned towards: for vectors, the σ of a coordinate whose entropy is aimed at; for a bank, the
            share of the entropy of drawing uniformly.
        reward_scale: 1, or 1000 as published.
        envs: Students that play at once.
        batch: Transitions an update reads; of distributions of returns fewer where the bank is large.
        replay: Transitions that are remembered.
        transitions: Transitions collected in all.
        updates: Gradient steps in all.
        noise: σ of each coordinate of the noise on action vectors while collecting; TD3's targets have their own, σ 0.2
            cut at 0.5 as published.
        epsilon: Share of questions drawn at random while collecting, at first and at the end.
        most_sigma: Most standard deviation of a coordinate of a Gaussian policy.
        snap: Whether training asks real questions, the nearest to the action; otherwise the vector itself is asked.
        n_step: Rewards counted before the critic is asked.
        target_every: Updates between copies to the target network, where it does not follow by `tau`.
        atoms: Of a distribution of returns.
        most_return: The atoms lie between minus and plus this.
        nearest: Most questions that a model-based critic of questions values in a state, the nearest to what is looked
            at; a bank that is no larger is valued whole.
        gae_lambda: Of advantages.
        entropy_weight: Of PPO.
        normalise_advantages: Whether PPO and TRPO scale advantages to mean 0 and standard deviation 1.
        most_gradient: Longest gradient of PPO; None for any.
        patience: Validations without a better one before training ends; 0 never ends it.
        deterministic_eval: Whether a policy that samples serves and is measured by its mode.
    """

    hidden: int = 128
    lift: int = 256
    actor_lr: float = 3e-4
    critic_lr: float = 1e-3
    gamma: float = 0.99
    tau: float = 0.01
    alpha: float | None = None
    entropy_per_number: bool = True
    entropy_target: float = 0.5
    reward_scale: float = 1.0
    envs: int = 256
    batch: int = 256
    replay: int = 51_200
    transitions: int = 102_400
    updates: int = 2_000
    noise: float = 0.3
    epsilon: tuple[float, float] = (0.5, 0.05)
    most_sigma: float = 1.0
    snap: bool = True
    n_step: int = 1
    target_every: int = 50
    atoms: int = 51
    most_return: float = 1.0
    nearest: int = 256
    gae_lambda: float = 0.95
    entropy_weight: float = 0.0
    normalise_advantages: bool = True
    most_gradient: float | None = 0.5
    patience: int = 0
    deterministic_eval: bool = True


_PAPER = Settings(
    hidden=300,
    lift=1200,
    actor_lr=5e-5,
    critic_lr=5e-5,
    tau=0.005,
    alpha=0.2,
    entropy_per_number=False,
    reward_scale=1000.0,
    envs=512,
    batch=512,
    transitions=512_000,
    updates=2_000,
    noise=0.1,
    epsilon=(0.1, 0.1),
    most_sigma=0.2,
    snap=False,
    atoms=17,
    most_return=1000.0,
    entropy_weight=0.01,
    normalise_advantages=False,
    most_gradient=None,
)
_OWN: dict[str, dict[str, dict[str, Any]]] = {
    "paper": {
        "ddpg": {"tau": 0.95, "epsilon": (0.0, 0.0)},
        "td3": {"epsilon": (0.0, 0.0)},
        "sac": {"tau": 0.01, "epsilon": (0.0, 0.0)},
        "ppo": {"updates": 1_000},  # every epoch of 512 students is read once, in batches of 512
        "trpo": {"updates": 1_000},
        "rainbow": {"n_step": 3, "epsilon": (0.0, 0.0)},
    },
    "tuned": {
        "sac": {"epsilon": (0.2, 0.0), "entropy_target": 0.3},
        "rainbow": {"n_step": 3, "epsilon": (0.0, 0.0)},
    },
}
"""What an algorithm has differently from its preset."""
_OF_ALL_CONCEPTS: dict[tuple[str, str], dict[str, Any]] = {
    ("paper", "sac"): {"envs": 128, "batch": 256, "replay": 12_800, "transitions": 128_000},
}
"""What a preset and an algorithm have differently for the objective `global`: 100 epochs again, of fewer students."""


def settings_for(algorithm: str, preset: str = "tuned", objective: str = "", **changed: Any) -> Settings:
    """The settings of an algorithm.

    Args:
        algorithm: A name of `ALGORITHMS`.
        preset: "tuned", or "paper" for the published numbers on mended algorithms.
        objective: What is improved; empty for any.
        changed: Settings by name that replace the preset's; None leaves one as it is.

    Raises:
        UserError: If algorithm or preset is unknown, a setting is out of range or the algorithm has no such setting.
    """
    kind = kind_of(algorithm)
    if preset not in PRESETS:
        raise unknown_name("preset", preset, PRESETS)
    asked = {name: value for name, value in changed.items() if value is not None}
    for name in ("tau", "alpha", "deterministic_eval"):
        if name in asked and name not in kind.takes:
            others = ", ".join(other for other, its in ALGORITHMS.items() if name in its.takes)
            raise UserError(f"{algorithm} has no --{name.replace('_', '-')}.", allowed=f"with {others}")
    base = _PAPER if preset == "paper" else Settings()
    own = _OWN[preset].get(algorithm, {})
    if objective == "global":
        own = own | _OF_ALL_CONCEPTS.get((preset, algorithm), {})
    found = replace(base, **{**own, **asked})
    for name, least, most in (("gamma", 0.0, 1.0), ("tau", 0.0, 1.0), ("alpha", 0.0, float("inf"))):
        value = getattr(found, name)
        if value is not None and not least <= value <= most:
            raise UserError(f"--{name} is {value:g}.", allowed=f"{least:g} to {most:g}" if most < 2 else "0 or more")
    return found


def kind_of(algorithm: str) -> Kind:
    """What an algorithm works with.

    Raises:
        UserError: If there is none of this name.
    """
    if algorithm not in ALGORITHMS:
        raise unknown_name("algorithm", algorithm, ALGORITHMS)
    return ALGORITHMS[algorithm]


def require_critic(algorithm: str, critic: str) -> None:
    """Refuse a critic that an algorithm cannot have.

    Raises:
        UserError: Naming the algorithms that can.
    """
    if critic not in CRITICS:
        raise unknown_name("critic", critic, CRITICS)
    if critic not in kind_of(algorithm).critics:
        others = ", ".join(name for name, kind in ALGORITHMS.items() if critic in kind.critics)
        raise UserError(f"{algorithm} has no critic {critic!r}.", allowed=f"--critic {critic} with {others}")

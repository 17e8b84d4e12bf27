"""What the training of a policy is asked to do, and what it gives."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from preceptor.evaluate import Estimate
from preceptor.recommend.learned.settings import Settings, settings_for

if TYPE_CHECKING:
    from preceptor.recommend.learned.collect import Played

BANKS = ("extended", "original")
HORIZON = 10
EPOCHS = 10
"""At least so many epochs are made of a budget, with fewer students at once where it is small."""


@dataclass(frozen=True, slots=True)
class PolicyOptions:
    """How to train a policy.

    Args:
        objective: A registered objective.
        algorithm: A name of `preceptor.recommend.learned.settings.ALGORITHMS`.
        critic: "plain" or "mve".
        preset: "tuned" or "paper".
        bank: "extended": all that may be asked; "original": without the questions that `annotate --extend` made.
        transitions: Answers to collect in all; None for the preset's.
        updates: Gradient steps in all; None for the preset's.
        tau: How far target networks follow; None for the preset's.
        gamma: Discount; likewise.
        alpha: Weight of the entropy; likewise.
        deterministic_eval: Whether a policy that samples is measured and served by its mode.
        patience: Epochs without a better one before training ends; 0 never ends it.
        horizon: Answers of an episode; with a clock as many as its sittings hold.
        history: Most answers of each student before an episode.
        seed: Seed of all randomness.
        device: Where to compute; empty for torch's own default.
        resume: Whether to go on where an interrupted training of the same kind stopped.
        no_repeats: Whether no question comes twice in an episode.
        prerequisites: Mastery that the prerequisites of a question's concepts must have; None for any.
        difficulty: Lowest and highest P(correct) of what may be asked; None for any.
        minutes_per_day: Length of a daily sitting; with it, `days` or `horizon_days` time passes in episodes.
        days: Sittings.
        horizon_days: Days after the student's last answer on which the objective is judged.
        teacher: A look-ahead whose choices the policy learns first; empty for none.
        reward: "dense": of every answer; "episode_end": of all together, with the last one.
    """

    objective: str = "weakest"
    algorithm: str = "ddpg"
    critic: str = "plain"
    preset: str = "tuned"
    bank: str = "extended"
    transitions: int | None = None
    updates: int | None = None
    tau: float | None = None
    gamma: float | None = None
    alpha: float | None = None
    deterministic_eval: bool = True
    patience: int = 0
    horizon: int = HORIZON
    history: int = 100
    seed: int = 0
    device: str = ""
    resume: bool = False
    no_repeats: bool = False
    prerequisites: float | None = None
    difficulty: tuple[float, float] | None = None
    minutes_per_day: float | None = None
    days: int | None = None
    horizon_days: float | None = None
    teacher: str = ""
    reward: str = "dense"

    @property
    def name(self) -> str:
        """Of the folder its runs are kept in."""
        return f"{self.algorithm}-{self.critic}-{self.objective}"

    @property
    def released(self) -> bool:
        """Whether the objective is what ExRec's released code makes of it, see `Objective.as_released`."""
        return self.preset == "paper"

    @property
    def what(self) -> dict[str, Any]:
        """Everything that a result depends on."""
        return {name: value for name, value in asdict(self).items() if name != "resume"}

    @property
    def settings(self) -> Settings:
        """Every number in force.

        Raises:
            UserError: If one is out of range, or the algorithm or preset is unknown.
        """
        found = settings_for(
            self.algorithm,
            self.preset,
            self.objective,
            transitions=self.transitions,
            updates=self.updates,
            tau=self.tau,
            gamma=self.gamma,
            alpha=self.alpha,
            deterministic_eval=None if self.deterministic_eval else False,
            patience=self.patience,
        )
        at_once = max(1, min(found.envs, found.transitions // (EPOCHS * self.horizon)))
        return replace(found, envs=at_once)


@dataclass(frozen=True)
class Improvement:
    """How far students came in an episode.

    Args:
        estimate: Mean over students of the value after less before.
        percent_of_bound: The mean as a share of the most it could be, 1 less the mean value before, in percent.
    """

    estimate: Estimate
    percent_of_bound: float

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self.estimate), "percent_of_bound": self.percent_of_bound}


@dataclass(frozen=True)
class PolicyResult:
    """What the training of a policy gave; measured on test students by the tracer it was trained on.

    Args:
        options: As asked for.
        settings: Every number in force.
        training: Epochs, transitions, updates, seconds, validation scores and losses.
        improvement: Of the policy.
        baselines: Of others, by name.
        gain: Of the policy over random questions, paired by student.
        students: How many took part, by split.
        questions: How many may be asked.
        model: The tracer's run.
        simulated: Whether the log was simulated.
        judged_days: With a clock: days after the start on which the objective is judged.
        policy: The saved run, NAME/RUN.
        run: The run file.
        played: What the test students went through, one value a student; not in the run file.
    """

    options: PolicyOptions
    settings: Settings
    training: dict[str, Any]
    improvement: Improvement
    baselines: dict[str, Improvement]
    gain: Estimate
    students: dict[str, int]
    questions: int
    model: str
    simulated: bool
    judged_days: float | None = None
    policy: str = ""
    run: Path | None = None
    played: "Played | None" = None

    def to_dict(self) -> dict[str, Any]:
        """The shape that `--json` prints."""
        asked = self.options
        return {
            "objective": asked.objective,
            "algorithm": asked.algorithm,
            "critic": asked.critic,
            "preset": asked.preset,
            "bank": asked.bank,
            "teacher": asked.teacher or None,
            "rules": {name: getattr(asked, name) for name in ("no_repeats", "prerequisites", "difficulty")},
            "reward": asked.reward,
            "horizon": asked.horizon,
            "judged_days": self.judged_days,
            **self.training,
            "improvement": self.improvement.to_dict(),
            "baselines": {name: found.to_dict() for name, found in self.baselines.items()},
            "gain_over_random": asdict(self.gain),
            "judge": "the tracer it was trained on",
            "students": self.students,
            "questions": self.questions,
            "model": self.model,
            "simulated": self.simulated,
            "settings": asdict(self.settings),
            "policy": self.policy,
            "run": str(self.run) if self.run else None,
        }

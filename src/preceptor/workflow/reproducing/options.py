"""What a reproduction is asked for."""

from dataclasses import dataclass

from preceptor.domain import UserError, unknown_name
from preceptor.forgetting import TAU_MODES
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.tutor_dials import Dials

KTS = ("history", "dkt", "akt", "lpkt", "simplekt", "simple_time")
ABLATIONS = ("persona", "memory", "forgetting")
STYLES = ("neutral", "tasa", "conservative")
AGGREGATES = ("mean", "max", "min")


@dataclass(frozen=True)
class ReproduceOptions:
    """How to reproduce; each paper takes some of these. From `kt` to `aggregate` they are TASA's replication flags.

    Args:
        quick: Whether budgets are tiny, so that all of it takes minutes.
        seed: Seed of all randomness.
        backend: Where pieces are measured, see `preceptor.parallel.map`; results do not depend on it.
        preset: Numbers of ExRec's trainings, "paper" or "tuned"; empty for "paper", and with `quick` for "tuned".
        trainings: How often each policy of ExRec is trained, each time with the next seed.
        students: Simulated students that go through TASA's arms; 0 for 100, and with `quick` 10.
        replicates: How often they do; 0 for 3, and with `quick` 2.
        kt: The tracer behind our tutor; empty for the course's own.
        mixing: λ, of a description's similarity in retrieval.
        candidates: K, entries that are looked at closely.
        keep: Entries that are kept of them.
        rounds: Questions of a session.
        tau_mode: How the original's time constant is found.
        ablate: What our tutor does without; empty for nothing.
        posttest_style: What a student is told before the test; anything but "neutral" is no result.
        aggregate: What counts of several tests; anything but "mean" is no result.
        with_model: Whether TASA's full forms speak through a language model.
        model_url: Base of its API; empty for the settings'.
        model_name: Its name there; empty for the settings'.
        model_size: Its parameters, for example "7B"; empty for what its name says.
        judge: Whether a model judges who fits a student better.
        judge_url: Base of its API; empty for the settings'.
        judge_name: Its name there; empty for the settings'.
        judge_size: Its parameters; empty for what its name says.
        budget_tokens: Tokens that the tutors' model may take in each arm and replicate, and the judge for each table.
    """

    quick: bool = False
    seed: int = 0
    backend: str = "here"
    preset: str = ""
    trainings: int = 1
    students: int = 0
    replicates: int = 0
    kt: str = ""
    mixing: float = 0.5
    candidates: int = 10
    keep: int = 3
    rounds: int = 10
    tau_mode: str = "fitted"
    ablate: str = ""
    posttest_style: str = "neutral"
    aggregate: str = "mean"
    with_model: bool = False
    model_url: str = ""
    model_name: str = ""
    model_size: str = ""
    judge: bool = False
    judge_url: str = ""
    judge_name: str = ""
    judge_size: str = ""
    budget_tokens: int | None = None

    def dials(self) -> Dials:
        """The numbers of retrieval.

        Raises:
            UserError: If no ranking has them.
        """
        return Dials(self.mixing, self.candidates, self.keep)

    def check(self) -> None:
        """Refuse unknown words, impossible numbers, and a language model that is described and never asked.

        Raises:
            UserError: If there is one.
        """
        self._check_models()
        require_at_least(1, trainings=self.trainings, rounds=self.rounds)
        self.dials()
        if self.students:
            require_at_least(2, students=self.students)
        allowed = {
            "kt": ("", *KTS),
            "tau_mode": tuple(TAU_MODES),
            "ablate": ("", *ABLATIONS),
            "posttest_style": STYLES,
            "aggregate": AGGREGATES,
            "preset": ("", "paper", "tuned"),
        }
        for name, words in allowed.items():
            if getattr(self, name) not in words:
                raise unknown_name(name.replace("_", "-"), getattr(self, name), [word for word in words if word])

    def _check_models(self) -> None:
        idle = {
            "with_model": ("model_url", "model_name", "model_size"),
            "judge": ("judge_url", "judge_name", "judge_size"),
        }
        for switch, names in idle.items():
            given = [name for name in names if getattr(self, name)]
            if given and not getattr(self, switch):
                raise _idle(given[0], f"add {_flag(switch)}")
        if self.budget_tokens is not None:
            require_at_least(1, budget_tokens=self.budget_tokens)
            if not (self.with_model or self.judge):
                raise _idle("budget_tokens", "add --with-model or --judge")


def _idle(name: str, mend: str) -> UserError:
    return UserError(f"{_flag(name)} describes a language model, and none is to be asked.", mend=mend)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"

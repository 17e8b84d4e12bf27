"""What a reproduction is asked for."""

from dataclasses import dataclass

from preceptor.domain import unknown_name
from preceptor.forgetting import TAU_MODES

KTS = ("history", "dkt", "akt", "lpkt", "simplekt", "simple_time")
ABLATIONS = ("persona", "memory", "forgetting")
STYLES = ("neutral", "tasa", "conservative")
AGGREGATES = ("mean", "max", "min")


@dataclass(frozen=True)
class ReproduceOptions:
    """How to reproduce; each paper takes some of these. The last nine are TASA's replication flags.

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

    def check(self) -> None:
        """Refuse unknown words.

        Raises:
            UserError: If there is one.
        """
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

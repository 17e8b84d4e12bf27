"""What a reproduction is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReproduceOptions:
    """How to reproduce; each paper takes some of these.

    Args:
        quick: Whether budgets are tiny, so that all of it takes minutes.
        seed: Seed of all randomness.
        preset: Numbers of ExRec's trainings, "paper" or "tuned"; empty for "paper", and with `quick` for "tuned".
        trainings: How often each policy of ExRec is trained, each time with the next seed.
    """

    quick: bool = False
    seed: int = 0
    preset: str = ""
    trainings: int = 1

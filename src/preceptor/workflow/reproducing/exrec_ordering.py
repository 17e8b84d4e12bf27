"""The order that ExRec's text claims for Figures 3 and 4, checked with intervals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from preceptor.evaluate import Estimate
from preceptor.evaluate.shares import Gains, share_difference

Arms = Mapping[tuple[str, str], Gains]
"""(algorithm, critic) → what its students gained."""
ACTORS = ("ddpg", "td3", "sac")
"""The algorithms that the paper claims the model-based critic for."""
DISCRETE = ("dqn", "c51", "rainbow", "discrete-sac")
BORNE_OUT, CONTRADICTED, OPEN = "borne out", "contradicted", "not shown"
UNCONTRADICTED = "not contradicted"
"""Of a claim that there is no difference, which no interval bears out."""


@dataclass(frozen=True)
class Check:
    """One published statement about one objective.

    Args:
        claim: What the paper says.
        objective: The task.
        sign: +1 if the difference is claimed to be above 0, −1 below, 0 not above.
        difference: Ours, in percentage points.
    """

    claim: str
    objective: str
    sign: int
    difference: Estimate

    @property
    def verdict(self) -> str:
        """What the interval says of the claim."""
        low, high = self.difference.ci95
        if self.sign == 0:
            return CONTRADICTED if low > 0 else UNCONTRADICTED
        low, high = (low, high) if self.sign > 0 else (-high, -low)
        return BORNE_OUT if low > 0 else CONTRADICTED if high < 0 else OPEN

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        told = {name: getattr(self, name) for name in ("claim", "objective", "verdict")}
        return {**told, "difference": asdict(self.difference)}


def figure_3_checks(arms: Mapping[str, Arms], seed: int) -> list[Check]:
    """What the text says of Figure 3, by objective.

    Args:
        arms: Objective → every trained arm, with ("random", "") and ("historical", "").
        seed: Draws the resamples.
    """
    found = []
    for objective, own in arms.items():
        plain, mve = [own[name, "plain"] for name in ACTORS], [own[name, "mve"] for name in ACTORS]
        policy_gradient = [own[name, "plain"] for name in ("ppo", "trpo")]
        discrete = [own[name, "plain"] for name in DISCRETE]
        random = [own["random", ""]]
        wanted: list[tuple[str, int, Sequence[Gains], Sequence[Gains]]] = [
            ("random questions gain nothing", 0, random, ()),
            ("logged questions gain nothing", 0, [own["historical", ""]], ()),
            ("DDPG, TD3 and SAC are above PPO and TRPO", 1, plain, policy_gradient),
            *(
                (f"the model-based critic improves {name.upper()}", 1, [own[name, "mve"]], [own[name, "plain"]])
                for name in ACTORS
            ),
        ]
        if objective == "weakest":
            wanted.append(("with a model-based critic above the discrete methods", 1, mve, discrete))
        else:
            wanted.append(("discrete methods are strong (above random)", 1, discrete, random))
        found += _checks(objective, wanted, seed)
    return found


def figure_4_checks(original: Mapping[str, Arms], extended: Mapping[str, Arms], seed: int) -> list[Check]:
    """What the text says of Figure 4: from the original bank to the extended one.

    Args:
        original: Objective → arms trained and tested on the original bank.
        extended: The same on the extended one.
        seed: Draws the resamples.
    """
    found = []
    for objective, larger in extended.items():
        before = original[objective]
        plain = [[arms[name, "plain"] for name in ACTORS] for arms in (larger, before)]
        mve = [[arms[name, "mve"] for name in ACTORS] for arms in (before, larger)]
        wanted: list[tuple[str, int, Sequence[Gains], Sequence[Gains]]] = [
            ("without it DDPG, TD3 and SAC drop on more questions", -1, plain[0], plain[1]),
            ("with it they do not (original less extended)", 0, mve[0], mve[1]),
        ]
        found += _checks(objective, wanted, seed)
    return found


def _checks(
    objective: str, wanted: Iterable[tuple[str, int, Sequence[Gains], Sequence[Gains]]], seed: int
) -> list[Check]:
    return [
        Check(claim, objective, sign, share_difference(above, below, seed))
        for claim, sign, above, below in wanted
        if all(len(arm.improvement) for arm in above)
    ]

"""The latent truth beside a simulated log; for evaluation only, never for tracers, policies or tutors."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from preceptor.domain import Bank, UserError
from preceptor.simulate.family import LatentFamily
from preceptor.simulate.registry import DEFAULT_FAMILY, family_class, make_family
from preceptor.simulate.state import LatentStudents

STATE_FILE, ABOUT_FILE = "latent-state.npz", "latent-truth.json"


@dataclass(frozen=True)
class LatentTruth:
    """The true state of each simulated student just before its last logged answers.

    The times and questions of these answers are in the log: the last `holdback` rows of each student, or all
    rows of a student who has fewer.

    Args:
        student_ids: Names of the rows of `state`.
        concept_ids: Names of the concept columns of `state`.
        misconception_ids: Names of the misconception columns of `state`.
        state: The students before their held-back answers.
        holdback: How many last answers of each student come after `state`.
        seed: Seed of the simulation.
        parameters: Parameters of the simulation.
        family: Which family of latent minds the students have.
    """

    student_ids: tuple[str, ...]
    concept_ids: tuple[str, ...]
    misconception_ids: tuple[str, ...]
    state: LatentStudents
    holdback: int
    seed: int
    parameters: Any
    family: str = DEFAULT_FAMILY

    def mind(self, bank: Bank) -> LatentFamily[Any, Any]:
        """The minds of these students over a bank with the true concepts."""
        return make_family(self.family, bank, self.parameters)

    def save(self, folder: Path) -> None:
        """Write the state as npz and the rest as JSON; the JSON comes last, so a half-written folder has none."""
        folder.mkdir(parents=True, exist_ok=True)
        self.state.save(folder / STATE_FILE)
        about = {
            "simulated": True,
            "note": "Latent truth of simulated students. It is no evidence about people.",
            "family": self.family,
            "seed": self.seed,
            "holdback": self.holdback,
            "parameters": asdict(self.parameters),
            "student_ids": self.student_ids,
            "concept_ids": self.concept_ids,
            "misconception_ids": self.misconception_ids,
        }
        (folder / ABOUT_FILE).write_text(json.dumps(about, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LatentTruth":
        """Read what `save` wrote.

        Raises:
            UserError: If the folder holds no latent truth.
        """
        if not (folder / ABOUT_FILE).is_file():
            raise UserError(
                f"{folder} holds no latent truth.",
                allowed=f"a folder with {ABOUT_FILE} and {STATE_FILE}",
                mend="simulate the log again",
            )
        about = json.loads((folder / ABOUT_FILE).read_text(encoding="utf-8"))
        family = family_class(about.get("family", DEFAULT_FAMILY))
        return cls(
            student_ids=tuple(about["student_ids"]),
            concept_ids=tuple(about["concept_ids"]),
            misconception_ids=tuple(about["misconception_ids"]),
            state=family.state_class.load(folder / STATE_FILE),
            holdback=about["holdback"],
            seed=about["seed"],
            parameters=family.parameters_class(**about["parameters"]),
            family=family.name,
        )

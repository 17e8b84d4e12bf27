"""What a judge said of two arms, in both orders, and what follows from it."""

from dataclasses import dataclass
from enum import StrEnum

from preceptor.evaluate.judging_dialogues.cases import Unit
from preceptor.llm import Failure


class Outcome(StrEnum):
    """How an arm stands to its reference in one case."""

    WIN = "win"
    TIE = "tie"
    LOSS = "loss"

    @property
    def points(self) -> float:
        """1 for a win, a half for a tie."""
        return _POINTS[self]


_POINTS = {Outcome.WIN: 1.0, Outcome.TIE: 0.5, Outcome.LOSS: 0.0}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge said of one case and two arms.

    Args:
        case_id: The case.
        student_id: Whose it is.
        unit: What was compared.
        arm: The arm.
        reference: The arm it stands beside.
        log_length: Natural logarithm of the arm's number of words over the reference's.
        verdicts: One a reading, seen from the arm: the first with the arm shown first, the second with the reference
            shown first; people read once. A failure is no verdict.
    """

    case_id: str
    student_id: str
    unit: Unit
    arm: str
    reference: str
    log_length: float
    verdicts: tuple[Outcome | Failure, ...]

    @property
    def outcome(self) -> Outcome | None:
        """A win or a loss only where every reading says so, else a tie; None if a reading failed."""
        found = {verdict for verdict in self.verdicts if isinstance(verdict, Outcome)}
        if not self.verdicts or any(isinstance(verdict, Failure) for verdict in self.verdicts):
            return None
        return found.pop() if len(found) == 1 else Outcome.TIE

    @property
    def key(self) -> tuple[str, str, str]:
        """What was judged, for comparing judges."""
        return self.case_id, self.arm, self.reference


def seen_from_first(choice: str) -> Outcome:
    """A choice of "A", "B" or "tie" as an outcome of what stood as A."""
    return {"A": Outcome.WIN, "B": Outcome.LOSS, "tie": Outcome.TIE}[choice]


def turned(outcome: Outcome) -> Outcome:
    """The same outcome seen from the other side."""
    return {Outcome.WIN: Outcome.LOSS, Outcome.LOSS: Outcome.WIN, Outcome.TIE: Outcome.TIE}[outcome]

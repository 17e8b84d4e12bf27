"""The tutor's rule table before a policy's choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, ConceptRecall, unknown_name
from preceptor.recommend import Objective
from preceptor.tutor.lead import lead
from preceptor.tutor.steering import Steer, Steering, just_missed
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.variants import EVERYTHING, Knows
from preceptor.tutor.variants.sight import recalls_for
from preceptor.workflow.choosing import Choosing
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.opening import opening
from preceptor.workflow.views import Recommendation


class Steered:
    """Chooses by the policy among what the rule table allows.

    Args:
        steering: The rule table over the bank.
        choosing: The policy.
        known: What words about a student rest on, after all answers of a record.
        knows: What the tutor may know of what the mind knows.
    """

    def __init__(
        self,
        steering: Steering,
        choosing: Choosing,
        known: Callable[[StudentRecord], StudentModel],
        knows: Knows = EVERYTHING,
    ) -> None:
        self._steering, self._choosing, self._known, self._knows = steering, choosing, known, knows

    def choose(
        self,
        record: StudentRecord,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: float,
        concept_id: str = "",
    ) -> tuple[Recommendation, StudentModel]:
        """The next question of a student, led in by what it is for, and what the words rest on.

        Args:
            record: The student.
            candidates: What may be asked, bool [questions].
            objective: What is to be improved.
            at_seconds: Now, UTC.
            concept_id: The concept that the student asks for; empty for none. A question just missed comes first.

        Raises:
            UserError: If there is no such concept.
        """
        bank = self._steering.bank
        steered = self.steer(record, candidates, at_seconds, concept_id)
        found = self._choosing.choose(record, steered.steer.allowed, objective, at_seconds)
        return replace(found, lead=steered.lead(bank, found.question_id, at_seconds)), steered.student

    def steer(
        self, record: StudentRecord, candidates: NDArray[np.bool_], at_seconds: float, concept_id: str = ""
    ) -> "SteeredTurn":
        """What the rule table allows a policy to choose from; arguments as of `choose`."""
        bank, model = self._steering.bank, self._steering.model
        if concept_id and concept_id not in bank.concept:
            raise unknown_name("concept", concept_id, bank.concept)
        student = self._known(record)
        recalls = recalls_for(model.concept_recalls(record.mind, at_seconds), self._knows)
        latest = record.history[-1] if record.history else None
        focus = just_missed(bank, latest, recalls, at_seconds) or concept_id
        if not concept_id:
            candidates = opening(record.history, bank, candidates, at_seconds)
        stale = _stale(record, len(candidates))
        chances = self._steering.chances(record.mind, at_seconds)
        return SteeredTurn(self._steering.steer(student, recalls, chances, candidates, focus, stale), student, recalls)


@dataclass(frozen=True)
class SteeredTurn:
    """A turn before its question is chosen.

    Args:
        steer: What may be asked.
        student: What the words rest on.
        recalls: What the tutor may know of each concept.
    """

    steer: Steer
    student: StudentModel
    recalls: Mapping[str, ConceptRecall]

    def lead(self, bank: Bank, question_id: str, at_seconds: float) -> str:
        """The words that lead to a question."""
        last = self.student.last_answers.by_concept
        return lead(self.steer, bank.question[question_id], bank, self.recalls, last, at_seconds)


def _stale(record: StudentRecord, questions: int) -> NDArray[np.bool_]:
    """The questions of the last answers that the mind remembers in order, bool [questions]."""
    recent = record.mind.recent[0]
    stale = np.zeros(questions, dtype=bool)
    stale[recent[recent >= 0]] = True
    return stale

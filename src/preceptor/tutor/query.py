"""What a turn is about, as a search for what matters to it."""

from dataclasses import dataclass

from preceptor.domain import Bank, Question


@dataclass(frozen=True, slots=True)
class Query:
    """What a turn is about.

    Args:
        question: The question of the turn.
        response: The student's answer; empty when a question is opened.
        misconception_id: The misconception the answer shows; empty if none.
    """

    question: Question
    response: str = ""
    misconception_id: str = ""

    def text(self, bank: Bank) -> str:
        """Answer, stem, concepts and misconception: an answer alone says too little."""
        named = [bank.concept[c].name for c in self.question.concepts]
        mistake = bank.misconception.get(self.misconception_id)
        parts = (self.response, self.question.text, *named, mistake.name if mistake else "")
        return " ".join(part for part in parts if part)

    def around(self, bank: Bank) -> frozenset[str]:
        """The question's concepts and their direct prerequisites."""
        return concepts_around(self.question, bank)


def concepts_around(question: Question, bank: Bank) -> frozenset[str]:
    """The question's concepts and their direct prerequisites."""
    needed = (bank.concept[concept_id].prerequisites for concept_id in question.concepts)
    return frozenset(question.concepts).union(*needed)

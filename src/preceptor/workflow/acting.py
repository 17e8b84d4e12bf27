"""A simulated student in a dialogue: a latent mind that answers a tutor, and asks now and then."""

from dataclasses import dataclass

import numpy as np

from preceptor.answers import DONT_KNOW, as_typed
from preceptor.domain import Question
from preceptor.simulate import make_family
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.views import TutorTurnView

SECONDS_A_MESSAGE = 60.0
_ASKS = {
    "en": ("hint", "Why this question?", "Can you show me another example?", "What is that good for?"),
    "de": ("Tipp", "Warum diese Aufgabe?", "Kannst du mir noch ein Beispiel zeigen?", "Wozu ist das gut?"),
}
_NOT_KNOWING = {"en": DONT_KNOW, "de": "Ich weiß es nicht"}
ASKING = 0.25
"""Share of questions at which the student says something before answering."""


@dataclass(frozen=True)
class Acting:
    """What one simulated student does.

    Args:
        classroom: The class.
        student_id: As whom it is tutored.
        seed: Of the mind and of everything it does.
        family: A registered family of latent minds.
    """

    classroom: Classroom
    student_id: str
    seed: int = 0
    family: str = "graded"

    def hold(self, at_seconds: float) -> TutorTurnView:
        """Be tutored from the greeting to the end of the session, a minute a message.

        The answers come out of the latent mind, which learns as it does in the simulator; the tutor sees nothing of it.
        """
        bank = self.classroom.bank
        mind = make_family(self.family, bank)
        state, rng = mind.initial(1, np.random.default_rng([self.seed, 0])), np.random.default_rng([self.seed, 1])
        turn, said = self.classroom.tutor_open(self.student_id, at_seconds), 0
        while not turn.sitting.finished and turn.question is not None:
            question = bank.question[turn.question.question_id]
            row = np.array([bank.q_matrix.question_index[question.question_id]])
            if rng.random() < ASKING:
                said += 1
                turn = self._tell(_ASKS[question.language][int(rng.integers(4))], turn, said, at_seconds)
            said += 1
            now = at_seconds + SECONDS_A_MESSAGE * said
            right, texts = mind.respond(state, row, now, rng.random(1), rng.random(1))
            turn = self._tell(_written(question, str(texts[0])), turn, said, at_seconds)
            state = mind.practise(state, row, right, now)
        return turn

    def _tell(self, message: str, turn: TutorTurnView, said: int, at_seconds: float) -> TutorTurnView:
        return self.classroom.tutor_say(
            self.student_id,
            message,
            idempotency_key=f"{self.student_id} {self.seed} {turn.sitting.sitting_id} {said}",
            at_seconds=at_seconds + SECONDS_A_MESSAGE * said,
            question_id=turn.question.question_id if turn.question else "",
        )


def _written(question: Question, answer: str) -> str:
    """An answer as it is typed; an unforeseen error is not knowing."""
    return as_typed(answer, question) if answer else _NOT_KNOWING[question.language]

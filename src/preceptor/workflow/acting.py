"""A simulated student in a dialogue: a latent mind that answers a tutor, and asks now and then."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.answers import DONT_KNOW, as_typed
from preceptor.course import Course
from preceptor.domain import Question
from preceptor.simulate import LatentFamily, LatentTruth, make_family
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.simulating import load_true_bank, load_truth
from preceptor.workflow.views import TutorTurnView

SECONDS_A_MESSAGE = 60.0
_ASKS = {
    "en": ("hint", "Why this question?", "Can you show me another example?", "What is that good for?"),
    "de": ("Tipp", "Warum diese Aufgabe?", "Kannst du mir noch ein Beispiel zeigen?", "Wozu ist das gut?"),
}
_NOT_KNOWING = {"en": DONT_KNOW, "de": "Ich weiß es nicht"}
ASKING = 0.25
"""Share of questions at which the student says something before answering."""
NEWCOMERS = "graded"
"""The family of students whom no simulation has made."""


@dataclass(frozen=True)
class Head:
    """One latent mind.

    Args:
        family: How it works.
        state: What is in it, of one student.
    """

    family: LatentFamily[Any, Any]
    state: Any

    @classmethod
    def of(cls, course: Course, student_id: str, seed: int) -> Self:
        """The mind that gave a simulated student's answers, after the last of them; else one drawn by the seed.

        Args:
            course: The course.
            student_id: A student, who may be new.
            seed: Draws what a new student brings along.
        """
        truth = load_truth(course) if course.simulated else None
        if truth is not None and student_id in truth.student_ids:
            return cls._of_answers(course, student_id, truth)
        family = make_family(NEWCOMERS, course.load_bank())
        return cls(family, family.initial(1, np.random.default_rng([seed, 0])))

    @classmethod
    def _of_answers(cls, course: Course, student_id: str, truth: LatentTruth) -> Self:
        """The kept state is the one before the last answers of the log; these are gone through again."""
        row = np.array([truth.student_ids.index(student_id)])
        own = cls(truth.mind(load_true_bank(course, truth)), truth.state.take(row))
        history = list(course.load_log().interactions(student_id))
        for answer in history[max(len(history) - truth.holdback, 0) :]:
            own = own.after(answer.question_id, bool(answer.correct), answer.time_seconds or 0.0)
        return own

    def respond(self, question_id: str, at_seconds: float, rng: np.random.Generator) -> tuple[bool, str]:
        """Whether the answer is right, and the answer."""
        right, texts = self.family.respond(self.state, self._row(question_id), at_seconds, rng.random(1), rng.random(1))
        return bool(right[0]), str(texts[0])

    def after(self, question_id: str, right: bool, at_seconds: float) -> Self:
        """The mind after an answer whose solution was shown."""
        learned = self.family.practise(self.state, self._row(question_id), np.array([right]), at_seconds)
        return replace(self, state=learned)

    def _row(self, question_id: str) -> NDArray[np.int64]:
        return np.array([self.family.bank.q_matrix.question_index[question_id]])


@dataclass(frozen=True)
class Acting:
    """What one simulated student does.

    Args:
        classroom: The class.
        student_id: As whom it is tutored.
        head: Its mind.
        seed: Of everything it does.
    """

    classroom: Classroom
    student_id: str
    head: Head
    seed: int = 0

    def hold(self, at_seconds: float) -> TutorTurnView:
        """Be tutored from the greeting to the end of the session, a minute a message.

        The answers come out of the latent mind, which learns as it does in the simulator; the tutor sees nothing of it.
        """
        head, rng = self.head, np.random.default_rng([self.seed, 1])
        turn, said = self.classroom.tutor_open(self.student_id, at_seconds), 0
        while not turn.sitting.finished and turn.question is not None:
            question = self.classroom.bank.question[turn.question.question_id]
            if rng.random() < ASKING:
                said += 1
                turn = self._tell(_ASKS[question.language][int(rng.integers(4))], turn, said, at_seconds)
            said += 1
            now = at_seconds + SECONDS_A_MESSAGE * said
            right, answer = head.respond(question.question_id, now, rng)
            turn = self._tell(_written(question, answer), turn, said, at_seconds)
            head = head.after(question.question_id, right, now)
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

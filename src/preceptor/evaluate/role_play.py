"""Models that play students, for a robustness check only: the truth of what they know is nobody's.

What is played is the test after a session that was held with a simulated mind: the model reads it and takes no part.
Every arm's student gets the same neutral test prompt with the whole transcript. No prompt says what is expected, names
an arm or shows a score, and answers are graded by the answer checker, never by a model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from preceptor.answers import Verdict, VerdictOutcome, Worker, check
from preceptor.domain import Question
from preceptor.evaluate.prompts import prompt
from preceptor.llm import Failure, LanguageModel, Message, Request
from preceptor.tutor.fencing import fenced
from preceptor.tutor.situation import Said

_NONE = "-"
_WHOLE = 1_000_000
"""More signs than a message has: nothing of a transcript is cut."""
_LONGEST_ANSWER_TOKENS = 200
TIMEOUT_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Tested:
    """One answer on a test.

    Args:
        question_id: The question.
        response: What was typed; empty where the model failed.
        verdict: The answer checker's verdict, or why there is no answer.
    """

    question_id: str
    response: str
    verdict: Verdict | Failure

    @property
    def points(self) -> float:
        """1 for right, 0 for wrong or "I don't know"; NaN where nothing could be graded."""
        if isinstance(self.verdict, Failure):
            return math.nan
        graded = {VerdictOutcome.CORRECT: 1.0, VerdictOutcome.WRONG: 0.0, VerdictOutcome.DONT_KNOW: 0.0}
        return graded.get(self.verdict.outcome, math.nan)


@dataclass(frozen=True)
class RolePlay:
    """A model that plays one student.

    Args:
        model: The model, of the role "student".
        knows: What the student knew before the session, line by line and without figures; see `played_as`.
        language: Language of the prompts.
    """

    model: LanguageModel
    knows: tuple[str, ...]
    language: str = "en"

    def test(self, question: Question, transcript: Sequence[Said]) -> str | Failure:
        """Answer a question of a test after the session; without any session the transcript is empty."""
        messages = self.messages(question, transcript)
        reply = self.model.complete(Request(messages, _LONGEST_ANSWER_TOKENS, timeout_seconds=TIMEOUT_SECONDS))
        return reply if isinstance(reply, Failure) else reply.text.strip()

    def messages(self, question: Question, transcript: Sequence[Said]) -> tuple[Message, ...]:
        """What the model is asked, the same for every arm but for what was said in it."""
        words = prompt("role_play", self.language)
        options = f" ({'; '.join(question.options)})" if question.options else ""
        told = words.fill(
            "test",
            profile="".join(f"\n- {fenced(line, _WHOLE)}" for line in self.knows) or _NONE,
            transcript="".join(f"\n- {said.role}: {fenced(said.text, _WHOLE)}" for said in transcript) or _NONE,
            question=fenced(question.text + options, _WHOLE),
        )
        return Message("system", words.fill("system")), Message("user", told)


def take_test(
    student: RolePlay, transcript: Sequence[Said], questions: Sequence[Question], worker: Worker
) -> tuple[Tested, ...]:
    """Let a played student sit a test after a session.

    Args:
        student: The student.
        transcript: All that was said; empty for the re-test without a session.
        questions: The test, the same for every arm.
        worker: Decides about symbolic answers.
    """
    found = []
    for question in questions:
        response = student.test(question, transcript)
        if isinstance(response, Failure):
            found.append(Tested(question.question_id, "", response))
        else:
            found.append(Tested(question.question_id, response, check(question, response, worker=worker)))
    return tuple(found)


def accuracy(tested: Sequence[Tested]) -> float:
    """Share of right answers among those that could be graded; NaN if none could."""
    points = [entry.points for entry in tested if not math.isnan(entry.points)]
    return sum(points) / len(points) if points else math.nan

"""Checks what a student typed against a question's key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from preceptor.answers.kind import AnswerKind, Judge, NoAlgebra, UncheckableKeyError
from preceptor.answers.latex import latex
from preceptor.answers.lowest_terms import LowestTerms
from preceptor.answers.mathematics import Mathematics
from preceptor.answers.parser import parse
from preceptor.answers.prose import Choice, Prose
from preceptor.answers.quantity import Quantities
from preceptor.answers.reading import bare
from preceptor.answers.solutions import Solutions
from preceptor.answers.unreadable import Unreadable
from preceptor.answers.word_order import EitherOrder
from preceptor.domain import Outcome, Question, QuestionKind
from preceptor.language import Catalogue, catalogue, localised

DONT_KNOW = "I don't know"
_DONT_KNOW_PHRASES = {
    "en": frozenset(["idontknow", "dontknow", "idk", "idonotknow", "noidea", "ihavenoidea", "dunno"]),
    "de": frozenset(
        [
            "weissnicht", "weissichnicht", "ichweissnicht", "ichweissesnicht", "keineahnung", "ichhabekeineahnung",
            "ichhabkeineahnung", "habkeineahnung", "binmirnichtsicher", "keinenplan",
        ]
    ),
}  # fmt: skip
KINDS: Mapping[QuestionKind, AnswerKind] = {
    **dict.fromkeys(
        (QuestionKind.NUMBER, QuestionKind.EXPRESSION, QuestionKind.EQUATION, QuestionKind.LIST), Mathematics()
    ),
    **dict.fromkeys((QuestionKind.TEXT, QuestionKind.UNKNOWN), Prose()),
    QuestionKind.QUANTITY: Quantities(),
    QuestionKind.FRACTION: LowestTerms(),
    QuestionKind.SOLUTIONS: Solutions(),
    QuestionKind.ORDER: EitherOrder(),
    QuestionKind.CHOICE: Choice(),
}
"""How the answers of each kind are read and compared."""


class VerdictOutcome(StrEnum):
    """How checking ended. Only the first three are scored: a failure is never an answer."""

    CORRECT = "correct"
    WRONG = "wrong"
    DONT_KNOW = "dont_know"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one response.

    Args:
        outcome: How checking ended.
        message: A sentence for the student where the response was not scored, in the question's language.
        misconception_id: The misconception behind a recognised wrong answer; empty if none is known.
        position: For UNREADABLE, the index of the character where reading stopped.
    """

    outcome: VerdictOutcome
    message: str = ""
    misconception_id: str = ""
    position: int | None = None

    @property
    def scored(self) -> Outcome | None:
        """The outcome to store as an answer event; None where nothing may be stored."""
        return next((outcome for outcome in Outcome if outcome.value == self.outcome.value), None)


def check(question: Question, response: str, *, worker: Judge) -> Verdict:
    """Check a response.

    Args:
        question: The question; its key decides, its kind and language say how the response is read.
        response: What the student typed or chose.
        worker: Decides about symbolic expressions; plain numbers never reach it.

    Returns:
        The verdict. Equivalent forms of the key are right, unsimplified ones too where kind and question allow them,
        but a mere copy of the question is handed back unscored; what cannot be read or decided is not scored.
    """
    speech = messages(question.language)
    if response.strip() != question.key.strip() and is_dont_know(response, question.language):
        return Verdict(VerdictOutcome.DONT_KNOW)
    if not response.strip():
        return Verdict(VerdictOutcome.UNREADABLE, speech("Type an answer first."), position=0)
    try:
        right = KINDS[question.kind].agrees(question, question.key, response, worker)
    except UncheckableKeyError:
        message = speech("The key of this question can't be checked; this is not your fault.")
        return Verdict(VerdictOutcome.UNDECIDED, message)
    except Unreadable as error:
        return Verdict(VerdictOutcome.UNREADABLE, error.said(speech), position=error.position)
    if right is None:
        return Verdict(VerdictOutcome.UNDECIDED, speech("I could not decide this in time; try a simpler form."))
    if right:
        return Verdict(VerdictOutcome.CORRECT)
    return Verdict(VerdictOutcome.WRONG, misconception_id=recognised(question, response, worker))


def recognised(question: Question, response: str, judge: Judge | None = None) -> str:
    """Name the misconception behind a wrong answer.

    Args:
        question: Its distractors decide.
        response: What the student typed or chose.
        judge: Decides about symbolic expressions; without one, those that need algebra stay unrecognised.

    Returns:
        The misconception's id; empty if the answer is none of the distractors.
    """
    for distractor in question.distractors:
        try:
            if KINDS[question.kind].agrees(question, distractor.answer, response, judge or NoAlgebra()):
                return distractor.misconception_id
        except (Unreadable, UncheckableKeyError):
            continue
    return ""


def is_dont_know(response: str, language: str = "en") -> bool:
    """Whether the student typed that they don't know, in English or in the given language."""
    if response.strip() == "?":
        return True
    phrases = _DONT_KNOW_PHRASES["en"] | _DONT_KNOW_PHRASES.get(language, frozenset())
    return re.sub(r"[^a-z]", "", response.lower().replace("ß", "ss")) in phrases


def preview(response: str, question: Question | None = None) -> str | Unreadable:
    """Show what was understood.

    Args:
        response: What the student has typed so far.
        question: The question; with it, the response is read as `check` reads it, and written in its language.

    Returns:
        LaTeX without dollar signs, or why it cannot be read.
    """
    try:
        if question is None:
            return latex(parse(bare(response)))
        shown = KINDS[question.kind].preview(question, response)
    except Unreadable as error:
        return error.moved_into(messages(question.language)) if question else error
    return localised(f"${shown}$", question.language)[1:-1]


def messages(language: str) -> Catalogue:
    """What this package says, in a language.

    Raises:
        UnknownNameError: There is no such language.
    """
    return catalogue("preceptor.answers", language)

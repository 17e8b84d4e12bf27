"""Checks what a student typed against a question's key."""

import re
from dataclasses import dataclass
from enum import StrEnum

from preceptor.answers.compare import equivalent
from preceptor.answers.latex import latex
from preceptor.answers.parser import MAX_KEY_CHARS, parse
from preceptor.answers.quick import NeedsAlgebraError, QuickAlgebra
from preceptor.answers.reading import bare, read_key, read_response, readings
from preceptor.answers.tokens import Unreadable
from preceptor.answers.tree import Mixed, Node, Number, Symbol
from preceptor.answers.worker import Worker
from preceptor.domain import Outcome, Question, QuestionKind

DONT_KNOW = "I don't know"
_DONT_KNOW_PHRASES = frozenset(["idontknow", "dontknow", "idk", "idonotknow", "noidea", "ihavenoidea", "dunno"])
_QUICK = QuickAlgebra()


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
        message: A sentence for the student where the response was not scored.
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


def check(question: Question, response: str, *, worker: Worker) -> Verdict:
    """Check a response.

    Args:
        question: The question; its key decides.
        response: What the student typed or chose.
        worker: Decides about symbolic expressions; plain numbers never reach it.

    Returns:
        The verdict. Equivalent forms of the key are right, unsimplified ones too, but a mere copy of the question is
        handed back unscored; what cannot be read or decided is not scored.
    """
    if response.strip() != question.key.strip() and is_dont_know(response):
        return Verdict(VerdictOutcome.DONT_KNOW)
    if not response.strip():
        return Verdict(VerdictOutcome.UNREADABLE, "Type an answer first.", position=0)
    if question.kind is QuestionKind.CHOICE:
        return _check_choice(question, response)
    try:
        right = _agrees(question, question.key, response, worker)
    except _UncheckableKeyError:
        return Verdict(VerdictOutcome.UNDECIDED, "The key of this question can't be checked; this is not your fault.")
    except Unreadable as error:
        return Verdict(VerdictOutcome.UNREADABLE, error.message, position=error.position)
    if right is None:
        return Verdict(VerdictOutcome.UNDECIDED, "I could not decide this in time; try a simpler form.")
    if right and _repeats_question(question, response):
        return Verdict(VerdictOutcome.UNREADABLE, "That repeats the question; carry it further.", position=0)
    if right:
        return Verdict(VerdictOutcome.CORRECT)
    return Verdict(VerdictOutcome.WRONG, misconception_id=_misconception(question, response, worker))


def is_dont_know(response: str) -> bool:
    """Whether the student typed that they don't know."""
    return re.sub(r"[^a-z]", "", response.lower()) in _DONT_KNOW_PHRASES or response.strip() == "?"


def preview(response: str, question: Question | None = None) -> str | Unreadable:
    """Show what was understood.

    Args:
        response: What the student has typed so far.
        question: The question; with it, units and separators are read as `check` reads them.

    Returns:
        LaTeX without dollar signs, or why it cannot be read.
    """
    try:
        if question is None:
            return latex(parse(bare(response)))
        key = read_key(question.key, question.kind)
        return latex(read_response(response, key, question))
    except Unreadable as error:
        return error


class _UncheckableKeyError(Exception):
    """The key itself lies outside the grammar."""


def _check_choice(question: Question, response: str) -> Verdict:
    chosen = _spaced(response)
    if chosen == _spaced(question.key):
        return Verdict(VerdictOutcome.CORRECT)
    if chosen not in map(_spaced, question.options):
        return Verdict(VerdictOutcome.UNREADABLE, "Choose one of the options.")
    found = (d.misconception_id for d in question.distractors if _spaced(d.answer) == chosen)
    return Verdict(VerdictOutcome.WRONG, misconception_id=next(found, ""))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def plain_words(text: str) -> str:
    """Reduce prose to what has to agree: letters and digits in lower case; where digits stand, signs count too."""
    signs_count = any(sign.isdigit() for sign in text)
    return re.sub(r"\s+" if signs_count else r"[\W_]+", "", text.casefold()) or "".join(text.split())


def _agrees(question: Question, answer: str, response: str, worker: Worker) -> bool | None:
    """Whether a response means the same as an answer; None if it could not be decided."""
    if question.kind in (QuestionKind.TEXT, QuestionKind.UNKNOWN):
        return plain_words(answer) == plain_words(response)
    try:
        key = read_key(answer, question.kind)
    except Unreadable as error:
        raise _UncheckableKeyError from error
    typed = read_response(response, key, question)
    undecided = False
    for one, other in readings(key, typed, question.text):
        same = _same(one, other, ordered=question.ordered, worker=worker)
        if same:
            return True
        undecided = undecided or same is None
    return None if undecided else False


def _repeats_question(question: Question, response: str) -> bool:
    """Whether an equivalent response only copies an expression of the question; plain numbers may be copied."""
    if question.kind in (QuestionKind.TEXT, QuestionKind.UNKNOWN):
        return False
    key = read_key(question.key, question.kind)
    typed = read_response(response, key, question)
    if typed == key or isinstance(typed, Number | Mixed | Symbol):
        return False
    return any(_reads_as(text, typed) for text in re.findall(r"(?<!\\)\$([^$]+)\$", question.text))


def _reads_as(text: str, tree: Node) -> bool:
    try:
        return parse(text, max_chars=MAX_KEY_CHARS) == tree
    except Unreadable:
        return False


def _same(key: Node, response: Node, *, ordered: bool, worker: Worker) -> bool | None:
    try:
        return equivalent(key, response, _QUICK, ordered=ordered)
    except NeedsAlgebraError:
        return worker.same(key, response, ordered=ordered)


def _misconception(question: Question, response: str, worker: Worker) -> str:
    for distractor in question.distractors:
        try:
            if _agrees(question, distractor.answer, response, worker):
                return distractor.misconception_id
        except (Unreadable, _UncheckableKeyError):
            continue
    return ""

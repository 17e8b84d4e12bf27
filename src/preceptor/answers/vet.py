"""Finds out which questions can be checked before any of them is served."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from preceptor.answers.check import VerdictOutcome, check
from preceptor.answers.kind import NoAlgebra
from preceptor.answers.notation import as_typed
from preceptor.answers.numeric import UndefinedValueError, sample_points, value_at, variables
from preceptor.answers.prose import plain_words
from preceptor.answers.rational import exact
from preceptor.answers.reading import read_key
from preceptor.answers.tokens import WORDS
from preceptor.answers.tree import Collection, Node, Relation, Symbol, children, walk
from preceptor.answers.unreadable import Unreadable
from preceptor.answers.worker import Worker
from preceptor.domain import Bank, Question, QuestionKind
from preceptor.progress import Progress, silent

MATHEMATICAL = frozenset([QuestionKind.NUMBER, QuestionKind.EXPRESSION, QuestionKind.EQUATION, QuestionKind.LIST])


def vet(question: Question, worker: Worker) -> Question:
    """Name the kind of the key as it parses, and mark the question uncheckable if it cannot grade itself.

    Args:
        question: A question as a reader loaded it; one that is already uncheckable stays so.
        worker: Decides about symbolic expressions.

    Returns:
        The question with `kind` and `uncheckable` settled.
    """
    if question.uncheckable or question.kind is QuestionKind.UNKNOWN:
        return question
    kind = _settled_kind(question)
    if isinstance(kind, Unreadable):
        return replace(question, uncheckable=f"the key lies outside the grammar: {kind.message}")
    question = replace(question, kind=kind)
    return replace(question, uncheckable=defect(question, worker))


@dataclass(frozen=True)
class VettedBank:
    """A bank whose questions are vetted.

    Args:
        bank: The questions with `kind` and `uncheckable` settled.
        self_graded: How many grade their own key right and every other option wrong, shown or not.
        uncheckable: Reason → number of questions that are never served for it.
    """

    bank: Bank
    self_graded: int
    uncheckable: Mapping[str, int]


def vet_bank(bank: Bank, worker: Worker, progress: Progress = silent) -> VettedBank:
    """Vet every question of a bank.

    Args:
        bank: Questions as a reader loaded them.
        worker: Decides about symbolic expressions.
        progress: Told of every question.
    """
    questions = []
    for done, question in enumerate(bank.questions, 1):
        questions.append(vet(question, worker))
        progress("questions checked", done, len(bank.questions))
    graded = sum(not question.uncheckable or self_grade(question, worker) for question in questions)
    reasons = Counter(question.uncheckable.partition(":")[0] for question in questions if question.uncheckable)
    return VettedBank(replace(bank, questions=tuple(questions)), graded, reasons)


def _settled_kind(question: Question) -> QuestionKind | Unreadable:
    """The kind as the key parses: words stay text, text with digits that parses is mathematics."""
    words_only = not re.search(r"[^A-Za-z ]", question.key)
    if question.kind not in MATHEMATICAL and not (
        question.kind is QuestionKind.TEXT and _looks_mathematical(question.key)
    ):
        return question.kind
    try:
        return kind_of(read_key(question.key, question.kind))
    except Unreadable as error:
        return QuestionKind.TEXT if words_only or question.kind is QuestionKind.TEXT else error


def _looks_mathematical(text: str) -> bool:
    words = set(re.findall(r"[a-z]{2,}", text.lower()))
    return bool(re.search(r"\d|inf", text)) and words <= WORDS


def kind_of(key: Node) -> QuestionKind:
    """How an answer to this key is typed."""
    if isinstance(key, Relation) or (isinstance(key, Collection) and key.opening == "and"):
        return QuestionKind.EQUATION
    if isinstance(key, Collection):
        return QuestionKind.LIST
    return QuestionKind.NUMBER if exact(key) is not None else QuestionKind.EXPRESSION


def _valueless(key: Node) -> bool:
    if isinstance(key, Collection | Relation):
        return any(_valueless(item) for item in children(key))
    try:
        value_at(key, sample_points(variables(key), signed=False)[0])
    except UndefinedValueError:
        return not any(part == Symbol("oo") for part in walk(key))
    return False


def self_grade(question: Question, worker: Worker) -> bool:
    """Whether the key is graded right and every other option and distractor wrong.

    Args:
        question: The question.
        worker: Decides about symbolic expressions.
    """
    return not defect(question, worker)


def defect(question: Question, worker: Worker) -> str:
    """Find what keeps a question from grading itself.

    Args:
        question: The question.
        worker: Decides about symbolic expressions.

    Returns:
        What is wrong with it, one sentence; empty if it grades itself.
    """
    structure = _STRUCTURE.get(question.kind)
    if structure and (found := structure(question)):
        return found
    if check(question, as_typed(question.key, question), worker=worker).outcome is not VerdictOutcome.CORRECT:
        return "the key does not grade itself as right"
    if question.kind in MATHEMATICAL and _valueless(read_key(question.key, question.kind)):
        return "the key has no value"
    shown = () if question.kind is QuestionKind.ORDER else question.options
    others = [option for option in shown if option != question.key]
    others += [as_typed(distractor.answer, question) for distractor in question.distractors]
    for other in others:
        if check(question, other, worker=worker).outcome is not VerdictOutcome.WRONG:
            return f"another answer is not graded as wrong: {other}"
    return ""


def _text_defect(question: Question) -> str:
    return "" if plain_words(question.key) else "the key is empty"


def _choice_defect(question: Question) -> str:
    if len(set(question.options)) < max(2, len(question.options)):
        return "fewer than two different options"
    return "" if question.key in question.options else "the key is not among the options"


def _order_defect(question: Question) -> str:
    """What is wrong with the items that are shown; they must not be in the right order already."""
    shown = check(question, as_typed(", ".join(question.options), question), worker=NoAlgebra())
    if shown.outcome is VerdictOutcome.UNREADABLE:
        return "the options are not the items of the key"
    return "the options are in the right order already" if shown.outcome is VerdictOutcome.CORRECT else ""


_STRUCTURE: Mapping[QuestionKind, Callable[[Question], str]] = {
    QuestionKind.TEXT: _text_defect,
    QuestionKind.CHOICE: _choice_defect,
    QuestionKind.ORDER: _order_defect,
}

"""Finds out which questions can be checked before any of them is served."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from preceptor.answers.check import VerdictOutcome, check, plain_words
from preceptor.answers.numeric import UndefinedValueError, sample_points, value_at, variables
from preceptor.answers.rational import exact
from preceptor.answers.reading import read_key
from preceptor.answers.tokens import WORDS, Unreadable
from preceptor.answers.tree import Collection, Node, Relation, Symbol, children, walk
from preceptor.answers.worker import Worker
from preceptor.domain import Bank, Question, QuestionKind

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


def vet_bank(bank: Bank, worker: Worker) -> VettedBank:
    """Vet every question of a bank.

    Args:
        bank: Questions as a reader loaded them.
        worker: Decides about symbolic expressions.
    """
    questions = tuple(vet(question, worker) for question in bank.questions)
    graded = sum(not question.uncheckable or self_grade(question, worker) for question in questions)
    reasons = Counter(question.uncheckable.partition(":")[0] for question in questions if question.uncheckable)
    return VettedBank(replace(bank, questions=questions), graded, reasons)


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
    if question.kind is QuestionKind.TEXT and not plain_words(question.key):
        return "the key is empty"
    if question.kind is QuestionKind.CHOICE and len(set(question.options)) < max(2, len(question.options)):
        return "fewer than two different options"
    if question.kind is QuestionKind.CHOICE and question.key not in question.options:
        return "the key is not among the options"
    if check(question, question.key, worker=worker).outcome is not VerdictOutcome.CORRECT:
        return "the key does not grade itself as right"
    if question.kind in MATHEMATICAL and _valueless(read_key(question.key, question.kind)):
        return "the key has no value"
    others = [option for option in question.options if option != question.key]
    others += [distractor.answer for distractor in question.distractors]
    for other in others:
        if check(question, other, worker=worker).outcome is not VerdictOutcome.WRONG:
            return f"another answer is not graded as wrong: {other}"
    return ""

"""Finds out which questions can be checked before any of them is served."""

from dataclasses import replace

from preceptor.answers.check import VerdictOutcome, check, plain_words
from preceptor.answers.rational import exact
from preceptor.answers.reading import read_key
from preceptor.answers.tokens import Unreadable
from preceptor.answers.tree import Collection, Node, Relation
from preceptor.answers.worker import Worker
from preceptor.domain import Question, QuestionKind

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
    if question.kind in MATHEMATICAL:
        try:
            question = replace(question, kind=kind_of(read_key(question.key, question.kind)))
        except Unreadable as error:
            return replace(question, uncheckable=f"key outside the grammar: {error.message}")
    return replace(question, uncheckable=defect(question, worker))


def kind_of(key: Node) -> QuestionKind:
    """How an answer to this key is typed."""
    if isinstance(key, Relation) or (isinstance(key, Collection) and key.opening == "and"):
        return QuestionKind.EQUATION
    if isinstance(key, Collection):
        return QuestionKind.LIST
    return QuestionKind.NUMBER if exact(key) is not None else QuestionKind.EXPRESSION


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
    others = [option for option in question.options if option != question.key]
    others += [distractor.answer for distractor in question.distractors]
    for other in others:
        if check(question, other, worker=worker).outcome is not VerdictOutcome.WRONG:
            return f"another answer is not graded as wrong: {other}"
    return ""

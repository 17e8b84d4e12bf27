"""What is said beside the answer field, for each kind of answer, in the language of the question."""

from dataclasses import dataclass

from preceptor.language import catalogue

LETTERLESS = frozenset({"number", "fraction", "order"})
"""Kinds whose answers hold no letters, so that letters may be shortcuts."""


@dataclass(frozen=True, slots=True)
class AnswerHelp:
    """What is said beside the answer field.

    Args:
        example: Stands in the empty field.
        told: What has to be given; empty where the example says it all.
    """

    example: str
    told: str = ""


HELP = {
    "number": AnswerHelp("for example 12, 3/4 or 2.5"),
    "quantity": AnswerHelp("for example 12 cm", "Give a number with its unit."),
    "fraction": AnswerHelp("for example 3/4", "Give a fraction or a mixed number, in lowest terms."),
    "expression": AnswerHelp("for example 3x + 2"),
    "equation": AnswerHelp("for example y = 2x + 1"),
    "solutions": AnswerHelp("for example x = 3", "Give all solutions, or write “no solution” or “all numbers”."),
    "list": AnswerHelp("for example 1, 2, 3"),
    "order": AnswerHelp("for example 1, 2, 3", "Put everything in order: use the arrows, or type it."),
}


def answer_help(kind: str, language: str, *, in_words: bool = False) -> AnswerHelp:
    """What is said beside the answer field.

    Args:
        kind: Of the question.
        language: Of the question, as an ISO 639-1 code.
        in_words: Whether words are typed, for which examples of mathematics are none.
    """
    found, say = HELP.get(kind, AnswerHelp("")), catalogue("preceptor.serve", language)
    return AnswerHelp("" if in_words else say(found.example), say(found.told))

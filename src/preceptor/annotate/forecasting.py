"""What asking will take, told before anything is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from preceptor.annotate import asking_prompts as prompts
from preceptor.annotate.asking_stages import CONCEPT_TOKENS, LINK_TOKENS, SOLUTION_TOKENS
from preceptor.domain import Concept, Question
from preceptor.llm import Message, Price, Request, estimated_input, estimated_tokens
from preceptor.llm.typed import TRIES

USUAL_STEPS = ("Write both fractions with the common denominator, then add the numerators: $\\frac{3}{6}$.",) * 4
USUAL_NAMES = ("Adding fractions with unlike denominators",) * 3
USUAL_SOLUTION, USUAL_CONCEPTS, USUAL_LINKS, USUAL_VARIATIONS = 150, 130, 60, 700
"""Tokens of usual answers."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What asking takes where everything goes well, and at most.

    Args:
        questions: Questions to ask about.
        requests: Requests to send; less what the ledger holds.
        input_tokens: Tokens to be read by the model.
        output_tokens: Tokens to be written by it.
        most_tokens: Tokens of both kinds if every answer is as long as it may be and asked for as often as it may be.
        price: What tokens cost.
    """

    questions: int
    requests: int
    input_tokens: int
    output_tokens: int
    most_tokens: int
    price: Price

    @property
    def money(self) -> float:
        """What it costs where everything goes well."""
        return self.price.of(self.input_tokens, self.output_tokens)


def forecast(
    questions: Sequence[Question], known: Sequence[Sequence[Concept]], extended: Sequence[Question], price: Price
) -> Forecast:
    """Foresee what asking takes, from the lengths of the texts.

    Args:
        questions: Questions to annotate that nothing is kept of.
        known: What of the framework is offered with each.
        extended: Questions to vary.
        price: What tokens cost.
    """
    asked = [
        part for question, offered in zip(questions, known, strict=True) for part in _annotating(question, offered)
    ]
    asked += [part for question in extended for part in _extending(question)]
    read = [estimated_input(Request(messages)) + SCHEMA_TOKENS for messages, _, _ in asked]
    return Forecast(
        len(questions) + len(extended),
        len(asked),
        sum(read),
        sum(usual for _, usual, _ in asked),
        sum(TRIES * (tokens + 2 * longest) for tokens, (_, _, longest) in zip(read, asked, strict=True)),
        price,
    )


SCHEMA_TOKENS = estimated_tokens("x" * 700)
"""The schemas of the answers have about so many characters."""
_Part = tuple[tuple[Message, ...], int, int]


def _annotating(question: Question, known: Sequence[Concept]) -> list[_Part]:
    steps = [step.text for step in question.steps] or USUAL_STEPS
    parts: list[_Part] = [] if question.steps else [(prompts.steps_messages(question), USUAL_SOLUTION, SOLUTION_TOKENS)]
    parts.append((prompts.concepts_messages(question, steps, known), USUAL_CONCEPTS, CONCEPT_TOKENS))
    parts.append((prompts.links_messages(steps, USUAL_NAMES), USUAL_LINKS, LINK_TOKENS))
    return parts


def _extending(question: Question) -> list[_Part]:
    """One request for three variations, and for each its own solution and its links."""
    variation = (prompts.variations_messages(question, USUAL_STEPS, USUAL_NAMES), USUAL_VARIATIONS, SOLUTION_TOKENS * 2)
    solved = (prompts.solve_messages(question), USUAL_SOLUTION, SOLUTION_TOKENS)
    links = (prompts.links_messages(USUAL_STEPS, USUAL_NAMES), USUAL_LINKS, LINK_TOKENS)
    return [variation, *[solved, links] * 3]

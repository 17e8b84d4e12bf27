"""What asking will take, told before anything is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from preceptor.annotate import asking_prompts as prompts
from preceptor.annotate.asking_answers import Concepts, Links, Result, Solution, Variations
from preceptor.annotate.asking_stages import CONCEPT_TOKENS, LINK_TOKENS, SOLUTION_TOKENS
from preceptor.domain import Concept, Question
from preceptor.llm import Price, Request, estimated_input
from preceptor.llm.typed import TRIES, request_for

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
    read = [estimated_input(request) for request, _ in asked]
    return Forecast(
        len(questions) + len(extended),
        len(asked),
        sum(read),
        sum(usual for _, usual in asked),
        sum(TRIES * (tokens + 2 * request.max_tokens) for tokens, (request, _) in zip(read, asked, strict=True)),
        price,
    )


_Part = tuple[Request, int]
"""A request, and the tokens of a usual answer."""


def _annotating(question: Question, known: Sequence[Concept]) -> list[_Part]:
    steps = [step.text for step in question.steps] or USUAL_STEPS
    solution = request_for(prompts.steps_messages(question), Solution, SOLUTION_TOKENS)
    parts: list[_Part] = [] if question.steps else [(solution, USUAL_SOLUTION)]
    concepts = request_for(prompts.concepts_messages(question, steps, known), Concepts, CONCEPT_TOKENS)
    return [*parts, (concepts, USUAL_CONCEPTS), (_links(steps), USUAL_LINKS)]


def _extending(question: Question) -> list[_Part]:
    """One request for three variations, and for each its own solution and its links."""
    messages = prompts.variations_messages(question, USUAL_STEPS, USUAL_NAMES)
    solved = request_for(prompts.solve_messages(question), Result, SOLUTION_TOKENS)
    one = [(solved, USUAL_SOLUTION), (_links(USUAL_STEPS), USUAL_LINKS)]
    return [(request_for(messages, Variations, 2 * SOLUTION_TOKENS), USUAL_VARIATIONS), *one * 3]


def _links(steps: Sequence[str]) -> Request:
    return request_for(prompts.links_messages(steps, USUAL_NAMES), Links, LINK_TOKENS)

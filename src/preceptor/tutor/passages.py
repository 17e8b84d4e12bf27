"""Passages of a course's content, and which of them fit a turn."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from preceptor.answers import as_typed
from preceptor.domain import Bank, Question, claims_nothing
from preceptor.embed import Encoder
from preceptor.tutor.guard import reveals
from preceptor.tutor.query import Query
from preceptor.tutor.ranking import Ranking
from preceptor.tutor.retrieval import scores_of

MOST_LOOKED_AT = 300
"""Passages of the concepts around a question; a large bank has more worked questions than a turn can look at."""
PLAIN = Ranking()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the course's content.

    Args:
        text: What it says.
        keywords: The concepts it is about.
        question_id: The question whose worked steps it holds; empty for an explanation or a misconception.
    """

    text: str
    keywords: str
    question_id: str = ""


def passages_of(bank: Bank, concept_ids: Collection[str]) -> Iterator[Passage]:
    """What a course says on some concepts: explanations, misconceptions with remedies, worked questions."""
    wanted = {concept_id for concept_id in concept_ids if not claims_nothing(concept_id)}
    for concept in bank.concepts:
        if concept.concept_id in wanted and concept.explanation:
            yield Passage(f"{concept.name}: {concept.explanation}", concept.name)
    for mistake in bank.misconceptions:
        if mistake.concept_id in wanted:
            name = bank.concept[mistake.concept_id].name
            yield Passage(f"{mistake.name}. {mistake.remedy}", name)
    for question in bank.questions:
        if question.steps and question.servable and not wanted.isdisjoint(question.concepts):
            yield _worked(question, bank)


def _worked(question: Question, bank: Bank) -> Passage:
    names = " ".join(bank.concept[concept_id].name for concept_id in question.concepts)
    steps = " ".join(step.text for step in question.steps)
    return Passage(f"{question.text} {steps} {as_typed(question.key, question)}", names, question.question_id)


def retrieve_passages(
    query: Query, bank: Bank, encoder: Encoder, hidden: Question | None, ranking: Ranking = PLAIN
) -> tuple[Passage, ...]:
    """Choose passages on the question's concepts and their prerequisites, ranked as the persona is.

    Args:
        query: What the turn is about; its own question is no passage.
        bank: The course.
        encoder: Gives unit rows, so that dot products are cosines.
        hidden: The open question: no passage shows its answer; None where there is none.
        ranking: How to rank; nothing fades.

    Returns:
        At most `ranking.kept` passages, no two alike, best first.
    """
    found = [
        passage
        for passage in passages_of(bank, query.around(bank))
        if passage.question_id != query.question.question_id and not (hidden and reveals(passage.text, hidden))
    ]
    unlike = list({passage.text: passage for passage in found}.values())[:MOST_LOOKED_AT]
    if not unlike:
        return ()
    scores = scores_of(unlike, query.text(bank), encoder, ranking)
    order: Sequence[int] = sorted(range(len(unlike)), key=lambda i: -scores[i])
    return tuple(unlike[i] for i in order[: ranking.kept])

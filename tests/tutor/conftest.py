from collections.abc import Callable

import pytest

from preceptor.domain import (
    SECONDS_PER_DAY,
    Bank,
    Concept,
    ConceptRecall,
    Distractor,
    Interaction,
    Misconception,
    Outcome,
    Question,
    QuestionKind,
    Step,
)
from preceptor.embed import LexicalEncoder

NOW = 1_000 * SECONDS_PER_DAY

CONCEPTS = (
    Concept("add-like", "Adding like fractions", "4.NF.B.3", 4),
    Concept("add-unlike", "Adding unlike fractions", "5.NF.A.1", 5, prerequisites=("add-like",)),
    Concept("rounding", "Rounding whole numbers", "4.NBT.A.3", 4),
    Concept("area", "Area of rectangles", "4.MD.A.3", 4),
)
MISCONCEPTIONS = (
    Misconception(
        "adds-across",
        "add-unlike",
        "adds the denominators too",
        "Parts of different size can't be counted together. Make them equal first.",
    ),
    Misconception("always-up", "rounding", "rounds up every time", "Compare with the number halfway."),
)
QUESTIONS = (
    Question(
        "unlike-1",
        r"Work out $\frac{1}{3} + \frac{1}{4}$.",
        QuestionKind.NUMBER,
        "7/12",
        ("add-unlike",),
        steps=(
            Step(r"Rewrite both with denominator $12$: $\frac{4}{12}$ and $\frac{3}{12}$.", ("add-unlike",)),
            Step(r"Add the numerators: $4 + 3 = 7$, so the sum is $\frac{7}{12}$.", ("add-like",), "7/12"),
        ),
        hints=("Are the parts of the same size?", "Which denominator fits both?", r"It is $\frac{7}{12}$."),
        distractors=(Distractor("2/7", "adds-across"),),
    ),
    Question(
        "unlike-2",
        r"Work out $\frac{1}{2} + \frac{1}{5}$.",
        QuestionKind.NUMBER,
        "7/10",
        ("add-unlike",),
        distractors=(Distractor("2/7", "adds-across"),),
    ),
    Question("like-1", r"Work out $\frac{1}{5} + \frac{2}{5}$.", QuestionKind.NUMBER, "3/5", ("add-like",)),
    Question(
        "round-1",
        "Round $4{,}583$ to the nearest hundred.",
        QuestionKind.NUMBER,
        "4600",
        ("rounding",),
        hints=("Which hundreds is it between?", "It is $4{,}600$."),
    ),
    Question(
        "area-1",
        "Which rectangle has the larger area?",
        QuestionKind.CHOICE,
        "the first one",
        ("area",),
        options=("the first one", "the second one"),
    ),
)


@pytest.fixture(scope="session")
def now() -> float:
    return NOW


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank(CONCEPTS, QUESTIONS, MISCONCEPTIONS)


@pytest.fixture(scope="session")
def encoder(bank: Bank) -> LexicalEncoder:
    texts = [q.text for q in bank.questions] + [c.name for c in bank.concepts] + [m.name for m in MISCONCEPTIONS]
    return LexicalEncoder().fit([*texts, "right", "wrong", "did not know", "the student gave"])


@pytest.fixture(scope="session")
def event() -> Callable[..., Interaction]:
    """Build an answer: event id, question, response, credit, days ago (None for no time)."""

    def build(
        event_id: str, question_id: str, response: str = "", correct: float = 0.0, days: float | None = 1.0
    ) -> Interaction:
        outcome = Outcome.CORRECT if correct >= 0.5 else Outcome.DONT_KNOW if response == "?" else Outcome.WRONG
        time_seconds = None if days is None else NOW - days * SECONDS_PER_DAY
        return Interaction(event_id, "ann", question_id, "r", correct, 0, time_seconds, response, outcome=outcome)

    return build


@pytest.fixture(scope="session")
def known() -> Callable[..., ConceptRecall]:
    """Build what the mind knows of a concept."""

    def build(
        concept_id: str, mastery: float, recall: float, attempts: int = 5, correct: float = 3, days: float | None = 3
    ) -> ConceptRecall:
        last = None if days is None else NOW - days * SECONDS_PER_DAY
        return ConceptRecall(concept_id, mastery, recall, recall / mastery, 5.0, last, attempts, correct)

    return build

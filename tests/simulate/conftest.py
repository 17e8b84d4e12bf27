import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Distractor, Misconception, Question, QuestionKind, question_id
from preceptor.simulate import LatentMind, LatentState

PREREQUISITES = {
    "add": (),
    "sub": ("add",),
    "mul": ("add",),
    "div": ("mul", "sub"),
    "frac": ("div",),
    "ratio": ("frac",),
}
GRADES = {"add": 4, "sub": 4, "mul": 5, "div": 5, "frac": 6, "ratio": 7}


def _question(concept: str, number: int) -> Question:
    choice = number == 0
    return Question(
        question_id=question_id("hand-made", f"{concept}-{number}"),
        text=f"{concept} {number}",
        kind=QuestionKind.CHOICE if choice else QuestionKind.NUMBER,
        key="12",
        concepts=(concept, *PREREQUISITES[concept][:1]) if number == 1 else (concept,),
        options=("12", "13", "14", "15") if choice else (),
        distractors=(Distractor("13", f"slip-{concept}"), Distractor("14")),
        difficulty=0.5 * (number - 2),
    )


@pytest.fixture(scope="session")
def bank() -> Bank:
    concepts = tuple(Concept(c, c, grade=GRADES[c], prerequisites=before) for c, before in PREREQUISITES.items())
    return Bank(
        concepts,
        tuple(_question(c, number) for c in PREREQUISITES for number in range(5)),
        tuple(Misconception(f"slip-{c}", c, "slips", "does not slip") for c in PREREQUISITES),
    )


@pytest.fixture(scope="session")
def mind(bank: Bank) -> LatentMind:
    return LatentMind(bank)


@pytest.fixture
def state(mind: LatentMind) -> LatentState:
    return mind.initial(300, np.random.default_rng(1))

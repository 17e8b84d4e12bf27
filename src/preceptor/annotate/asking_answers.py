"""What a model is asked to answer, as types; importing this needs the extra `llm`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MOST_STEPS = 12
MOST_CONCEPTS = 8
MOST_LINKS = 48

_Line = Annotated[str, Field(max_length=400)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Solution(_Answer):
    """A worked solution."""

    steps: list[_Line] = Field(min_length=1, max_length=MOST_STEPS)
    result: str = Field(max_length=200)


class NamedConcept(_Answer):
    """One concept of a question."""

    because: str = Field(max_length=200)
    name: str = Field(max_length=200)
    confidence: float = Field(ge=0, le=1)


class Concepts(_Answer):
    """All concepts of a question."""

    concepts: list[NamedConcept] = Field(min_length=1, max_length=MOST_CONCEPTS)


class Link(_Answer):
    """That a step uses a concept; both are counted from 1."""

    step: int
    concept: int


class Links(_Answer):
    """Which steps use which concepts."""

    links: list[Link] = Field(max_length=MOST_LINKS)


class Variation(_Answer):
    """A new question made from another."""

    question: str = Field(max_length=1500)
    answer: str = Field(max_length=200)
    steps: list[_Line] = Field(min_length=1, max_length=MOST_STEPS)
    added_concept: str = Field(max_length=200)


class Variations(_Answer):
    """The three variations of one question."""

    variations: list[Variation] = Field(min_length=3, max_length=3)


class Result(_Answer):
    """The answer to a question, found without being told."""

    result: str = Field(max_length=200)

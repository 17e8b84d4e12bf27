"""What a model is asked to answer about a student, as types; importing this needs the extra `llm`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MOST_INSIGHTS = 5
_Id = Annotated[str, Field(max_length=200)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClaimAnswer(_Answer):
    """One claim about cited answers."""

    event_ids: list[_Id] = Field(min_length=1, max_length=50)
    kind: str = Field(max_length=40)
    value: str = Field(max_length=40)


class InsightAnswer(_Answer):
    """One insight with its evidence."""

    sentence: str = Field(max_length=400)
    event_ids: list[_Id] = Field(min_length=1, max_length=50)
    claims: list[ClaimAnswer] = Field(min_length=1, max_length=12)


class InsightAnswers(_Answer):
    """All insights about a student."""

    insights: list[InsightAnswer] = Field(max_length=MOST_INSIGHTS)

"""What a judging model answers; importing this needs pydantic."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Preferred(BaseModel):
    """Which of two, with the reason first, since models write in the fields' order."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=1_000)
    better: Literal["A", "B", "tie"]

"""The typed answers of `pss-mv`: what is read from how a student writes, and whether a draft fits."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class TraitReading(BaseModel):
    """One trait, with the lines that show it."""

    model_config = ConfigDict(extra="forbid")

    trait: Literal["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"]
    level: Literal["low", "high"]
    evidence: list[str] = Field(min_length=1, max_length=6)


class StyleReading(BaseModel):
    """A style of learning, with the lines that show it; "unclear" where none does."""

    model_config = ConfigDict(extra="forbid")

    style: Literal["short", "stepwise", "by_example", "unclear"]
    evidence: list[str] = Field(max_length=6)


class Reading(BaseModel):
    """What can be read from a student's lines; traits that nothing shows are left out."""

    model_config = ConfigDict(extra="forbid")

    traits: list[TraitReading] = Field(max_length=5)
    style: StyleReading


class Aspects(BaseModel):
    """Whether a draft fits the student, aspect by aspect."""

    model_config = ConfigDict(extra="forbid")

    level_fits: bool
    tone_fits: bool
    reason: str = Field(max_length=300)

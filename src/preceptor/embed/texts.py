"""What a bank says: the texts of its questions, steps and concepts, and which belongs to which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, digest

_QUESTION_LABEL = re.compile(r"^Question \S+(?: \((.*)\))?$")  # what readers call a question without a text
_CONCEPT_LABEL = re.compile(r"\bKC \S+(?=,|$)")


class Marker(StrEnum):
    """What kind of text it is, as it is marked for an encoder that was trained to know the marks."""

    QUESTION = "[Q]"
    STEP = "[S]"
    CONCEPT = "[KC]"


def marked(marker: Marker, text: str) -> str:
    """A text with its mark in front; the empty text stays empty, for it says nothing."""
    return f"{marker} {text}" if text else ""


def said(text: str) -> str:
    """A text without the numbers that readers put where there is none: of "Question 7 (Addition)" the concept."""
    label = _QUESTION_LABEL.match(text)
    return _CONCEPT_LABEL.sub("", (label[1] or "") if label else text).strip(", ")


@dataclass(frozen=True)
class BankTexts:
    """The texts of a bank.

    Args:
        question_ids: Ids of the questions.
        concept_ids: Ids of the concepts.
        questions: What every question says.
        steps: What every step says, question by question.
        step_owner: int64 [steps], the question of every step.
        concepts: The name of every concept.
    """

    question_ids: tuple[str, ...]
    concept_ids: tuple[str, ...]
    questions: tuple[str, ...]
    steps: tuple[str, ...]
    step_owner: NDArray[np.int64]
    concepts: tuple[str, ...]

    @classmethod
    def of(cls, bank: Bank) -> "BankTexts":
        """The texts of a bank's questions, steps and concepts.

        A question that is known by number only is described by the names of its concepts, without the number.
        """
        questions = bank.questions
        return cls(
            tuple(question.question_id for question in questions),
            tuple(concept.concept_id for concept in bank.concepts),
            tuple(said(question.text) for question in questions),
            tuple(step.text for question in questions for step in question.steps),
            np.repeat(np.arange(len(questions)), [len(question.steps) for question in questions]).astype(np.int64),
            tuple(said(concept.name) for concept in bank.concepts),
        )

    @cached_property
    def content(self) -> str:
        """Hash of all texts and of what they belong to."""
        owners = self.step_owner.tolist()
        return digest(self.question_ids, self.concept_ids, self.questions, self.steps, owners, self.concepts)

    @cached_property
    def question_hashes(self) -> tuple[str, ...]:
        """Hash of what each question says, its steps included."""
        steps: list[list[str]] = [[] for _ in self.questions]
        for owner, text in zip(self.step_owner.tolist(), self.steps, strict=True):
            steps[owner].append(text)
        return tuple(digest(text, *own) for text, own in zip(self.questions, steps, strict=True))

    @cached_property
    def concept_hashes(self) -> tuple[str, ...]:
        """Hash of each concept's name."""
        return tuple(map(digest, self.concepts))

    @property
    def every(self) -> tuple[str, ...]:
        """All texts, questions first, then steps, then concepts."""
        return (*self.questions, *self.steps, *self.concepts)

    @property
    def marked(self) -> tuple[str, ...]:
        """All texts with their marks, in the same order."""
        parts = (
            (Marker.QUESTION, self.questions),
            (Marker.STEP, self.steps),
            (Marker.CONCEPT, self.concepts),
        )
        return tuple(marked(marker, text) for marker, texts in parts for text in texts)

    def split(self, rows: NDArray[np.float32]) -> "TextVectors":
        """The rows of `every` as three tables."""
        first, second = len(self.questions), len(self.questions) + len(self.steps)
        return TextVectors(rows[:first], rows[first:second], rows[second:], self.step_owner)


@dataclass(frozen=True)
class TextVectors:
    """Unit vectors of a bank's texts, or zeros where a text says nothing.

    Args:
        questions: float32 [questions, dimensions].
        steps: float32 [steps, dimensions].
        concepts: float32 [concepts, dimensions].
        step_owner: int64 [steps], the question of every step.
    """

    questions: NDArray[np.float32]
    steps: NDArray[np.float32]
    concepts: NDArray[np.float32]
    step_owner: NDArray[np.int64]

    def of_questions(self) -> NDArray[np.float32]:
        """One unit vector a question: half what it says, half its steps.

        z_q = normalise(½ · [e_q + mean over steps of e_s]), just e_q without steps; zeros where both are zero.
        """
        total = np.zeros_like(self.questions)
        np.add.at(total, self.step_owner, self.steps)
        count = np.bincount(self.step_owner, minlength=len(self.questions))[:, None]
        return unit(self.questions + total / np.maximum(count, 1))

    def take(self, questions: Sequence[int] | NDArray[np.int64]) -> "TextVectors":
        """The same for some questions and their steps, in order; all concepts stay."""
        chosen = np.sort(np.asarray(questions, dtype=np.int64))
        own = np.isin(self.step_owner, chosen)
        owner = np.searchsorted(chosen, self.step_owner[own])
        return TextVectors(self.questions[chosen], self.steps[own], self.concepts, owner.astype(np.int64))


def unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows of length 1; what has next to no length becomes zeros."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    known = length > 1e-6
    return np.where(known, rows / np.where(known, length, 1), 0).astype(np.float32)

"""A bank as padded arrays, so that thousands of simulated students can answer at once."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Question, QuestionKind, digest, topological_order

PADDING = -1


@dataclass(frozen=True)
class ConceptTable:
    """Concepts as arrays.

    Args:
        order: int64 [C], concept indices, prerequisites first, lower grades first.
        grade: float64 [C]; the mean grade where a concept has none.
        offset: float64 [C], fixed standard normal of each concept, made from its id.
        prerequisites: int64 [C, most prerequisites], indices, −1 as padding.
        grades: int64 [G], the grades that occur, ascending; a single 0 if none does.
    """

    order: NDArray[np.int64]
    grade: NDArray[np.float64]
    offset: NDArray[np.float64]
    prerequisites: NDArray[np.int64]
    grades: NDArray[np.int64]

    @classmethod
    def of(cls, bank: Bank) -> "ConceptTable":
        """Tabulate the concepts of `bank`.

        Raises:
            UserError: If the prerequisites form a cycle.
        """
        index = bank.q_matrix.concept_index
        known = [concept.grade for concept in bank.concepts if concept.grade is not None]
        mean = float(np.mean(known)) if known else 0.0
        grade = np.array([mean if c.grade is None else float(c.grade) for c in bank.concepts])
        order = np.array([index[c] for c in topological_order(bank.concepts)], dtype=np.int64)
        return cls(
            order=order[np.argsort(grade[order], kind="stable")],
            grade=grade,
            offset=np.array([normal_of(concept.concept_id) for concept in bank.concepts]),
            prerequisites=padded([[index[p] for p in c.prerequisites] for c in bank.concepts]),
            grades=np.array(sorted(set(known)) or [0], dtype=np.int64),
        )

    def drawn_grades(self, noise: NDArray[np.float64]) -> NDArray[np.int64]:
        """The grades that occur, all alike, from standard normal numbers [n]."""
        bounds = [NormalDist().inv_cdf(k / len(self.grades)) for k in range(1, len(self.grades))]
        drawn: NDArray[np.int64] = self.grades[np.searchsorted(bounds, noise)]
        return drawn

    def inherited(self, noise: NDArray[np.float64], share: float) -> NDArray[np.float64]:
        """Own noise [n, C] on every concept and `share` of the mean of its prerequisites."""
        surplus = noise.copy()
        for concept in self.order:
            before = self.prerequisites[concept]
            before = before[before != PADDING]
            if before.size:
                surplus[:, concept] += share * surplus[:, before].mean(axis=1)
        return surplus


@dataclass(frozen=True)
class QuestionTable:
    """Questions as arrays.

    Args:
        concepts: int64 [Q, most concepts], indices, −1 as padding.
        difficulty: float64 [Q], logit; 0 where unknown.
        guess: float64 [Q], 1/options for a choice, NaN otherwise.
        misconceptions: int64 [Q, W], the misconception behind each wrong answer, −1 for none or padding.
        wrong_answers: object [Q, W], wrong answers a student may give; "" is an error nobody foresaw.
        wrong_count: int64 [Q], number of wrong answers, at least 1.
        key: object [Q], right answers.
    """

    concepts: NDArray[np.int64]
    difficulty: NDArray[np.float64]
    guess: NDArray[np.float64]
    misconceptions: NDArray[np.int64]
    wrong_answers: NDArray[np.object_]
    wrong_count: NDArray[np.int64]
    key: NDArray[np.object_]

    @classmethod
    def of(cls, bank: Bank) -> "QuestionTable":
        """Tabulate the questions of `bank`."""
        index = {m.misconception_id: i for i, m in enumerate(bank.misconceptions)}
        causes = [{d.answer: index.get(d.misconception_id, PADDING) for d in q.distractors} for q in bank.questions]
        wrong = [_wrong_answers(question) for question in bank.questions]
        count = np.array([len(answers) for answers in wrong], dtype=np.int64)
        text = np.full((len(wrong), int(count.max(initial=1))), "", dtype=object)
        for row, answers in enumerate(wrong):
            text[row, : len(answers)] = answers
        return cls(
            concepts=bank.q_matrix.concepts.astype(np.int64),
            difficulty=np.array([question.difficulty or 0.0 for question in bank.questions]),
            guess=bank.q_matrix.guess.astype(np.float64),
            misconceptions=padded(
                [[cause.get(a, PADDING) for a in answers] for cause, answers in zip(causes, wrong, strict=True)]
            ),
            wrong_answers=text,
            wrong_count=count,
            key=np.array([question.key for question in bank.questions], dtype=object),
        )


def _wrong_answers(question: Question) -> list[str]:
    """The wrong options of a choice; otherwise the distractors and one unforeseen error."""
    if question.kind is QuestionKind.CHOICE:
        return [option for option in question.options if option != question.key] or [""]
    return [*(distractor.answer for distractor in question.distractors), ""]


def padded(rows: list[list[int]]) -> NDArray[np.int64]:
    """Rows of different lengths as one array, `PADDING` at their ends, at least one column."""
    width = max((len(row) for row in rows), default=1) or 1
    return np.array([row + [PADDING] * (width - len(row)) for row in rows], dtype=np.int64).reshape(-1, width)


def normal_of(name: str) -> float:
    """A standard normal number that depends on nothing but the name."""
    digits = digest("latent concept", name)
    return NormalDist().inv_cdf((int(digits, 16) + 0.5) / 16 ** len(digits))

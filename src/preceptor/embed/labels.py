"""Which concepts a bank's questions and steps have, as numbers, and which questions are held out."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, digest

SELECT_SHARE, TEST_SHARE = 0.1, 0.2
_WORDS = re.compile(r"(?<!\\)\b[^\W\d_]{2,}")  # no number, no variable, no command of LaTeX


@dataclass(frozen=True)
class Labels:
    """Concepts of questions and steps.

    Args:
        of_question: bool [questions, concepts]; the concepts of a question and of its steps.
        of_step: bool [steps, concepts].
        step_owner: int64 [steps], the question of every step.
        cluster: int64 [concepts], the cluster of near-synonymous concepts it belongs to.
    """

    of_question: NDArray[np.bool_]
    of_step: NDArray[np.bool_]
    step_owner: NDArray[np.int64]
    cluster: NDArray[np.int64]

    @classmethod
    def of(cls, bank: Bank) -> "Labels":
        """The labels of a bank."""
        place = {concept.concept_id: i for i, concept in enumerate(bank.concepts)}
        steps = [(i, step) for i, question in enumerate(bank.questions) for step in question.steps]
        of_question = np.zeros((len(bank.questions), len(place)), dtype=bool)
        of_step = np.zeros((len(steps), len(place)), dtype=bool)
        for i, question in enumerate(bank.questions):
            of_question[i, [place[concept] for concept in question.concepts]] = True
        for j, (i, step) in enumerate(steps):
            own = [place[concept] for concept in step.concepts]
            of_step[j, own] = of_question[i, own] = True
        names = [concept.cluster or concept.concept_id for concept in bank.concepts]
        number = {name: i for i, name in enumerate(dict.fromkeys(names))}
        owner = np.array([i for i, _ in steps], dtype=np.int64)
        return cls(of_question, of_step, owner, np.array([number[name] for name in names], dtype=np.int64))

    def in_clusters(self, table: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of rows over concepts, rows over clusters: whether any concept of the cluster is there."""
        found = np.zeros((len(table), int(self.cluster.max(initial=-1)) + 1), dtype=bool)
        row, concept = np.nonzero(table)
        found[row, self.cluster[concept]] = True
        return found

    @cached_property
    def clusters_of_question(self) -> NDArray[np.bool_]:
        """Which clusters a question has concepts of, bool [questions, clusters]."""
        return self.in_clusters(self.of_question)

    @cached_property
    def content(self) -> str:
        """Hash of all labels."""
        tables = (self.of_question, self.of_step)
        return digest(*(np.packbits(table).tobytes().hex() for table in tables), self.cluster.tolist())


@dataclass(frozen=True)
class Parts:
    """Questions by what they may be used for, each an increasing int64 array.

    Args:
        train: Labels are learned from.
        select: The best pass is chosen by these.
        test: Nothing but the final figures sees their labels.
    """

    train: NDArray[np.int64]
    select: NDArray[np.int64]
    test: NDArray[np.int64]


def held_out(questions: tuple[str, ...], seed: int) -> Parts:
    """Divide questions by a hash of their wording: 70 % to train, 10 % to select, 20 % to test.

    Questions that differ in numbers and symbols alone have the same wording and stay on one side: a question whose
    twin was trained on is not held out.

    Args:
        questions: What the questions say.
        seed: Another seed divides otherwise.
    """
    share = np.array([_share(wording(text) or text, seed) for text in questions])
    sides = np.digitize(share, [TEST_SHARE, TEST_SHARE + SELECT_SHARE])
    test, select, train = (np.flatnonzero(sides == side) for side in range(3))
    return Parts(train, select, test)


def wording(text: str) -> str:
    """The words of a text in order, without numbers, variables and commands of LaTeX."""
    return " ".join(cast(list[str], _WORDS.findall(text.lower())))


def _share(text: str, seed: int) -> float:
    return int(digest("held out", seed, text)[:13], 16) / 16**13

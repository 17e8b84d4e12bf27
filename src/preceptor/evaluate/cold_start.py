"""Questions and KCs that no training has seen: whole families or whole KCs are held out, fold by fold."""

import copy
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.data import Split
from preceptor.domain import Bank, Log, QMatrix, UserError, digest
from preceptor.evaluate.tracing_protocols import LeakFree, Scorer, Scores, Task
from preceptor.trace import question_rows

CONTEXT = (
    "whole; an answer on a held-out question is read as context for later ones once it was predicted itself, by a "
    "model of ids with the mean of the trained rows, for it has none of its own"
)


class ColdStart(LeakFree):
    """Students as `leak-free`; beside them groups of questions are dealt to the folds.

    In fold k the questions of its groups are held out: training and validation students lose every answer on them,
    the model and its text encoder are made without them, and test students are predicted on them alone. They join the
    trained model as a question joins a bank: a model of texts encodes them, a model of ids has the mean row.
    """

    holds_out: ClassVar[bool] = True
    group: ClassVar[str]
    """What is held out, in the plural."""
    seed: int = 0
    groups_of_fold: dict[int, tuple[str, ...]]
    held_out: dict[int, NDArray[np.int64]]
    """Rows of the bank's questions by fold, ascending."""
    _q_matrix: QMatrix

    @abstractmethod
    def groups(self, bank: Bank) -> list[set[str]]:
        """The groups of every question of the bank."""

    def bound(self, bank: Bank, fold_of_student: NDArray[np.int64], seed: int) -> Self:
        """Deal the groups to the students' folds, in the order of a hash.

        Raises:
            UserError: If there are fewer groups than folds.
        """
        folds = np.unique(fold_of_student[fold_of_student > 0]).tolist()
        of_question = self.groups(bank)
        names = sorted({name for own in of_question for name in own}, key=lambda name: digest(seed, name))
        if len(names) < len(folds):
            raise UserError(
                f"The bank has {len(names)} {self.group}, too few to hold out some in each of {len(folds)} folds.",
                allowed=f"at least as many {self.group} as folds",
                mend="ask for fewer folds or choose another protocol",
            )
        found = copy.copy(self)
        found.seed, found._q_matrix = seed, bank.q_matrix
        found.groups_of_fold = {fold: tuple(names[place :: len(folds)]) for place, fold in enumerate(folds)}
        found.held_out = {
            fold: np.flatnonzero([not own.isdisjoint(chosen) for own in of_question])
            for fold, chosen in found.groups_of_fold.items()
        }
        return found

    def training(self, log: Log, students: NDArray[np.int64], fold: int) -> Log:
        """Their answers on questions that are not held out.

        Raises:
            UserError: If no answer is left.
        """
        own = log.of_students(students)
        kept = own.take(~self._on_held_out(own, fold))
        if not len(kept):
            raise UserError(
                f"In fold {fold} every answer of {len(students)} students is on held-out {self.group}.",
                mend="ask for more folds, so that each holds out less",
            )
        return kept

    def counted(self, log: Log, students: NDArray[np.int64], fold: int) -> NDArray[np.int64]:
        """Answers on held-out questions.

        Raises:
            UserError: If there are none.
        """
        rows = super().counted(log, students, fold)
        found = rows[self._on_held_out(log, fold)[rows]]
        if not len(found):
            raise UserError(
                f"No test student of fold {fold} answered a question of its held-out {self.group}.",
                mend="run other folds, or ask for fewer",
            )
        return found

    def task(self, log: Log, q_matrix: QMatrix, split: Split, fold: int) -> Task:
        """As `leak-free` for the test students; what trains has lost the held-out questions."""
        return replace(super().task(log, q_matrix, split, fold), unseen=self.held_out[fold])

    def score(self, tracer: Scorer, task: Task) -> Scores:
        """Answers of the test students on held-out questions."""
        every = super().score(tracer, task)
        counts = self._on_held_out(task.test, task.fold)
        return Scores(every.rows[counts], every.p_correct[counts])

    def about(self, folds: Sequence[int]) -> dict[str, Any]:
        """How much is held out in each fold."""
        of_fold = {
            str(fold): {"groups": len(self.groups_of_fold[fold]), "questions": len(self.held_out[fold])}
            for fold in folds
        }
        return {"held_out": {"what": self.group, "folds": of_fold}}

    def _on_held_out(self, log: Log, fold: int) -> NDArray[np.bool_]:
        return np.isin(question_rows(log, self._q_matrix), self.held_out[fold])


class NewQuestions(ColdStart):
    """Whole generator families are held out, never single draws of their numbers."""

    name = "new-questions"
    group = "families of questions"
    told: ClassVar[dict[str, str]] = {
        **LeakFree.told,
        "history": CONTEXT,
        "predicted": "test students on held-out questions alone; families of questions are held out as a whole",
    }

    def groups(self, bank: Bank) -> list[set[str]]:
        """The family; without one, questions with the same text and KCs are a group."""
        return [
            {question.family or digest("question", question.text, *sorted(question.concepts))}
            for question in bank.questions
        ]


class NewConcepts(ColdStart):
    """Whole KCs are held out with every question that exercises one, near-synonyms of one cluster together."""

    name = "new-concepts"
    group = "KCs"
    told: ClassVar[dict[str, str]] = {
        **LeakFree.told,
        "history": CONTEXT,
        "predicted": "test students on held-out questions alone: all that exercise a held-out KC",
    }

    def groups(self, bank: Bank) -> list[set[str]]:
        """The clusters of its KCs."""
        cluster = {concept.concept_id: concept.cluster or concept.concept_id for concept in bank.concepts}
        return [{cluster[concept] for concept in question.concepts} for question in bank.questions]

"""Real logs as schedules: who answered which question when, for simulated students to answer in their place."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Concept, Distractor, Log, Misconception, Question, QuestionKind
from preceptor.simulate import TERM_START_SECONDS

MINUTE_SECONDS = 60.0
MISCONCEPTIONS = 4
"""Named misconceptions a concept: as many as the built-in course has."""
TEMPTING = 3
"""Wrong answers of a question that have a misconception behind them, as in most questions of the built-in course."""
SHRINKAGE = 10.0
"""Answers that a question's own share of right ones has to outweigh before it counts half."""
KEY = "right"


@dataclass(frozen=True)
class Schedule:
    """Answers of real students, sorted by student and order; one concept a question.

    Args:
        bank: Their questions with the difficulties that the answers show; texts are not needed.
        student: int64 [rows], ascending from 0.
        question: int64 [rows], rows of `bank`.
        concept: int64 [rows], concepts of `bank`.
        time_seconds: float64 [rows].
        correct: bool [rows].
        slot: int64 [rows], which of the question's wrong answers was given; −1 for none or unknown.
    """

    bank: Bank
    student: NDArray[np.int64]
    question: NDArray[np.int64]
    concept: NDArray[np.int64]
    time_seconds: NDArray[np.float64]
    correct: NDArray[np.bool_]
    slot: NDArray[np.int64]

    @property
    def students(self) -> int:
        """How many there are."""
        return int(self.student[-1]) + 1


@dataclass(frozen=True)
class Share:
    """Which part of a log is used, so that a fit takes minutes.

    Args:
        students: Drawn by the seed from those with at least `least` answers on the concepts.
        concepts: The concepts with the most answers.
        answers: First answers a student.
        least: Fewest answers of a student.
        seed: Seed of the draw.
    """

    students: int
    concepts: int
    answers: int
    least: int = 2
    seed: int = 0


def schedule_of(bank: Bank, log: Log, share: Share, options: int = 0) -> Schedule:
    """The part of a log as a schedule; a question counts for its first concept.

    Args:
        bank: The log's bank.
        log: The answers.
        share: Which part.
        options: Options of every question; 0 where answers are open.
    """
    place = {question.question_id: i for i, question in enumerate(bank.questions)}
    first = np.array([bank.q_matrix.concepts[place[name], 0] for name in log.question_ids])[log.question]
    counts = np.bincount(first[first >= 0], minlength=len(bank.concepts))
    kept = np.sort(np.argsort(-counts, kind="stable")[: share.concepts])
    rows = np.flatnonzero(np.isin(first, kept))
    rows = rows[_order_in_student(log.student[rows]) < share.answers]
    able = np.flatnonzero(np.bincount(log.student[rows]) >= share.least)
    chosen = np.random.default_rng(share.seed).permutation(able)[: share.students]
    rows = rows[np.isin(log.student[rows], chosen)]
    questions, question = np.unique(log.question[rows], return_inverse=True)
    concept = np.searchsorted(kept, first[rows])
    right = log.correct[rows] > 0.5
    concept_of = np.zeros(len(questions), dtype=np.int64)
    concept_of[question] = concept
    difficulty = difficulties(question, concept, concept_of, right)
    time = log.time_seconds[rows]
    minutes = TERM_START_SECONDS + MINUTE_SECONDS * _order_in_student(log.student[rows])
    return Schedule(
        bank=anonymous_bank(concept_of, difficulty, len(kept), options),
        student=np.unique(log.student[rows], return_inverse=True)[1].astype(np.int64),
        question=question.astype(np.int64),
        concept=concept.astype(np.int64),
        time_seconds=np.where(np.isnan(time), minutes, time),
        correct=right,
        slot=_slots(question, right, log.response[rows], options),
    )


def difficulties(
    question: NDArray[np.int64], concept: NDArray[np.int64], concept_of: NDArray[np.int64], right: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Logit of the concept's share of right answers less that of the question's, drawn in; float64 [questions]."""
    of_concept = (np.bincount(concept, right) + 1) / (np.bincount(concept) + 2)
    base = of_concept[concept_of]
    own = (np.bincount(question, right) + SHRINKAGE * base) / (np.bincount(question) + SHRINKAGE)
    return np.asarray(_logit(base) - _logit(own))


def anonymous_bank(concept_of: NDArray[np.int64], difficulty: NDArray[np.float64], concepts: int, options: int) -> Bank:
    """Questions without texts; in each, some of its concept's misconceptions tempt in turn."""
    names = [f"concept-{i}" for i in range(concepts)]
    wrong = tuple(f"wrong {i}" for i in range(TEMPTING))
    questions = tuple(
        Question(
            question_id=f"question-{i}",
            text=str(i),
            kind=QuestionKind.CHOICE if options else QuestionKind.NUMBER,
            key=KEY,
            concepts=(names[c],),
            options=(KEY, *wrong) if options else (),
            distractors=tuple(
                Distractor(text, f"misconception-{c}-{(i + slot) % MISCONCEPTIONS}") for slot, text in enumerate(wrong)
            ),
            difficulty=float(difficulty[i]),
        )
        for i, c in enumerate(concept_of.tolist())
    )
    wrong_ideas = tuple(
        Misconception(f"misconception-{c}-{k}", names[c], "", "")
        for c in range(concepts)
        for k in range(MISCONCEPTIONS)
    )
    return Bank(tuple(Concept(name, name) for name in names), questions, wrong_ideas)


def _slots(
    question: NDArray[np.int64], right: NDArray[np.bool_], response: NDArray[np.object_], options: int
) -> NDArray[np.int64]:
    """Which wrong answer each is, in the order of the texts of each question's wrong ones."""
    slot = np.full(len(question), -1, dtype=np.int64)
    if not options:
        return slot
    for one in np.unique(question):
        rows = np.flatnonzero((question == one) & ~right & (response != ""))
        slot[rows] = np.unique(response[rows].astype(str), return_inverse=True)[1]
    return slot


def _order_in_student(student: NDArray[np.int32]) -> NDArray[np.int64]:
    """0, 1, 2 … within each run of equal numbers."""
    start = np.flatnonzero(np.concatenate([[True], student[1:] != student[:-1]]))
    return np.arange(len(student)) - np.repeat(start, np.diff(np.append(start, len(student))))


def _logit(p: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log(p / (1 - p)))

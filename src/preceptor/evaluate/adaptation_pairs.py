"""Random pairs of students that differ in one thing only: recency, mastery or the last error on one concept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, Interaction, Outcome, Question
from preceptor.mind import MindModel, Minds
from preceptor.trace import Answers

RECENCY, MASTERY, LAST_ERROR = "recency", "mastery", "last error"
DIFFERENCES = (RECENCY, MASTERY, LAST_ERROR)
OWN, OTHERS = 6, 24
"""Answers on the concept, and answers on others after them, of each student."""
SINCE_SECONDS = 3_600.0
"""From the last answer to the turn: another sitting."""
APART_SECONDS = 60.0
NEAR_DAYS, FAR_DAYS = (0.1, 1.0), (14.0, 120.0)
NAMED_WRONG = 0.6
"""Share of wrong answers with a known misconception behind them, where the question has one."""


@dataclass(frozen=True)
class Pair:
    """Two students.

    Args:
        differs: In what.
        concept_id: On which concept.
        histories: Their answers; the same questions in the same order.
    """

    differs: str
    concept_id: str
    histories: tuple[tuple[Interaction, ...], tuple[Interaction, ...]]


def draw_pair(bank: Bank, rows: NDArray[np.int64], differs: str, at_seconds: float, rng: np.random.Generator) -> Pair:
    """Draw a pair: answers on a random concept, then the same answers on others for both.

    Recency: the answers on the concept lie 0.1 to 1 days back for one, 14 to 120 for the other. Mastery: all but the
    last of them are right with chance 0.95 for one, 0.1 for the other. Last error: the last of them is right for one,
    wrong for the other. Everything else is drawn once and shared.

    Args:
        bank: The questions.
        rows: int64 [n], places of the questions that may be asked.
        differs: One of `DIFFERENCES`.
        at_seconds: The moment of the turn.
        rng: Randomness.
    """
    asked = [bank.questions[row] for row in rows]
    concept_id = str(rng.choice(sorted({c for question in asked for c in question.concepts})))
    on, off = _parted(asked, concept_id)
    own = [on[i] for i in rng.integers(len(on), size=OWN)]
    others = [off[i] for i in rng.integers(len(off), size=OTHERS)] if off else []
    skill, noise = rng.uniform(0.3, 1.0), rng.uniform(size=(OWN + OTHERS, 2))
    days = (rng.uniform(*NEAR_DAYS), rng.uniform(*FAR_DAYS)) if differs == RECENCY else (rng.uniform(*NEAR_DAYS),) * 2
    sides = []
    for side in (0, 1):
        chance = np.full(OWN, (0.95, 0.1)[side] if differs == MASTERY else skill)
        right = noise[:OWN, 0] < chance
        right[-1] = side == 0 if differs == LAST_ERROR else noise[OWN - 1, 0] < skill
        back = days[side] * SECONDS_PER_DAY + SINCE_SECONDS + OTHERS * APART_SECONDS
        times = [at_seconds - back + (i - OWN) * APART_SECONDS for i in range(OWN)]
        times += [at_seconds - SINCE_SECONDS + (i - OTHERS) * APART_SECONDS for i in range(OTHERS)]
        ended = [*right, *(noise[OWN:, 0] < skill)]
        answered = zip([*own, *others], ended, noise[:, 1], times, strict=False)
        sides.append(tuple(_answer(f"{side}", i, *what) for i, what in enumerate(answered)))
    return Pair(differs, concept_id, (sides[0], sides[1]))


def minds_of(model: MindModel, histories: Sequence[Sequence[Interaction]]) -> Minds:
    """The minds of students with equally many answers, all in step."""
    minds, index = model.initial(len(histories)), model.q_matrix.question_index
    for step in zip(*histories, strict=True):
        answers = Answers(
            np.array([index[event.question_id] for event in step]),
            np.array([event.correct for event in step], dtype=np.float32),
            np.array([event.time_seconds for event in step], dtype=np.float64),
            np.full(len(step), np.nan, dtype=np.float32),
        )
        minds = model.answer(minds, answers)
    return minds


def _parted(asked: Sequence[Question], concept_id: str) -> tuple[list[Question], list[Question]]:
    on = [question for question in asked if concept_id in question.concepts]
    return on, [question for question in asked if concept_id not in question.concepts]


def _answer(student: str, i: int, question: Question, right: bool, noise: float, seconds: float) -> Interaction:
    named = [d.answer for d in question.distractors if d.misconception_id]
    wrong = named[int(noise / NAMED_WRONG * len(named))] if named and noise < NAMED_WRONG else ""
    return Interaction(
        f"{student}-{i}",
        student,
        question.question_id,
        question.revision,
        float(right),
        i,
        seconds,
        question.key if right else wrong,
        outcome=Outcome.CORRECT if right else Outcome.WRONG,
    )

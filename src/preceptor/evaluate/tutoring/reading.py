"""What a turn's text did, read from the text alone by one function for all arms."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from preceptor.domain import Bank, Question
from preceptor.evaluate.examiner import Asked, false_claims, leak
from preceptor.simulate import Acts
from preceptor.simulate.acts import NOTHING

OPENING_SENTENCES = 2
"""Sentences in which a text says whether an answer is right."""
PREFIX = 24
"""Signs by which a stem is looked up."""
_SENTENCES = re.compile(r"(?<=[.!?:])\s+|\n+")
_DENIES = re.compile(
    r"\b(?:not (?:quite|yet|right|correct)|is not (?:it|the answer)|does not fit|isn't (?:it|right)|incorrect|wrong|"
    r"(?:noch )?nicht (?:ganz|richtig|die (?:lösung|antwort))|passt (?:noch )?nicht|ist es (?:noch )?nicht|falsch)\b",
    re.IGNORECASE,
)
_CONFIRMS = re.compile(
    r"\b(?:(?:is|that's|that is) right|correct|well done|(?:stimmt|richtig|korrekt|gut gemacht))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn of one student as it was shown.

    Args:
        question: The row of the asked question; −1 for none.
        before: What was said while the question was open.
        after: What was said about the answer, or instead of a question.
        right: Whether the answer was right.
    """

    question: int
    before: str
    after: str
    right: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What one turn did.

    Args:
        verdict: 1 for a true verdict, −1 for a false one, 0 for none.
        misconception: The misconception that was put right, by its place in the bank; −1 for none.
        explained: Concept → share of a correct worked explanation.
        told: How the answer was given away before; empty if it was not.
        hints: Hints of the question that were open.
        wrong: False claims in the text.
    """

    verdict: int = 0
    misconception: int = NOTHING
    explained: tuple[tuple[int, float], ...] = ()
    told: str = ""
    hints: int = 0
    wrong: tuple[str, ...] = ()


class Reader:
    """Reads turns over one bank. It never learns who spoke: an arm cannot be graded by its name.

    Args:
        bank: Questions with stems, steps and hints, concepts, misconceptions with remedies.
    """

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._concept = bank.q_matrix.concept_index
        self._stems: dict[str, list[int]] = {}
        for row, question in enumerate(bank.questions):
            self._stems.setdefault(_flat(question.text)[:PREFIX], []).append(row)
        self._remedy = {
            m.misconception_id: (i, _flat(m.remedy)) for i, m in enumerate(bank.misconceptions) if m.remedy.strip()
        }

    def read(self, turned: Turned) -> Read:
        """The acts of one turn."""
        wrong = tuple(false_claims(turned.before)) + tuple(false_claims(turned.after))
        shown = [] if turned.question == NOTHING else [turned.question]
        shown += [row for row in self._named(turned.after) if row not in shown]
        explained: dict[int, float] = {}
        for row in shown:
            for concept, share in self._explained(self.bank.questions[row], turned.after):
                explained[concept] = max(share, explained.get(concept, 0.0))
        if turned.question == NOTHING:
            return Read(explained=tuple(explained.items()), wrong=wrong)
        question = self.bank.questions[turned.question]
        verdict = _verdict(turned.after, turned.right)
        wrong += () if verdict >= 0 else ("the verdict",)
        return Read(
            verdict,
            self._put_right(question, turned.after),
            tuple(explained.items()),
            self.given_away(question, turned.before),
            _hints(question, turned.before),
            wrong,
        )

    def given_away(self, question: Question, text: str) -> str:
        """How a text gives the answer of an open question away; empty if it does not."""
        if not text:
            return ""
        stems = Asked(question.text, question.key, question.kind.value, question.options)
        return leak(stems, [], [text])

    def _named(self, text: str) -> Iterable[int]:
        """Questions whose stems stand in a text."""
        flat = _flat(text)
        for part in _SENTENCES.split(text):
            for row in self._stems.get(_flat(part)[:PREFIX], ()) or self._stems_from(flat, _flat(part)):
                if _flat(self.bank.questions[row].text) in flat:
                    yield row

    def _stems_from(self, flat: str, part: str) -> Sequence[int]:
        """Questions that begin as a sentence does which is shorter than the beginning that is looked up."""
        if len(part) >= PREFIX or not part:
            return ()
        place = flat.find(part)
        return self._stems.get(flat[place : place + PREFIX], ())

    def _explained(self, question: Question, text: str) -> Iterable[tuple[int, float]]:
        """Of every concept of a worked solution, the share of its steps that stand in a text and are true."""
        flat = _flat(text)
        steps: dict[int, list[bool]] = {}
        for step in question.steps:
            given = _flat(step.text) in flat and not false_claims(step.text)
            for concept_id in step.concepts or question.concepts[:1]:
                steps.setdefault(self._concept[concept_id], []).append(given)
        for concept, given_steps in steps.items():
            share = sum(given_steps) / len(given_steps)
            if share:
                yield concept, share

    def _put_right(self, question: Question, text: str) -> int:
        """The misconception of one of the question's wrong answers whose remedy stands in a text."""
        flat = _flat(text)
        for distractor in question.distractors:
            place, remedy = self._remedy.get(distractor.misconception_id, (NOTHING, ""))
            if remedy and remedy in flat:
                return place
        return NOTHING


def acts_of(reads: Sequence[Read], concepts: int) -> Acts:
    """What the students' minds learn of the turns, and nothing else."""
    explained = np.zeros((len(reads), concepts))
    for row, read in enumerate(reads):
        for concept, share in read.explained:
            explained[row, concept] = share
    return Acts(
        np.array([read.verdict for read in reads], dtype=np.int64),
        np.array([read.misconception for read in reads], dtype=np.int64),
        explained,
        np.array([bool(read.told) for read in reads], dtype=bool),
        np.array([read.hints for read in reads], dtype=np.int64),
    )


def _verdict(text: str, right: bool) -> int:
    """What the first of the opening sentences that confirms or denies says, held against the truth."""
    for sentence in _SENTENCES.split(text.strip())[:OPENING_SENTENCES]:
        if _DENIES.search(sentence):
            return -1 if right else 1
        if _CONFIRMS.search(sentence):
            return 1 if right else -1
    return 0


def _hints(question: Question, text: str) -> int:
    """The highest hint of a question that stands in a text."""
    flat = _flat(text)
    return max((n for n, hint in enumerate(question.hints, 1) if flat and _flat(hint) in flat), default=0)


def _flat(text: str) -> str:
    return "".join(text.split()).casefold()

"""Students' memories with their vectors, kept in memory and always equal to those of their history."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import RLock
from typing import Self

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import Bank, Interaction
from preceptor.embed import DEFAULT_RERANKER, Encoder, Reranker, make_encoder, make_reranker
from preceptor.mind import MindModel, Minds
from preceptor.tutor import Fading, MemoryIndex, Ranking
from preceptor.tutor.student_model import StudentModel
from preceptor.workflow.minds import StudentRecord

MOST_STUDENTS = 64
"""Students whose memories are kept at once; of a thousand answers with the lexical encoder half a megabyte each."""


MOST_TEXTS = 16_000
"""Texts whose vectors are kept; with 256 numbers each sixteen megabytes."""


@dataclass(frozen=True)
class Remembered:
    """What is kept of one student.

    Args:
        model: Follows the history.
        index: The memories with their vectors.
        taken: The answers that both have taken in.
    """

    model: StudentModel
    index: MemoryIndex
    taken: tuple[Interaction, ...] = ()


class KeptEncoder:
    """An encoder that encodes a text once: a turn asks for the same texts in several places.

    Args:
        encoder: Makes the vectors.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.key = encoder.key
        self._encoder = encoder
        self._rows: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = RLock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; see `Encoder.encode`."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._rows]
            if new:
                self._rows |= zip(new, self._encoder.encode(new), strict=True)
            found = [self._rows[text] for text in texts]
            for text in texts:
                self._rows.move_to_end(text)
            while len(self._rows) > MOST_TEXTS:
                self._rows.popitem(last=False)
        return np.stack(found) if found else self._encoder.encode(texts)


class Remembering:
    """Follows students; one more answer costs the encoding of what it leaves to remember.

    Args:
        encoder: Of the memories.
        bank: The questions.
        reranker: Looks at candidates closely; None for late interaction by the encoder's tokens.
        by_retention: Whether memories fade as their concepts do; see docs/results/tutor.md for what that changes.
    """

    def __init__(
        self, encoder: Encoder, bank: Bank, reranker: Reranker | None = None, *, by_retention: bool = False
    ) -> None:
        self.encoder = KeptEncoder(encoder)
        self._reranker = reranker or make_reranker(DEFAULT_RERANKER, encoder)
        self._by_retention = by_retention
        self._bank = bank
        self._kept: OrderedDict[tuple[str, bool], Remembered] = OrderedDict()
        self._lock = RLock()

    @classmethod
    def of_course(cls, course: Course, bank: Bank) -> Self:
        """As the course's settings say.

        `tutor_encoder` is a registered encoder, a folder or a hub id, `tutor_reranker` a reranker, see
        `preceptor.embed.make_reranker`, and `tutor_memories_fade` says whether memories fade.

        Raises:
            UserError: If a setting names nothing.
        """
        encoder = make_encoder(course.settings.resolve("tutor_encoder", "lexical"), corpus_of(bank))
        reranker = make_reranker(course.settings.resolve("tutor_reranker", DEFAULT_RERANKER), encoder)
        return cls(encoder, bank, reranker, by_retention=course.settings.resolve("tutor_memories_fade", False))

    def ranking(self, model: MindModel, mind: Minds, *, fades: bool = True) -> Ranking:
        """How memories of a student are ranked.

        Args:
            model: Knows the forgetting curve.
            mind: The student's.
            fades: Whether memories may fade at all.
        """
        fading = fading_of(model, mind) if self._by_retention and fades else None
        return Ranking(fading=fading, reranker=self._reranker)

    def of(self, record: StudentRecord) -> Remembered:
        """What a student's history leaves; made anew where the history is not what was known and more."""
        with self._lock:
            history = record.history
            # who knows of no times sees another history of the same student
            name = record.student_id, any(event.time_seconds is not None for event in history)
            known = self._kept.pop(name, None)
            if known is None or history[: len(known.taken)] != known.taken:  # imported or corrected in between
                known = Remembered(StudentModel(self._bank), MemoryIndex(self.encoder))
            new = [memory for event in history[len(known.taken) :] for memory in known.model.observe(event)]
            known.index.extend(new)
            self._kept[name] = kept = replace(known, taken=history)
            while len(self._kept) > MOST_STUDENTS:
                self._kept.popitem(last=False)
            return kept


def fading_of(model: MindModel, mind: Minds) -> Fading:
    """What is left of a memory by the fitted curve of its concept, as the student's practice made it.

    Args:
        model: Knows the curve.
        mind: The student's.
    """
    place = model.q_matrix.concept_index

    def left(concept_id: str, days: NDArray[np.float64]) -> NDArray[np.float64]:
        return model.retention_since(mind, place[concept_id], days) if concept_id in place else np.ones(len(days))

    return left


def corpus_of(bank: Bank) -> Sequence[str]:
    """What the tutor speaks about: concepts, misconceptions with their remedies, and questions."""
    concepts = [f"{concept.name}. {concept.explanation}" for concept in bank.concepts]
    mistakes = [f"{m.name}. {m.remedy}" for m in bank.misconceptions]
    return [*concepts, *mistakes, *(question.text for question in bank.questions)]

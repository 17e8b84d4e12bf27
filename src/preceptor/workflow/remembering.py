"""Students' memories with their vectors, kept in memory and always equal to those of their history."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Interaction
from preceptor.embed import Encoder
from preceptor.mind import MindModel, Minds
from preceptor.tutor import Fading, MemoryIndex
from preceptor.tutor.student_model import StudentModel
from preceptor.workflow.minds import StudentRecord

MOST_STUDENTS = 64
"""Students whose memories are kept at once; of a thousand answers with the lexical encoder half a megabyte each."""


@dataclass(frozen=True)
class Remembered:
    """What is kept of one student.

    Args:
        model: Follows the history.
        index: The memories with their vectors.
        history: The answers that both have taken in.
    """

    model: StudentModel
    index: MemoryIndex
    history: tuple[Interaction, ...] = ()


class Remembering:
    """Follows students; one more answer costs the encoding of what it leaves to remember.

    Args:
        encoder: Of the memories.
        bank: The questions.
    """

    def __init__(self, encoder: Encoder, bank: Bank) -> None:
        self.encoder = encoder
        self._bank = bank
        self._kept: OrderedDict[str, Remembered] = OrderedDict()
        self._lock = RLock()

    def of(self, record: StudentRecord) -> Remembered:
        """What a student's history leaves; made anew where the history is not what was known and more."""
        with self._lock:
            known = self._kept.pop(record.student_id, None)
            # The same objects nearly always, so that the comparison costs nothing; a corrected grade is another history.
            if known is None or record.history[: len(known.history)] != known.history:
                known = Remembered(StudentModel(self._bank), MemoryIndex(self.encoder))
            new = [memory for event in record.history[len(known.history) :] for memory in known.model.observe(event)]
            known.index.extend(new)
            self._kept[record.student_id] = kept = replace(known, history=record.history)
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

"""The vectors of a course: those it keeps, where they fit its bank, else lexical ones made on the spot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import Bank, UserError
from preceptor.embed import BankTexts, CourseVectors, LexicalEncoder
from preceptor.trace import QuestionVectors

KIND = "vectors"


def course_vectors(course: Course, bank: Bank) -> CourseVectors | None:
    """The vectors that `preceptor embed` left; None if there are none, or the texts have changed since."""
    folder = course.default(KIND)
    found = CourseVectors.load(folder) if folder else None
    return found if found and found.fits(BankTexts.of(bank)) else None


def lexical_vectors(bank: Bank) -> CourseVectors:
    """Vectors of a lexical encoder that is fitted on all texts of the bank."""
    texts = BankTexts.of(bank)
    encoder = LexicalEncoder().fit(texts.every)
    return CourseVectors.of(texts, texts.split(encoder.encode(texts.every)), "lexical", tuned=False)


def text_vectors(
    bank: Bank, tuned: bool, origin: NDArray[np.int64] | None = None, stored: CourseVectors | None = None
) -> QuestionVectors:
    """Vectors for a tracer.

    Args:
        bank: Gives the texts.
        tuned: Whether training may move the vectors.
        origin: int64, the questions wanted, repeats allowed; None for all in order.
        stored: The course's vectors, which fit the bank; None for lexical ones.
    """
    vectors = stored or lexical_vectors(bank)
    questions = vectors.questions if origin is None else vectors.questions[origin]
    return QuestionVectors(questions, vectors.concepts, tuned)


def require_untuned(vectors: CourseVectors | None, protocol: str) -> None:
    """Refuse vectors that were fitted to labels which a protocol holds out.

    Args:
        vectors: The course's vectors; None is fine.
        protocol: The protocol's name, for the message.

    Raises:
        UserError: If they were fine-tuned.
    """
    if vectors and vectors.tuned:
        raise UserError(
            f"The course's vectors were fine-tuned on its labels, which {protocol!r} holds out.",
            allowed="vectors of an encoder as it is",
            mend="run `preceptor embed COURSE` without --fine-tune",
        )


@dataclass(frozen=True, slots=True)
class VectorsUsed:
    """Which vectors a training used.

    Args:
        mode: "none", "frozen" or "tuned" (moved by the tracer's own training).
        encoder: The encoder; empty where no text was read.
        fine_tuned: Whether the encoder was fine-tuned on the course's labels.
        stored: Whether the course kept them, or they were made for this run.
    """

    mode: str = "none"
    encoder: str = ""
    fine_tuned: bool = False
    stored: bool = False

    @classmethod
    def of(cls, mode: str, stored: CourseVectors | None) -> "VectorsUsed":
        """What a mode means where the course keeps these vectors, or none."""
        if mode == "none":
            return cls(mode)
        return cls(mode, stored.encoder, stored.tuned, True) if stored else cls(mode, "lexical")

    def told(self) -> str:
        """In words."""
        if self.mode == "none":
            return "no text vectors"
        whose = "the course's" if self.stored else "made for this run; `preceptor embed` keeps the course its own"
        return f"{self.mode} vectors of {self.encoder}{', fine-tuned' if self.fine_tuned else ''} ({whose})"

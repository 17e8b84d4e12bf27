"""Where the vectors of texts come from: those a course keeps, where they fit its bank, else lexical ones.

A source is either `CourseVectors`, which hold the vectors of one bank, or an encoder fitted on the texts at hand, which
makes them.
"""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import Bank, UserError
from preceptor.embed import BankTexts, CourseVectors, Encoder, LexicalEncoder
from preceptor.trace import QuestionVectors
from preceptor.workflow.model_files import ENCODER_FOLDER

KIND, LEXICAL = "vectors", "lexical"
TextSource = CourseVectors | Encoder


def course_vectors(course: Course, bank: Bank) -> CourseVectors | None:
    """The vectors that `preceptor embed` left, in the bank's order; None if there are none or a text has none.

    What counts is what the questions and concepts say: other labels leave them as they are.
    """
    folder = course.default(KIND)
    return CourseVectors.load(folder).of_texts(BankTexts.of(bank)) if folder else None


def new_texts_note(course: Course, bank: Bank) -> str:
    """What to say where the course has vectors, but not of all its texts; empty otherwise."""
    folder = course.default(KIND)
    new, total = CourseVectors.load(folder).new(BankTexts.of(bank)) if folder else (0, 0)
    if not new:
        return ""
    return f"The course's vectors do not serve, {new:,} of {total:,} texts are new: preceptor embed {course.path}"


def chosen_encoder(course: Course, flag: str) -> str:
    """The encoder that a flag names, else the setting `encoder`; empty if neither does."""
    return course.settings.resolve("encoder", "", flag or None)


def text_encoder(*banks: Bank) -> LexicalEncoder:
    """A lexical encoder fitted on all texts of some banks, so that their vectors stand in one space."""
    return LexicalEncoder().fit([text for bank in banks for text in BankTexts.of(bank).every])


def source_for(course: Course, bank: Bank) -> TextSource:
    """The course's vectors where they fit its bank, else an encoder fitted on it."""
    return course_vectors(course, bank) or text_encoder(bank)


def source_before(stored: CourseVectors | None, before: Bank) -> TextSource:
    """Where vectors come from while some questions and KCs of a bank are not there yet.

    Vectors without a key do not count: their encoder was fitted on the whole bank's texts and has read those of the
    future.

    Args:
        stored: The course's vectors, not fine-tuned; None if it has none.
        before: The bank without what joins later.
    """
    return stored if stored and stored.key else text_encoder(before)


def shared_sources(course: Course, bank: Bank, other_course: Course, other: Bank) -> tuple[TextSource, TextSource]:
    """Sources of two courses in one space: the vectors of both, where one unfitted encoder made them, else lexical."""
    own, others = course_vectors(course, bank), course_vectors(other_course, other)
    if own and others and own.in_one_space(others.key):
        return own, others
    encoder = text_encoder(bank, other)
    return encoder, encoder


def keep_encoder(source: TextSource | None, folder: Path) -> None:
    """Keep beside a model the encoder that was fitted for its vectors, so that what joins later stands in their space.

    That is the source itself, or what stands beside the course's vectors; where neither holds, nothing is written.
    """
    if isinstance(source, LexicalEncoder):
        source.save(folder / ENCODER_FOLDER)
    elif isinstance(source, CourseVectors) and source.folder and not source.tuned:
        copy_encoder(source.folder, folder)


def copy_encoder(source: Path, folder: Path) -> None:
    """Copy the encoder of one run, if it has any, into the folder of another."""
    if (source / ENCODER_FOLDER).is_dir():
        copytree(source / ENCODER_FOLDER, folder / ENCODER_FOLDER)


def lexical_vectors(bank: Bank, encoder: Encoder | None = None) -> CourseVectors:
    """Vectors of a bank's texts by an encoder; None for one that is fitted on all of them."""
    texts = BankTexts.of(bank)
    encoder = encoder or LexicalEncoder().fit(texts.every)
    return CourseVectors.of(texts, texts.split(encoder.encode(texts.every)), LEXICAL, tuned=False)


def text_vectors(
    bank: Bank, tuned: bool, origin: NDArray[np.int64] | None = None, source: TextSource | None = None
) -> QuestionVectors:
    """Vectors for a tracer.

    Args:
        bank: Gives the texts.
        tuned: Whether training may move the vectors.
        origin: int64, the questions wanted, repeats allowed; None for all in order.
        source: Where they come from; None for an encoder fitted on the bank.
    """
    vectors = source.of_bank(bank) if isinstance(source, CourseVectors) else lexical_vectors(bank, source)
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
        key: See `CourseVectors.key`; a vector that joins later must come from an encoder of the same.
    """

    mode: str = "none"
    encoder: str = ""
    fine_tuned: bool = False
    stored: bool = False
    key: str = ""

    @classmethod
    def of(cls, mode: str, source: TextSource | None) -> "VectorsUsed":
        """What a mode means where vectors come from here."""
        if mode == "none":
            return cls(mode)
        if isinstance(source, CourseVectors):
            return cls(mode, source.encoder, source.tuned, True, source.key)
        return cls(mode, LEXICAL)

    def told(self) -> str:
        """In words."""
        if self.mode == "none":
            return "no text vectors"
        whose = "the course's" if self.stored else "made for this run; `preceptor embed` keeps the course its own"
        return f"{self.mode} vectors of {self.encoder}{', fine-tuned' if self.fine_tuned else ''} ({whose})"

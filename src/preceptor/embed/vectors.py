"""A course's vectors: of every question and concept, in one space, as files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from preceptor.domain import Bank, UserError
from preceptor.embed.texts import BankTexts, TextVectors, unit

_VECTORS, _CONFIG = "vectors.safetensors", "config.json"


@dataclass(frozen=True)
class CourseVectors:
    """Vectors of the questions and concepts of a bank, each of length √d, so that a coordinate has unit size.

    Args:
        question_ids: The questions, in the bank's order.
        concept_ids: The concepts, likewise.
        questions: float32 [questions, d]; a question that says nothing is all zeros.
        concepts: float32 [concepts, d].
        encoder: Name of the encoder.
        tuned: Whether they were fitted to labels of these questions: they must not stand where labels or questions
            are held out.
        content: Hash of the texts, see `BankTexts.content`.
        key: `Encoder.key`: vectors of equal keys that are not empty stand in one space. Empty where the encoder was
            fitted on these texts, or where they were tuned: no other vectors stand in their space.
        folder: What they were read from; None if they were made on the spot.
        question_hashes: Hashes of what the questions say, see `BankTexts.question_hashes`; empty where a version kept
            none.
        concept_hashes: The same of the concepts.
    """

    question_ids: tuple[str, ...]
    concept_ids: tuple[str, ...]
    questions: NDArray[np.float32]
    concepts: NDArray[np.float32]
    encoder: str
    tuned: bool
    content: str
    key: str = ""
    folder: Path | None = None
    question_hashes: tuple[str, ...] = ()
    concept_hashes: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: BankTexts, vectors: TextVectors, encoder: str, tuned: bool, key: str = "") -> "CourseVectors":
        """Join the vectors of texts into one a question, and scale.

        z_q = √d · normalise(½ · [e_q + mean over steps of e_s]) and z_c = √d · e_c.
        Tuned vectors get no key: they follow from labels beside the encoder.
        """
        length = np.sqrt(np.float32(vectors.questions.shape[1]))
        questions, concepts = vectors.of_questions() * length, unit(vectors.concepts) * length
        own = "" if tuned else key
        return cls(
            texts.question_ids, texts.concept_ids, questions, concepts, encoder, tuned, texts.content, own,
            question_hashes=texts.question_hashes, concept_hashes=texts.concept_hashes,
        )  # fmt: skip

    def of_bank(self, bank: Bank) -> "CourseVectors":
        """The vectors of a bank whose questions and concepts all have one here, in its order."""
        texts = BankTexts.of(bank)
        if (texts.question_ids, texts.concept_ids) == (self.question_ids, self.concept_ids):
            return self
        return self._taken(texts, _places(self.question_ids, texts.question_ids),
                           _places(self.concept_ids, texts.concept_ids))  # fmt: skip

    def of_texts(self, texts: BankTexts) -> "CourseVectors | None":
        """The vectors of texts that all have one here, whatever their labels, ids and order are; else None."""
        if self.content == texts.content:
            return self
        questions, concepts = self._rows(texts)
        return None if -1 in (*questions, *concepts) else self._taken(texts, questions, concepts)

    def new(self, texts: BankTexts) -> tuple[int, int]:
        """How many of the questions and concepts say what has no vector here, and of how many."""
        rows = [row for part in self._rows(texts) for row in part]
        return (0 if self.content == texts.content else rows.count(-1)), len(rows)

    def _rows(self, texts: BankTexts) -> tuple[list[int], list[int]]:
        """Where the vector of every question and concept stands; −1 for those without."""
        return (
            _rows(self.question_ids, self.question_hashes, texts.question_ids, texts.question_hashes, texts.questions),
            _rows(self.concept_ids, self.concept_hashes, texts.concept_ids, texts.concept_hashes, texts.concepts),
        )

    def _taken(self, texts: BankTexts, questions: list[int], concepts: list[int]) -> "CourseVectors":
        return replace(
            self,
            question_ids=texts.question_ids,
            concept_ids=texts.concept_ids,
            questions=np.ascontiguousarray(self.questions[questions]),
            concepts=np.ascontiguousarray(self.concepts[concepts]),
            content=texts.content,
            question_hashes=texts.question_hashes,
            concept_hashes=texts.concept_hashes,
        )

    def in_one_space(self, key: str) -> bool:
        """Whether vectors of an encoder with this key stand in the same space; never for an empty key."""
        return bool(key) and self.key == key

    def save(self, folder: Path) -> None:
        """Write into an existing folder."""
        save_file({"questions": self.questions, "concepts": self.concepts}, folder / _VECTORS)
        config = {
            "encoder": self.encoder,
            "tuned": self.tuned,
            "content": self.content,
            "key": self.key,
            "questions": self.question_ids,
            "concepts": self.concept_ids,
            "question_hashes": self.question_hashes,
            "concept_hashes": self.concept_hashes,
        }
        (folder / _CONFIG).write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "CourseVectors":
        """Read what `save` wrote.

        Raises:
            UserError: If the folder holds no whole vectors.
        """
        try:
            config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
            tables = load_file(folder / _VECTORS)
            return cls(
                tuple(config["questions"]),
                tuple(config["concepts"]),
                tables["questions"],
                tables["concepts"],
                config["encoder"],
                config["tuned"],
                config["content"],
                config.get("key", ""),  # absent from files of older versions
                folder,
                tuple(config.get("question_hashes", ())),
                tuple(config.get("concept_hashes", ())),
            )
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise UserError(f"{folder} holds no vectors ({error}).", mend="embed the course again") from error


def in_order(ids: Sequence[str], table: NDArray[np.float32], wanted: Sequence[str]) -> NDArray[np.float32]:
    """The rows of a table whose rows are named, in the order wanted; every name wanted has one."""
    return np.ascontiguousarray(table[_places(ids, wanted)])


def _places(ids: Sequence[str], wanted: Sequence[str]) -> list[int]:
    row = {name: i for i, name in enumerate(ids)}
    return [row[name] for name in wanted]


def _rows(
    ids: Sequence[str], hashes: Sequence[str], wanted: Sequence[str], says: Sequence[str], texts: Sequence[str]
) -> list[int]:
    """Rows of the same id that say the same; else of any id, for the same words have the same vector."""
    if not hashes:
        return [-1] * len(wanted)
    own = {pair: i for i, pair in enumerate(zip(ids, hashes, strict=True))}
    alike = {said: i for i, said in enumerate(hashes)}
    return [
        own.get((name, said), alike.get(said, -1) if text else -1)
        for name, said, text in zip(wanted, says, texts, strict=True)
    ]

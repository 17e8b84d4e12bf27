"""The contract of readers: files of some format in, a bank and a log out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from preceptor.data.dialogues import ImportedDialogue
from preceptor.domain import Bank, Log

Order = Literal["time", "file"]
OnBadRow = Literal["fail", "skip"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about the files; every reader takes what concerns it.

    Args:
        source: Name of the data set; part of every question and event id, so that files of one set share their
            questions. Empty: the reader's own name for the set.
        columns: Role (for example "student") → name of the column that plays it.
        mapping_file: TOML file with the same information; None if there is none.
        bank_file: CSV of the questions that a log may name; None if the log itself is all there is.
        concept_separator: What separates several concepts in one cell; empty means `;` or `~~`.
        time_unit: Unit of epoch times, "s" or "ms"; None lets the reader guess and report its guess.
        order: "time" sorts a timed log by time; "file" declares the file's order to be the order.
        on_bad_row: "fail" refuses the whole import; "skip" leaves bad rows out and reports them.
        encoding: Text encoding of the files.
        courses: Keep only these courses of a collection; empty means the reader's default.
    """

    source: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    mapping_file: Path | None = None
    bank_file: Path | None = None
    concept_separator: str = ""
    time_unit: str | None = None
    order: Order = "time"
    on_bad_row: OnBadRow = "fail"
    encoding: str = "utf-8"
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was left out.

    Args:
        file: The file the row stands in.
        row: The data row, counted from 1; for text files the message of a failed import also names the line.
        reason: Why it was left out.
    """

    file: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedVectors:
    """Vectors that came with a bank.

    Args:
        question_ids: The questions that have one.
        concept_ids: The concepts that have one.
        questions: float32 [questions, width], of length √width.
        concepts: float32 [concepts, width], likewise.
    """

    question_ids: tuple[str, ...]
    concept_ids: tuple[str, ...]
    questions: NDArray[np.float32]
    concepts: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a reader returns.

    Args:
        bank: The questions and concepts of the files.
        log: Their interactions; `Log.empty()` for a format that holds questions only.
        report: Counts worth telling, for example rows read, merged, moved.
        notes: What the reader decided by itself, one sentence each, for example which column it took.
        rejects: Rows left out; empty unless `on_bad_row` is "skip".
        vectors: Vectors of all its questions and concepts; None for a format without.
        network: Weights of a network that traces over `vectors`, by their names in the format; None if there is none.
        dialogues: What other tutors and these students said.
    """

    bank: Bank
    log: Log
    report: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rejects: tuple[Reject, ...] = ()
    vectors: ImportedVectors | None = None
    network: Mapping[str, NDArray[np.float32]] | None = None
    dialogues: tuple[ImportedDialogue, ...] = ()


class Reader(Protocol):
    """Reads one format. It writes nothing and takes neither clock nor randomness.

    A reader says in `takes` which fields of `ReadOptions` it minds; others are refused when they are given.
    """

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read files or folders.

        Args:
            sources: Files or folders, at least one.
            options: What the user says about them.

        Raises:
            UserError: If the input is missing, damaged or wrong: with file and row, bad rows together.
        """
        ...

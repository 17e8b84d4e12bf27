"""ASSISTments sets as AKT released them: five files, one fold of students each (Ghosh et al., 2020)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.data.akt_blocks import Blocks, parse_blocks
from preceptor.data.assemble import event_ids, positions, revisions
from preceptor.data.names import names_by_number
from preceptor.data.problems import settle
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.text import read_text
from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, UserError, question_id

_FILE = re.compile(r"(?P<source>.+?)(?:_pid)?_test(?P<fold>\d+)\.csv")


class AktFoldsReader:
    """Reads `NAME_test1.csv` to `NAME_test5.csv`; KC names come from a `skill.json` beside them."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read fold files or folders of them; rows of one answer are merged, see `interaction_starts`.

        Args:
            sources: Folders, or files named like `assist2009_pid_test1.csv`.
            options: Takes `source`, `encoding` and `on_bad_row`.

        Raises:
            UserError: If files are missing, misnamed, damaged or hold no answers.
        """
        files = [file for source in sources for file in _fold_files(source)]
        parsed = [parse_blocks(path, read_text(path, options.encoding)) for path, _, _ in files]
        rejects = settle((p for blocks in parsed for p in blocks.problems), options.on_bad_row)
        columns = _columns(parsed, [fold for _, _, fold in files])
        if len(columns.student) == 0:
            raise UserError(f"{sources[0]} holds no answers.", allowed="at least one student with one answer")
        names = names_by_number(files[0][0].parent / "skill.json", options.encoding)
        source = options.source or files[0][1]
        bank, log, merged, varying = _assembled(columns, source, names)
        report = {"rows_read": len(columns.student), "rows_merged": merged, "rows_rejected": len(rejects)}
        report |= {"questions_with_varying_concepts": varying}
        notes = () if columns.with_questions else ("The files have no question ids: each KC stands as one.",)
        return Imported(bank, log, report, notes, rejects)


@dataclass(frozen=True, slots=True)
class _Columns:
    students: tuple[str, ...]
    folds: NDArray[np.int64]
    student: NDArray[np.int64]
    question: NDArray[np.int64]
    concept: NDArray[np.int64]
    correct: NDArray[np.float64]
    with_questions: bool


def interaction_starts(
    student: NDArray[Any], question: NDArray[Any], correct: NDArray[Any], concept: NDArray[Any]
) -> NDArray[np.bool_]:
    """Find the rows that begin an interaction where an answer on several KCs takes one row a KC.

    Consecutive rows of one student with the same question and correctness are one interaction as long as every
    row brings a KC that the interaction does not have yet; a repeated KC begins a new one.

    Args:
        student: Student of every row; rows of a student are consecutive.
        question: Question of every row.
        correct: Credit of every row.
        concept: KC of every row.

    Returns:
        True where an interaction begins.
    """
    rows = len(student)
    starts = np.ones(rows, dtype=bool)
    same = [column[1:] == column[:-1] for column in (student, question, correct)]
    starts[1:] = ~np.logical_and.reduce(same)
    group = np.cumsum(starts)
    # The previous row of the same group with the same KC, −1 if there is none.
    order = np.lexsort((np.arange(rows), concept, group))
    repeats = (group[order][1:] == group[order][:-1]) & (concept[order][1:] == concept[order][:-1])
    previous = np.full(rows, -1)
    previous[order[1:][repeats]] = order[:-1][repeats]
    begin = -1  # only rows that begin an interaction inside a group move it; rows ascend, so groups never mix
    for row in np.flatnonzero(previous >= 0).tolist():
        if previous[row] >= begin:
            begin = row
            starts[row] = True
    return starts


def _fold_files(source: Path) -> list[tuple[Path, str, int]]:
    """Files of a source with the set's name and the fold number."""
    if not source.exists():
        raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
    paths = sorted(source.glob("*_test*.csv")) if source.is_dir() else [source]
    found = [(path, match) for path in paths if (match := _FILE.fullmatch(path.name))]
    if not found:
        raise UserError(
            f"{source} holds no fold files." if source.is_dir() else f"{source} is not named as a fold file.",
            allowed="files named like NAME_test1.csv; the number is the students' fold",
        )
    return [(path, match["source"], int(match["fold"])) for path, match in found]


def _columns(parsed: Sequence[Blocks], folds: Sequence[int]) -> _Columns:
    students = tuple(name for blocks in parsed for name in blocks.students)
    name, times = max(Counter(students).items(), key=lambda item: item[1], default=("", 0))
    if times > 1:
        raise UserError(
            f"Student {name} stands in {times} files.",
            allowed="files that share no student",
            mend="import one data set at a time",
        )
    with_questions = {blocks.question is not None for blocks in parsed}
    if len(with_questions) > 1:
        raise UserError("Some of the files have question ids and some have none.", mend="import one set at a time")
    lengths = np.concatenate([blocks.lengths for blocks in parsed])
    return _Columns(
        students,
        np.repeat(folds, [len(blocks.students) for blocks in parsed]),
        np.repeat(np.arange(len(students)), lengths),
        np.concatenate([blocks.concept if blocks.question is None else blocks.question for blocks in parsed]),
        np.concatenate([blocks.concept for blocks in parsed]),
        np.concatenate([blocks.correct for blocks in parsed]),
        with_questions.pop(),
    )


def _assembled(columns: _Columns, source: str, names: Mapping[int, str]) -> tuple[Bank, Log, int, int]:
    starts = interaction_starts(columns.student, columns.question, columns.correct, columns.concept)
    source_ids, question_of_row = np.unique(columns.question, return_inverse=True)
    bank, varying = _bank(columns, starts, source_ids, question_of_row, source, names)
    student, question = columns.student[starts], question_of_row[starts]
    correct = columns.correct[starts]
    ids = [entry.question_id for entry in bank.questions]
    log = Log.of(
        columns.students,
        ids,
        student=student,
        question=question,
        correct=correct,
        event_id=event_ids(source, columns.students, ids, student, positions(student), question, correct),
        revision=revisions(bank.questions, question),
        student_fold=columns.folds,
    )
    return bank, log, len(columns.student) - len(log), varying


def _bank(
    columns: _Columns,
    starts: NDArray[np.bool_],
    source_ids: NDArray[np.int64],
    question_of_row: NDArray[np.int64],
    source: str,
    names: Mapping[int, str],
) -> tuple[Bank, int]:
    """Bank of the set, and the number of questions whose KCs differ between interactions."""
    found, concept_of_row = np.unique(columns.concept, return_inverse=True)
    concept_numbers = found.tolist()
    concepts = {n: Concept(f"{source}:{n}", _name(names.get(n, ""), n)) for n in concept_numbers}
    pairs = np.unique(question_of_row * len(found) + concept_of_row)
    of_question: list[list[int]] = [[] for _ in source_ids]
    for question, concept in zip(*(part.tolist() for part in np.divmod(pairs, len(found))), strict=True):
        of_question[question].append(concept_numbers[concept])
    sizes = np.bincount(np.cumsum(starts) - 1)
    full = np.array([len(numbers) for numbers in of_question])
    varying = len(np.unique(question_of_row[starts][sizes != full[question_of_row[starts]]]))
    questions = []
    for number, numbers in zip(source_ids.tolist(), of_question, strict=True):
        label = ", ".join(concepts[n].name for n in numbers)
        text = f"Question {number} ({label})" if columns.with_questions else label
        ids = tuple(concepts[n].concept_id for n in numbers)
        questions.append(Question(question_id(source, str(number)), text, QuestionKind.UNKNOWN, "", ids))
    return Bank(tuple(concepts.values()), tuple(questions)), varying


def _name(name: str, number: int) -> str:
    """A name a reader can tell from a number."""
    return f"KC {name or number}" if not name or name.isdigit() else name

"""The sequence files that pyKT writes (Liu et al., 2022)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import polars as pl

from preceptor.data.frames import load_table
from preceptor.data.names import shown_concept
from preceptor.data.problems import settle
from preceptor.data.pykt_names import Names, read_names
from preceptor.data.pykt_rows import TEST_FOLD, read_sequences
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import imported_rows
from preceptor.domain import UserError

QUESTION_LEVEL = ("train_valid_sequences_quelevel.csv", "test_sequences_quelevel.csv")
KC_LEVEL = ("train_valid_sequences.csv", "test_sequences.csv")
OVERLAPPING = ("window_sequences", "question_sequences", "question_window_sequences")
_SEPARATOR = "\x1f"  # stands in no name
_KCS = "kcs"


class PyktReader:
    """Reads `train_valid_sequences.csv` and `test_sequences.csv`, or their `_quelevel` twins, and `keyid2idx.json`."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "order", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read sequence files or the folder pyKT wrote them to.

        A folder's question-level files are read where there are any, else those that repeat an answer for each of its
        KCs; the repeats (`is_repeat`) are merged back into one answer. Rows of a student are joined in the order of
        the files, padding is dropped, milliseconds become seconds. The folds stay; pyKT's test students (fold −1)
        become fold 5. Questions and KCs are known by pyKT's numbers and get their names from `keyid2idx.json`, where
        "####" stands for an underscore and "@@@@" for a comma.

        Args:
            sources: Files or folders of one data set.
            options: Takes `source` ("pykt-" and the folder's name without it), `encoding`, `order` and `on_bad_row`.

        Raises:
            UserError: If files or columns are missing, rows are bad or a student stands in two folds.
        """
        files = [file for source in sources for file in _files(source)]
        tables = [load_table(file, options.encoding) for file in files]
        read = [read_sequences(table) for table in tables]
        rejects = settle((problem for _, problems in read for problem in problems), options.on_bad_row)
        entries = pl.concat([part.with_columns(file=pl.lit(i, pl.Int64)) for i, (part, _) in enumerate(read)])
        if entries.is_empty():
            raise UserError(f"{files[0]} holds no answers.", allowed="at least one sequence")
        _check_folds(entries)
        folder = files[0].parent
        answers, concepts = _merged(entries)
        written = {number for numbers in concepts.values() for number in numbers}
        with_questions = not entries["question"].eq_missing(entries[_KCS]).all()
        names = read_names(folder, concepts if with_questions else (), written, options.encoding)
        source = options.source or f"pykt-{folder.resolve().name}"
        notes = (f"Read {', '.join(file.name for file in files)}.", *names.notes, *_notes(answers, with_questions))
        known = _known(concepts, names)
        options = replace(options, concept_separator=_SEPARATOR)
        imported = imported_rows(answers, source, options, known=known, notes=notes, rejects=rejects)
        sequences = sum(len(table.frame) for table in tables)
        report = {"rows_read": sequences, "entries_read": len(entries), "entries_merged": len(entries) - len(answers)}
        return replace(imported, report={**imported.report, **report})


def _files(source: Path) -> list[Path]:
    """The sequence files of a source: one level of a folder, or the file itself."""
    if not source.exists():
        raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
    allowed = f"{' and '.join(KC_LEVEL)}, or {' and '.join(QUESTION_LEVEL)}"
    if source.is_dir():
        for level in (QUESTION_LEVEL, KC_LEVEL):
            found = [source / name for name in level if (source / name).is_file()]
            if found:
                return found
        raise UserError(f"The folder {source} holds no sequence files.", allowed=allowed)
    if any(part in source.name for part in OVERLAPPING):
        raise UserError(f"{source} repeats answers in overlapping windows.", allowed=allowed)
    return [source]


def _check_folds(entries: pl.DataFrame) -> None:
    """Refuse students who stand in two folds, because no split could keep them apart."""
    folds = entries.group_by("student", maintain_order=True).agg(pl.col("fold").unique().sort())
    for student, found in folds.filter(pl.col("fold").list.len() > 1).iter_rows():
        raise UserError(
            f"Student {student} stands in the folds {', '.join(map(str, found))}.",
            allowed="one fold a student; test students, fold -1 in the files, are counted as fold 5",
            mend="import files of one run of pyKT at a time",
        )


def _merged(entries: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, list[str]]]:
    """One row an answer, in the order of the files within a student; and the KC numbers of every question."""
    entries = entries.sort(pl.col("student").rank("dense"), maintain_order=True)
    identity = pl.col("student", "question", "correct")
    same = pl.all_horizontal(identity == identity.shift())
    entries = entries.with_columns(begins=~(pl.col("repeat") & same.fill_null(False)))
    links = entries.select("question", pl.col(_KCS).str.split("_")).explode(_KCS).unique(maintain_order=True)
    of_question = links.group_by("question", maintain_order=True).agg(_KCS)
    concepts = {question: [kc for kc in kcs if kc] for question, kcs in of_question.iter_rows()}
    answers = entries.filter("begins").with_columns(place=pl.int_range(pl.len()).over("student"))
    return answers.drop("begins", "repeat", _KCS), concepts


def _known(concepts: Mapping[str, Sequence[str]], names: Names) -> dict[str, dict[str, str]]:
    """Names of questions and of their KCs; without question ids the KC's name is the text."""
    known = {}
    for question, numbers in concepts.items():
        kcs = [names.concepts[number] for number in numbers]
        text = names.questions.get(question, ", ".join(map(shown_concept, kcs)))
        known[question] = {"text": "" if text.isdigit() else text, "concepts": _SEPARATOR.join(kcs)}
    return known


def _notes(answers: pl.DataFrame, with_questions: bool) -> tuple[str, ...]:
    notes = []
    if not with_questions:
        notes.append("The files have no question ids: each KC stands as one.")
    if (answers["fold"] == TEST_FOLD).any():
        notes.append(f"pyKT's test students stand in fold {TEST_FOLD}.")
    if answers["time"].null_count() == len(answers):
        notes.append("The files have no times: the order of the rows is all there is.")
    return tuple(notes)

"""XES3G5M (Liu et al., 2023): third-grade mathematics as question-level sequences, with texts beside them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

import polars as pl

from preceptor.data.exrec import ExRecReader
from preceptor.data.exrec_files import Part
from preceptor.data.frames import load_table
from preceptor.data.names import shown_concept
from preceptor.data.problems import settle
from preceptor.data.pykt_rows import TEST_FOLD, read_sequences
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import log_of
from preceptor.data.xes3g5m_metadata import build_questions, read_concept_names, read_exercises
from preceptor.domain import Bank, Concept, UserError, question_id

SOURCE = "xes3g5m"
FILES = ("train_valid_sequences_quelevel.csv", "test_quelevel.csv")
_ALLOWED = f"the folder XES3G5M, its folder question_level, {' or '.join(FILES)}, or a folder with {Part.LINKS}"


class Xes3G5MReader:
    """Reads the question-level files and `metadata`; a folder of ExRec's metadata alone gives a bank without a log."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "order", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read the data set, or what there is of it.

        Rows of a student are joined, padding is dropped, milliseconds become seconds. Folds 0 to 4 stay; the students
        of the test file stand in fold 5. Of a question's KCs the files hold the leaves of its routes.

        Args:
            sources: One folder, or question-level files.
            options: Takes `source`, `encoding`, `order` and `on_bad_row`.

        Raises:
            UserError: If files or columns are missing, files are damaged or rows are bad.
        """
        source = options.source or SOURCE
        files = [file for given in sources for file in _files(given)]
        if files:
            return _log(files, source, options)
        read = ExRecReader().read(sources, options)
        return replace(read, notes=("There are no sequence files, so this is a bank without a log.", *read.notes))


def _files(source: Path) -> list[Path]:
    """The sequence files of a source; none for a folder of metadata."""
    if not source.exists():
        raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
    if source.is_dir():
        folder = source / "question_level" if (source / "question_level").is_dir() else source
        found = [folder / name for name in FILES if (folder / name).is_file()]
        if not found and not (source / Part.LINKS).is_file():
            raise UserError(f"The folder {source} holds nothing of XES3G5M.", allowed=_ALLOWED)
        return found
    if source.name not in FILES:
        # Windows repeat answers, and KC-level rows hold one answer several times.
        raise UserError(f"{source} is no question-level sequence file.", allowed=_ALLOWED)
    return [source]


def _log(files: Sequence[Path], source: str, options: ReadOptions) -> Imported:
    read = [read_sequences(load_table(file, options.encoding)) for file in files]
    rejects = settle((problem for _, problems in read for problem in problems), options.on_bad_row)
    rows = pl.concat([part.with_columns(file=pl.lit(i, pl.Int64)) for i, (part, _) in enumerate(read)])
    if rows.is_empty():
        raise UserError(f"{files[0]} holds no answers.", allowed="at least one sequence")
    rows = rows.with_columns(place=pl.int_range(pl.len()).over("student"))
    folder = files[0].parent.parent / "metadata"
    bank = _bank(rows, folder, source, options.encoding)
    log, moved = log_of(rows, source, bank, by_time=options.order == "time")
    notes = [f"Read {', '.join(file.name for file in files)}."]
    if (rows["fold"] == TEST_FOLD).any():
        notes.append(f"The students of the test file stand in fold {TEST_FOLD}.")
    if not folder.is_dir():
        notes.append("There is no folder metadata: questions and KCs have numbers for names.")
    report = {"rows_read": len(log), "rows_moved": moved, "rows_rejected": len(rejects)}
    return Imported(bank, log, report, tuple(notes), rejects)


def _bank(rows: pl.DataFrame, folder: Path, source: str, encoding: str) -> Bank:
    named = read_concept_names(folder, encoding)
    links = rows.select("question", pl.col("kcs").str.split("_")).unique(maintain_order=True)
    links = links.explode("kcs", empty_as_null=True, keep_nulls=True).unique(maintain_order=True)
    concepts_of = dict(links.group_by("question", maintain_order=True).agg("kcs").iter_rows())
    numbers = links["kcs"].unique(maintain_order=True).to_list()
    names = {n: Concept(f"{source}:{n}", shown_concept(named.get(n, n))) for n in numbers}
    return build_questions(partial(question_id, source), concepts_of, names, read_exercises(folder, encoding))

"""The `table` format: any CSV, TSV or Parquet file with one answer a row."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import polars as pl

from preceptor.data.answers_table import read_answers
from preceptor.data.bank_table import build_bank, read_questions
from preceptor.data.columns import check_options, with_mapping_file
from preceptor.data.frames import files_of, load_table
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import imported_rows
from preceptor.domain import Log, UserError

SOURCE = "table"


class TableReader:
    """Reads one answer a row; columns are named by the user, by a mapping file or by their usual names."""

    takes: ClassVar[frozenset[str]] = frozenset(
        {
            "source",
            "columns",
            "mapping_file",
            "bank_file",
            "concept_separator",
            "time_unit",
            "order",
            "on_bad_row",
            "encoding",
        }
    )

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read files or folders of answers.

        A file that was read before and has been mended, has grown or has another name brings only what is new, see
        `preceptor.data.assemble.answer_ids`.

        Args:
            sources: CSV, TSV or Parquet files, or folders of them; several are read as one log. None if there are only
                questions, in `bank_file`.
            options: Takes all but `courses`.

        Raises:
            UserError: If files, columns or rows are missing or wrong; bad rows are told together.
        """
        options = with_mapping_file(options)
        check_options(options)
        files = [file for source in sources for file in files_of(source)]
        known, notes = read_questions(options.bank_file, options) if options.bank_file else (None, ())
        if not sources:
            return _questions_alone(known or {}, notes, options)
        read = [read_answers(load_table(file, options.encoding), options) for file in files]
        rows = pl.concat([part.with_columns(file=pl.lit(i)) for i, (part, _, _) in enumerate(read)])
        late = [] if options.order == "time" else _out_of_order(rows)
        late += [] if known is None else _unknown_questions(rows, known)
        problems = [p for i, (_, found, _) in enumerate(read) for p in (*found, *_of_file(late, i, files[i], options))]
        rejects = settle(problems, options.on_bad_row)
        rows = _without(rows, late)
        if rows.is_empty():
            raise UserError(f"{sources[0]} holds no answers.", allowed="at least one row below the header")
        said = (*notes, *(note for _, _, part in read for note in part))
        return imported_rows(rows, options.source or SOURCE, options, known=known, notes=said, rejects=rejects)


def _questions_alone(known: dict[str, dict[str, str]], notes: Sequence[str], options: ReadOptions) -> Imported:
    """A bank without answers."""
    if not known:
        raise UserError(
            "There is neither a log nor a question.",
            allowed="files of answers, or --bank with a table of questions",
            mend="name a file of answers, or add rows to the questions",
        )
    bank, unnamed = build_bank(options.source or SOURCE, known, options.concept_separator)
    told = (f"{unnamed:,} questions name no concept; `preceptor annotate` finds them some",) if unnamed else ()
    return Imported(bank, Log.empty(), {"questions": len(bank.questions)}, (*notes, *told))


_Late = list[tuple[int, int, str]]  # file, row from 0, reason


def _out_of_order(rows: pl.DataFrame) -> _Late:
    """Rows whose time lies before an earlier row of the same student."""
    latest = pl.col("time").cum_max().over("student")
    late = rows.filter(pl.col("time") < latest).select("file", "row", "student")
    return [(f, r, f"time lies before an earlier row of student {s}") for f, r, s in late.iter_rows()]


def _unknown_questions(rows: pl.DataFrame, known: dict[str, Any]) -> _Late:
    unknown = rows.filter(~pl.col("question").is_in(list(known))).select("file", "row", "question")
    return [(f, r, f"question {q!r} is not in the questions file") for f, r, q in unknown.iter_rows()]


def _of_file(late: _Late, number: int, path: Path, options: ReadOptions) -> list[Problem]:
    reasons = [(row, reason) for file, row, reason in late if file == number]
    # Its text says in which lines the rows stand; kept for all files it would be most of an import's memory.
    return load_table(path, options.encoding).problem(reasons) if reasons else []


def _without(rows: pl.DataFrame, late: _Late) -> pl.DataFrame:
    if not late:
        return rows
    gone = pl.DataFrame([(f, r) for f, r, _ in late], schema={"file": pl.Int32, "row": pl.Int64}, orient="row")
    return rows.join(gone, on=["file", "row"], how="anti", maintain_order="left")

"""ASSISTments 2017: the table of the longitudinal data-mining competition."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import polars as pl

from preceptor.data.akt_folds import interaction_starts
from preceptor.data.fixed import read_fixed
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import imported_rows
from preceptor.domain import UserError

SOURCE = "assistments2017"
FILE = "anonymized_full_release_competition_dataset.csv"
COLUMNS = {
    "student": "studentId",
    "question": "problemId",
    "concepts": "skill",
    "correct": "correct",
    "time": "startTime",
    "duration": "timeTaken",
}
NO_SKILL = "noskill"
_SEPARATOR = "\x1f"  # stands in no name: a skill's name may hold a semicolon


class Assistments2017Reader:
    """Reads the competition file: `studentId`, `problemId`, `skill`, `correct`, `startTime`, `timeTaken`."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "order", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read the file or folders that hold it.

        `startTime` is seconds since 1970 and `timeTaken` seconds, both as they are. Neighbouring rows of one student
        with the same problem, time and correctness and different skills are one answer on several KCs. The skill
        "noskill" says that none was tagged and is read so.

        Args:
            sources: Tables, or folders that hold `anonymized_full_release_competition_dataset.csv`.
            options: Takes `source`, `encoding`, `order` and `on_bad_row`.

        Raises:
            UserError: If the file or columns are missing or rows are bad.
        """
        rows, rejects = read_fixed([_file(source) for source in sources], COLUMNS, options)
        untagged = pl.col("concepts").str.to_lowercase() == NO_SKILL
        rows = rows.with_columns(concepts=pl.when(~untagged).then("concepts"))
        answers, varying = _merged(rows)
        options = replace(options, concept_separator=_SEPARATOR)
        notes = () if rows["concepts"].null_count() == 0 else ("Rows without a skill, or with 'noskill', have no KC.",)
        imported = imported_rows(answers, options.source or SOURCE, options, notes=notes, rejects=rejects)
        report = {"rows_read": len(rows) + len(rejects), "rows_merged": len(rows) - len(answers)}
        report |= {"questions_with_varying_concepts": varying}
        return replace(imported, report={**imported.report, **report})


def _file(source: Path) -> Path:
    if not source.exists():
        raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
    path = source / FILE if source.is_dir() else source
    if not path.exists():
        raise UserError(f"The folder {source} holds no {FILE}.", allowed="that file, or the path of a renamed one")
    return path


def _merged(rows: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """One row an answer, its KCs joined; and the number of questions whose KCs differ between answers."""
    columns = pl.col("student", "question", "correct", "time", "file")
    event = rows.select(pl.any_horizontal(columns.ne_missing(columns.shift())).cum_sum()).to_series().to_numpy()
    concept = rows["concepts"].rank("dense").fill_null(0).to_numpy()
    starts = pl.Series(interaction_starts(event, event, event, concept))
    rows = rows.with_columns(answer=starts.cum_sum())
    several = rows.filter(pl.col("answer").is_duplicated()) if not starts.all() else rows.clear()
    joined = several.group_by("answer").agg(pl.col("concepts").drop_nulls().sort().str.join(_SEPARATOR).alias("joined"))
    answers = rows.filter(starts).join(joined, on="answer", how="left", maintain_order="left")
    answers = answers.with_columns(concepts=pl.coalesce("joined", "concepts")).drop("answer", "joined")
    sets = answers.group_by("question").agg(pl.col("concepts").n_unique())
    return answers, int((sets["concepts"] > 1).sum())

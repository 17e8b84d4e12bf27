"""ASSISTments 2017: the table of the longitudinal data-mining competition."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

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
    codes = [rows[name].rank("dense").fill_null(0).to_numpy() for name in ("student", "question", "concepts")]
    event = rows.select(pl.struct("correct", "time", "file").rank("dense")).to_series().to_numpy()
    starts = pl.Series(interaction_starts(codes[0], codes[1], event, codes[2]))
    answer = starts.cum_sum().alias("answer")
    joined = (
        rows.select(answer, "question", "concepts")
        .group_by("answer", maintain_order=True)
        .agg(pl.col("question").first(), pl.col("concepts").drop_nulls().sort().str.join(_SEPARATOR))
        .with_columns(pl.col("concepts").replace("", None))
    )
    sets = joined.group_by("question").agg(pl.col("concepts").n_unique())
    return rows.filter(starts).with_columns(joined["concepts"]), int((sets["concepts"] > 1).sum())

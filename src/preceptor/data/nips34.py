"""Eedi's answers to multiple-choice questions: tasks 3 and 4 of the NeurIPS 2020 education challenge."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

import numpy as np
import polars as pl

from preceptor.data.assemble import positions
from preceptor.data.fixed import read_fixed
from preceptor.data.merge import time_order
from preceptor.data.metadata import beside
from preceptor.data.nips34_tables import answer_times, question_subjects, subject_names
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import imported_rows
from preceptor.domain import UserError

SOURCE = "nips34"
COLUMNS = {"student": "UserId", "question": "QuestionId", "correct": "IsCorrect", "response": "AnswerValue"}
ANSWERS = ("train_task_3_4*.csv", "test_public_task_4*.csv", "test_private_task_4*.csv")
QUESTIONS, SUBJECTS = "question_metadata_task_3_4.csv", "subject_metadata.csv"
TIMES = "answer_metadata_task_3_4.csv"
MORE = ("AnswerId", "CorrectAnswer")
LARGEST_ID = 9_999_999  # the set has 1.4 million answers
OPTIONS = ("1", "2", "3", "4")
NO_TEXT = "the question is a picture that the data set leaves out"
_SEPARATOR = "\x1f"  # stands in no name


class Nips34Reader:
    """Reads answers with the option chosen; the KCs of a question are its subjects of level 3."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "order", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read answer tables or folders of them; metadata stand beside them or in a folder `metadata`.

        Without `answer_metadata_task_3_4.csv` nobody knows when or in which order the answers were given. Students'
        metadata are never read. An `AnswerId` that comes again, as in files that differ only in their splits, is the
        same answer.

        Args:
            sources: Tables like `train_task_3_4.csv`, or folders that hold them at any depth.
            options: Takes `source`, `encoding`, `order` and `on_bad_row`.

        Raises:
            UserError: If files or columns are missing or rows are bad.
        """
        files = [file for source in sources for file in _answer_files(source)]
        names = subject_names(_required(files[0], SUBJECTS), options.encoding)
        subjects = question_subjects(_required(files[0], QUESTIONS), names, options.encoding)
        rows, rejects = read_fixed(files, COLUMNS, options, more=MORE, faults=partial(_faults, subjects))
        answers = rows.unique("AnswerId", keep="first", maintain_order=True)
        answers, notes = _with_times(answers, beside(files[0], TIMES), options.encoding)
        answers, moved = _ordered(answers, by_time=options.order == "time")
        known, varying = _known(answers, subjects)
        options = replace(options, concept_separator=_SEPARATOR)
        imported = imported_rows(answers, options.source or SOURCE, options, known=known, notes=notes, rejects=rejects)
        questions = tuple(replace(question, uncheckable=NO_TEXT) for question in imported.bank.questions)
        report = {
            "rows_read": len(rows) + len(rejects),
            "rows_repeated": len(rows) - len(answers),
            "rows_moved": moved,
            "rows_without_time": answers["seconds"].null_count(),
            "questions_with_varying_keys": varying,
        }
        return replace(
            imported,
            bank=replace(imported.bank, questions=questions),
            log=replace(imported.log, time_seconds=answers["seconds"].fill_null(np.nan).to_numpy()),
            report={**imported.report, **report},
        )


def _answer_files(source: Path) -> list[Path]:
    if not source.exists():
        raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
    if not source.is_dir():
        return [source]
    found = [path for pattern in ANSWERS for path in sorted(source.rglob(pattern))]
    if not found:
        raise UserError(f"The folder {source} holds no answers.", allowed=f"tables named {', '.join(ANSWERS)}")
    return found


def _required(answers: Path, name: str) -> Path:
    found = beside(answers, name)
    if found is None:
        raise UserError(
            f"There is no {name} for {answers}.",
            allowed="that file beside the answers, or in a folder metadata",
            mend="copy it from the challenge's archive",
        )
    return found


def _faults(subjects: Mapping[str, Sequence[str]], rows: pl.DataFrame) -> dict[int, str]:
    """Rows whose ids, option or credit do not fit."""
    answer_id = pl.col("AnswerId").cast(pl.Int64, strict=False)
    agrees = (pl.col("response") == pl.col("CorrectAnswer")) == (pl.col("correct") == 1)
    checks = (
        (pl.col("question").is_in(list(subjects)), "QuestionId", "question", f"which {QUESTIONS} lacks"),
        (pl.col("response").is_in(OPTIONS), "AnswerValue", "response", "not one of 1, 2, 3, 4"),
        (pl.col("CorrectAnswer").is_in(OPTIONS), "CorrectAnswer", "CorrectAnswer", "not one of 1, 2, 3, 4"),
        (answer_id.is_between(0, LARGEST_ID), "AnswerId", "AnswerId", f"not a whole number up to {LARGEST_ID}"),
        (agrees, "IsCorrect", "correct", "but AnswerValue and CorrectAnswer say otherwise"),
    )
    found: dict[int, str] = {}
    for fits, name, column, why in checks:
        for row, value in rows.filter(~fits.fill_null(False)).select("row", column).iter_rows():
            found.setdefault(row, f"{name} is {value!r}, {why}")
    return found


def _with_times(answers: pl.DataFrame, path: Path | None, encoding: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Answers with `seconds`, null where unknown; and what is to be said of their order."""
    if path is None:
        note = (
            f"There is no {TIMES}: neither times nor the order of a student's answers are known. They stand as in the "
            "file; use them for question choice and calibration, not for tracing sequences."
        )
        return answers.with_columns(seconds=pl.lit(None, pl.Float64)), (note,)
    times = answer_times(path, encoding)
    answers = answers.join(times, on="AnswerId", how="left", maintain_order="left")
    return answers, (f"Times come from {path.name}, which keeps whole minutes.",)


def _ordered(answers: pl.DataFrame, *, by_time: bool) -> tuple[pl.DataFrame, int]:
    """Answers by student and time, and how many changed their place.

    An answer is known by its `AnswerId` and not by its time, so that it stays the same answer when the times come.
    """
    student = answers["student"].rank("dense").to_numpy().astype(np.int64) - 1
    seconds = answers["seconds"].fill_null(np.nan).to_numpy()
    order = time_order(student, seconds if by_time else np.full(len(seconds), np.nan))
    moved = int((positions(student)[order] != positions(student[order])).sum())
    return answers[order].with_columns(place=pl.col("AnswerId").cast(pl.Int64)), moved


def _known(answers: pl.DataFrame, subjects: Mapping[str, Sequence[str]]) -> tuple[dict[str, dict[str, str]], int]:
    """The answered questions with the option that most rows call right, and how many have two such options."""
    keys = answers.group_by("question", maintain_order=True).agg(
        pl.col("CorrectAnswer").mode().sort().first().alias("key"), pl.col("CorrectAnswer").n_unique().alias("keys")
    )
    cells = {
        question: {"concepts": _SEPARATOR.join(subjects[question]), "key": key, "options": ";".join(OPTIONS)}
        for question, key in keys.select("question", "key").iter_rows()
    }
    return cells, int((keys["keys"] > 1).sum())
